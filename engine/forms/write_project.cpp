#include "document/document.hpp"
#include "forms/writing.hpp"

#include <filesystem>

namespace jixiao::forms {
namespace {

class ProjectWriter {
 public:
  ProjectWriter(const Draft& draft, Language language) : draft_(draft), to_(draft, language) {}

  std::string write() {
    heading();
    money();
    items();
    levels();
    for (const DraftEvent& each : draft_.events) event(each);
    for (const DraftIndicator& each : draft_.indicators) printed_methods(each);
    for (const DraftIndicator& each : draft_.indicators) indicator(each);
    declaration();
    return to_.text();
  }

 private:
  void heading() {
    const std::string file = std::filesystem::path(draft_.file).filename().string();
    const std::string name =
        to_.zh() ? "由 " + file + " 导入。# 后为表中位置；# ? 后是拿不准的读法，请核对。"
                 : "Imported from " + file +
                       ". Behind #: the place in the form; behind # ?: a reading to be confirmed.";
    to_.remark({name, name});
    to_.remark({"怎样读的：", "How it was read:"});
    for (const Text& line : draft_.map) to_.remark({"  " + line.zh, "  " + line.en});
    for (const DraftSecond& other : draft_.others) second(other);
    to_.line("");
    to_.line("schema = \"jixiao/project/1\"");
    to_.questions(draft_.rules_questions);
    to_.line("rules = " + TomlWriter::quoted(draft_.rules));
    to_.line("\n[project]");
    to_.string("name", draft_.name);
    to_.number("year", draft_.year);
    to_.string("unit", draft_.unit);
    to_.string("department", draft_.department);
  }

  // A value kept beside the one that is scored.
  void second(const DraftSecond& other) {
    to_.line("# " + std::string(to_.zh() ? "表上另有 " : "also on the form: ") +
             TomlWriter::one_line(other.heading) + " = " + TomlWriter::quoted(other.text) +
             to_.place(other.place));
  }

  void amounts(const DraftAmount& amount, const std::string& indent) {
    to_.string(indent + "initial", amount.initial);
    to_.string(indent + "adjusted", amount.adjusted);
  }

  void money() {
    const bool there = draft_.money.initial.there() || draft_.money.adjusted.there();
    if (there || !draft_.money.adjusted.questions.empty()) {
      to_.line(there ? "\n[money]" : "\n# [money]");
      amounts(draft_.money, "");
      for (const DraftAmount& source : draft_.sources) {
        const bool kept = (source.initial.there() && !source.initial.unwritten) ||
                          (source.adjusted.there() && !source.adjusted.unwritten);
        to_.line(kept ? "\n[[money.source]]" : "\n# [[money.source]]");
        Entry name = source.name;
        name.unwritten = !kept;
        to_.string("name", name);
        amounts(source, "");
        Entry executed = source.executed;
        executed.unwritten = executed.unwritten || !kept;  // else it would be a key of the table
                                                           // above
        to_.string("executed", executed);
      }
    }
    if (draft_.weights.empty()) return;
    to_.line("\n[weights]");
    to_.questions(draft_.weights_questions);
    for (const auto& [block, weight] : draft_.weights) to_.line(block + " = " + weight);
  }

  void items() {
    std::size_t number = 0;
    for (const DraftItem& item : draft_.items) {
      to_.line("\n[[item]]");
      to_.line("id = \"item_" + std::to_string(++number) + "\"");
      to_.string("name", item.name);
      to_.string("amount", item.amount);
    }
  }

  void levels() {
    if (!draft_.full_marks.empty()) to_.line("\n[printed]\nscale = " + draft_.full_marks);
    for (const DraftLevel& type : draft_.types) {
      to_.line("\n[[printed.type]]");
      to_.line("id = \"" + type.id + "\"");
      to_.string("name", type.name);
      for (const DraftSecond& other : type.others) second(other);
    }
    for (const DraftLevel& block : draft_.blocks) {
      to_.line("\n[[printed.block]]");
      to_.line("id = \"" + block.id + "\"");
      to_.string("name", block.name);
      if (!block.weight.empty()) to_.line("weight = " + block.weight);
      if (block.types.empty()) continue;
      std::string types;
      for (const std::string& type : block.types)
        types += (types.empty() ? "\"" : ", \"") + type + "\"";
      to_.line("types = [" + types + "]");
    }
  }

