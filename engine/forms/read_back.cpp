#include "forms/read_back.hpp"

#include "document/document.hpp"
#include "forms/writing.hpp"
#include "project/reading.hpp"
#include "text/diagnostics.hpp"
#include "text/toml.hpp"
#include "value/field.hpp"

namespace jixiao::forms {
namespace {

using text::Code;

Diagnostic question_of(const Question& question, const std::string& file) {
  const Text how = question.sure == Sure::likely  ? Text{"（较有把握）", " (likely)"}
                   : question.sure == Sure::guess ? Text{"（猜测）", " (a guess)"}
                                                  : Text{"（待填）", " (to be filled in)"};
  const auto where = [&](Language language) {
    return question.place.row == 0
               ? std::string()
               : describe(question.place, language) + (language == Language::zh ? "：" : ": ");
  };
  Diagnostic out = text::diagnose_file(Code::form_reading, file,
                                       {where(Language::zh) + question.taken.zh + how.zh,
                                        where(Language::en) + question.taken.en + how.en},
                                       question.change);
  out.line = question.place.line;
  return out;
}

// Results the project refuses become remarks, each with a question; true when there were any.
bool drop_refused(const std::vector<Diagnostic>& found, const text::Source& source, Draft& draft) {
  bool dropped = false;
  for (const Diagnostic& each : found) {
    if (each.severity != Severity::error || !each.source_line.starts_with("actual = ")) continue;
    // The line above an actual names its indicator.
    for (DraftIndicator& indicator : draft.indicators) {
      if (!source.line(each.line - 1).starts_with("indicator = \"" + indicator.id + "\"") ||
          indicator.actual.unwritten)
        continue;
      dropped = true;
      indicator.actual.unwritten = true;
      indicator.actual.questions.push_back(draft.questions.size());
      draft.questions.push_back(
          {indicator.actual.place, each.message,
           each.help.empty()
               ? Text{"按目标的形式写 actual", "write the actual the way the target is written"}
               : each.help,
           Sure::guess});
    }
  }
  return dropped;
}

// A copy of `declared` with the results the draft would write.
std::shared_ptr<project::Project> with_results(const project::Project& declared, Draft& draft,
                                               std::vector<Diagnostic>& diagnostics) {
  for (bool again = true; again;) {
    auto out = std::make_shared<project::Project>(declared);
    std::vector<Diagnostic> found;
    const auto source =
        text::source_from_text("results.toml", write_results(draft, Language::en), found);
    const auto tree = source ? text::parse_toml(source, found) : nullptr;
    if (tree == nullptr) return nullptr;
    project::read_results(*tree, *out, found);
    again = drop_refused(found, *source, draft);
    if (again) continue;
    out->has_results = true;
    diagnostics.insert(diagnostics.end(), found.begin(), found.end());
    return out;
  }
  return nullptr;
}

}  // namespace

namespace {

void leave_row_out(DraftIndicator& row) {
  row.left_out = row.graded = true;
  row.target.text = "（表上没有可读的指标值）";
  row.target.unwritten = false;
  row.direction.clear();
  row.method.clear();
  row.params.clear();
  row.rule_points.clear();
  row.rule_unread = false;
  row.midterm_name.text.clear();
  row.midterm_target.text.clear();
  row.actual.unwritten = true;
  row.not_applicable = false;
  const auto weight = value::read_number(row.weight.text);
  if (row.weight.there() && (!weight || *weight < 0 || *weight > 100)) row.weight.text.clear();
}

// The number of the [[indicator]] a line of the text belongs to; nothing before the first and
// behind the last.
std::optional<std::size_t> indicator_at(const text::Source& source, std::size_t line) {
  std::optional<std::size_t> out;
  for (std::size_t each = 1; each <= line; ++each) {
    const std::string_view words = source.line(each);
    if (words == "[[indicator]]")
      out = out ? *out + 1 : 0;
    else if (words.starts_with("[") && out && !words.starts_with("[["))
      return std::nullopt;
  }
  return out;
}

// Marks what the errors speak of; true when that were indicators not marked before.
bool leave_out_refused(const std::vector<Diagnostic>& found, const text::Source& source,
                       Draft& draft) {
  bool any = false;
  for (const Diagnostic& each : found) {
    if (each.severity != Severity::error) continue;
    const auto index = indicator_at(source, each.line);
    if (!index || *index >= draft.indicators.size() || draft.indicators[*index].left_out) continue;
    leave_row_out(draft.indicators[*index]);
    any = true;
  }
  return any;
}

}  // namespace

ReadBack read_back(Draft& draft, bool leave_out) {
  ReadBack out;
  if (leave_out) {
    if (!draft.year.there()) draft.year.text = "2000";
    for (DraftIndicator& each : draft.indicators) {
      if (!each.target.there() || each.target.unwritten) leave_row_out(each);
    }
  }
  std::shared_ptr<project::Project> declared;
  for (bool again = true; again;) {
    again = false;
    out.diagnostics.clear();
    declared = std::make_shared<project::Project>();
    const auto source =
        text::source_from_text("project.toml", write_project(draft, Language::en), out.diagnostics);
    const auto tree = source ? text::parse_toml(source, out.diagnostics) : nullptr;
    if (tree == nullptr) return out;
    project::read_declared(*tree, *declared, out.diagnostics);
    again = leave_out && leave_out_refused(out.diagnostics, *source, draft);
  }
  out.project = draft.reports ? with_results(*declared, draft, out.diagnostics) : declared;
  if (out.project == nullptr) return out;
  out.project->file = draft.file;
  project::check_arithmetic(*out.project, out.diagnostics);
  project::check_form(*out.project, out.diagnostics);
  return out;
}

// Many targets without a sign are one question.
std::vector<Diagnostic> questions_of(const Draft& draft) {
  std::vector<Diagnostic> out;
  std::size_t unsigned_targets = 0;
  for (const Question& question : draft.questions) {
    if (question.taken.zh.starts_with("没有符号")) {
      ++unsigned_targets;
      continue;
    }
    out.push_back(question_of(question, draft.file));
  }
  if (unsigned_targets > 0) {
    const std::string n = std::to_string(unsigned_targets);
    Question question;
    question.taken = {
        "没有 ≥、≤ 或 = 的指标值：" + n + " 个；成本和有害之事按 ≤ 读，其余按 ≥ 读",
        "targets without ≥, ≤ or =: " + n + "; costs and harm are read as ≤, the others as ≥"};
    question.change = {
        "逐个核对 direction；要求恰好相等的写 target = \"=29个\"",
        "check each direction; where it must be met exactly, write target = \"=29个\""};
    out.push_back(question_of(question, draft.file));
  }
  return out;
}

}  // namespace jixiao::forms