  void event(const DraftEvent& each) {
    const bool veto = each.kind == EventKind::veto;
    to_.line(veto ? "\n[[printed.veto]]" : "\n[[printed.adjustment]]");
    to_.line("id = \"" + each.id + "\"");
    if (!veto) to_.line(each.kind == EventKind::bonus ? "kind = \"bonus\"" : "kind = \"penalty\"");
    to_.string("name", each.name);
    if (each.rule.there()) {
      to_.line("# " + std::string(to_.zh() ? "表上的规则：" : "the rule on the form: ") +
               TomlWriter::quoted(each.rule.text) + to_.place(each.rule.place));
      to_.questions(each.rule.questions);
    }
    if (veto) {
      to_.line("effect = { rating = \"poor\" }");
    } else {
      to_.line("points = '" + each.points + "'");
      to_.number("limit", each.limit);
    }
    const char* cited = veto ? "表上的否决项 (a veto of the form)"
                             : "表上的加减分项 (an adjustment of the form)";
    to_.line("cite = { text = \"" + std::string(cited) + "\", evidence = \"form\" }");
    for (const DraftSecond& other : each.others) second(other);
  }

  // The rule of a row as a method of the project's own; three where it leaves open what a part of a
  // step costs.
  void printed_methods(const DraftIndicator& each) {
    if (each.rule_points.empty()) return;
    constexpr std::string_view steps = "steps_full(";
    for (const std::string way : {"full", "fraction", "ceil"}) {
      if (!each.rule_parts_open && way != "full") break;
      std::string points = each.rule_points;
      for (std::size_t at = points.find(steps); at != std::string::npos;
           at = points.find(steps, at + 1))
        points.replace(at, steps.size(), "steps_" + way + "(");
      to_.line("\n[[printed.method]]");
      to_.line("id = \"printed." + each.id + (each.rule_parts_open ? "." + way : "") + "\"");
      to_.line("title = { zh = \"表上的评分标准\", en = \"the rule on the form\" }");
      to_.line("points = '" + points + "'");
      if (!each.rule_domain.empty()) {
        to_.line("domain = '" + each.rule_domain + "'");
        to_.line("outside = \"error\"");
      }
      to_.line("cite = { text = " + TomlWriter::quoted(TomlWriter::one_line(each.rule.text)) +
               ", evidence = \"form\" }");
    }
  }

  void indicator(const DraftIndicator& each) {
    to_.line("\n[[indicator]]");
    to_.line("id = \"" + each.id + "\"");
    to_.string("name", each.name);
    to_.string("block", each.block);
    to_.string("type", each.type);
    to_.string("target", each.target);
    if (!each.direction.empty()) to_.line("direction = \"" + each.direction + "\"");
    if (each.graded) to_.line("value = \"grade\"");
    to_.number("weight", each.weight);
    if (each.informational) to_.line("informational = true");
    method(each);
    pair("filed",
         {{"block", each.filed_block},
          {"type", each.filed_type},
          {"name", each.filed_name},
          {"target", each.filed_target}},
         {});
    pair("midterm", {{"name", each.midterm_name.text}, {"target", each.midterm_target.text}},
         each.midterm_target.place);
    to_.string("baseline", each.baseline);
    to_.string("calculation", each.calculation);
    to_.string("source", each.source);
    for (const DraftSecond& other : each.others) second(other);
  }

  void method(const DraftIndicator& each) {
    to_.string("standard", each.standard);
    if (each.rule.there()) {
      to_.line("# " + std::string(to_.zh() ? "评分标准：" : "the rule on the form: ") +
               TomlWriter::quoted(each.rule.text) + to_.place(each.rule.place));
      to_.questions(each.rule.questions);
    }
    if (each.method.empty()) return;
    to_.line("method = \"" + each.method + "\"");
    if (each.params.empty()) return;
    std::string params;
    for (const auto& [name, number] : each.params)
      params += (params.empty() ? "" : ", ") + name + " = " + number;
    to_.line("params = { " + params + " }");
  }

  // key = { a = "x", b = "y" } of what is not empty.
  void pair(const std::string& key, const std::vector<std::pair<std::string, std::string>>& parts,
            const FormPlace& place) {
    std::string inner;
    for (const auto& [name, text] : parts) {
      if (!text.empty())
        inner += (inner.empty() ? "" : ", ") + name + " = " + TomlWriter::quoted(text);
    }
    if (!inner.empty()) to_.line(key + " = { " + inner + " }" + to_.place(place));
  }

  void declaration() {
    const bool period = draft_.period_from.there() && draft_.period_to.there();
    const bool goals = draft_.annual_goal.there() || draft_.midterm_goal.there();
    if (draft_.reports ? !goals : !(period || goals || draft_.heading_unit.there())) return;
    to_.line("\n[declaration]");
    if (!draft_.reports && draft_.department.place.row != 0)
      to_.line("department = " + TomlWriter::quoted(draft_.department.text) +
               to_.place(draft_.department.place));
    if (period)
      to_.line("period = { from = \"" + draft_.period_from.text + "\", to = \"" +
               draft_.period_to.text + "\" }" + to_.place(draft_.period_from.place));
    if (draft_.heading_unit.there() && !draft_.reports) {
      to_.line("\n[declaration.money]");
      to_.string("heading_unit", draft_.heading_unit);
      if (draft_.money.initial.there())
        to_.line("annual = " + TomlWriter::quoted(draft_.money.initial.text) +
                 to_.place(draft_.money.initial.place));
      to_.string("midterm", draft_.money.midterm);
    }
    if (!goals) return;
    to_.line("\n[declaration.goals]");
    to_.string("annual", draft_.annual_goal);
    to_.string("midterm", draft_.midterm_goal);
  }

  const Draft& draft_;
  TomlWriter to_;
};

}  // namespace

std::string write_project(const Draft& draft, Language language) {
  return ProjectWriter(draft, language).write();
}

std::string write_results(const Draft& draft, Language language) {
  if (!draft.reports) return {};
  TomlWriter to(draft, language);
  const std::string file = std::filesystem::path(draft.file).filename().string();
  to.remark({"由 " + file + " 导入的年终结果。reported 是表上的自评得分，不参与计分。",
             "Results imported from " + file +
                 ". reported: the points the form gives itself, which score nothing."});
  to.line("schema = \"jixiao/results/1\"");
  if (draft.illustrative) to.line("illustrative = true");
  to.string("note", draft.reached_goal);
  if (draft.money.executed.there() || !draft.money.executed.questions.empty()) {
    const bool there = draft.money.executed.there() && !draft.money.executed.unwritten;
    to.line(there ? "\n[money]" : "\n# [money]");
    to.string("executed", draft.money.executed);
  }
  if (draft.execution.reported.there() || draft.execution.reason.there() ||
      draft.execution.remedy.there()) {
    to.line("\n[[result]]");
    to.line("indicator = \"execution\"");
    to.number("reported", draft.execution.reported);
    to.string("reason", draft.execution.reason);
    to.string("remedy", draft.execution.remedy);
  }
  for (const DraftIndicator& each : draft.indicators) {
    if (!each.actual.there() && each.actual.questions.empty() && !each.not_applicable &&
        !each.reported.there() && !each.reason.there() && !each.remedy.there())
      continue;
    to.line("\n[[result]]");
    to.line("indicator = \"" + each.id + "\"  # " +
            TomlWriter::one_line(each.name.text.substr(0, each.name.text.find('\n'))));
    to.string("actual", each.actual);
    if (each.not_applicable) to.line("not_applicable = true");
    to.number("reported", each.reported);
    if (each.method == "assessed.points" && each.reported.there())
      to.line("inputs = { assessed = " + each.reported.text + " }");
    to.string("reason", each.reason);
    to.string("remedy", each.remedy);
  }
  for (const DraftEvent& each : draft.events) {
    if (!each.count.there()) continue;
    to.line(each.kind == EventKind::veto ? "\n[[veto]]" : "\n[[adjustment]]");
    to.line("id = \"" + each.id + "\"  # " +
            TomlWriter::one_line(each.name.text.substr(0, each.name.text.find('\n'))));
    to.number("n", each.count);
    to.string("reason", each.reason);
  }
  return to.text();
}

}  // namespace jixiao::forms
