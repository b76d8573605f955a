#include <algorithm>
#include <array>
#include <filesystem>

#include "jixiao/monitoring.hpp"
#include "monitoring/rules.hpp"
#include "ruleset/citation.hpp"
#include "ruleset/lineage.hpp"
#include "text/suggestion.hpp"
#include "text/table_reader.hpp"

namespace jixiao {
namespace monitoring {

using text::Code;
using text::Node;
using text::TableReader;

namespace {

const ruleset::Family& monitoring_rules() {
  static constexpr std::array<std::string_view, 5> merged{"signal", "answer", "light", "forecast",
                                                          "warning"};
  static const ruleset::Family family{
      "monitoring.toml", {"监控规则", "set of monitoring rules"}, merged};
  return family;
}

constexpr std::array pace_words{"cumulative", "level", "deadline"};
constexpr std::array kind_words{"number", "date", "yes_no", "grade", "key_points"};
constexpr std::array direction_words{"at_least",  "more_than", "at_most",
                                     "less_than", "equal",     "between"};

class RulesReader {
 public:
  RulesReader(const ruleset::Lineage& lineage, std::vector<Diagnostic>& diagnostics)
      : file_(lineage, "monitoring rules", diagnostics),
        diagnostics_(diagnostics),
        top_(file_.top()) {}

  Rules read() {
    file_.read_head("jixiao/monitoring/1", out_);
    read_signals();
    read_answers();
    file_.read_params(
        [this](const std::string& name, const text::Place& place) { check_name(name, place); },
        out_.params);
    for (const Node* table : top_.tables("light")) read_light(*table);
    for (const Node* table : top_.tables("forecast")) read_forecast(*table);
    for (const Node* table : top_.tables("warning")) read_warning(*table);
    if (out_.lights.empty()) top_.require("light");
    top_.finish();
    return std::move(out_);
  }

 private:
  void read_signals() {
    std::vector<std::string> taken;
    std::size_t unknown = 0;
    top_.require("signal");
    for (const Node* table : top_.tables("signal")) {
      TableReader reader(*table, "[[signal]]", diagnostics_);
      ShownSignal signal;
      signal.id = ruleset::RuleFileReader::read_id(reader, taken);
      signal.label = reader.text("label").value_or(Text{signal.id, signal.id});
      signal.mark = reader.required_string("mark");
      signal.role = static_cast<Role>(
          reader.choice("role", {"attention", "unknown", "good", "quiet"}).value_or(0));
      reader.finish();
      if (signal.role == Role::unknown) out_.unknown = out_.signals.size(), ++unknown;
      out_.signals.push_back(std::move(signal));
    }
    if (unknown != 1 && !out_.signals.empty())
      top_.report(
          Code::key_missing, top_.place("signal"),
          {"应恰有一个 [[signal]] 写 role = \"unknown\"，用于没有数据之处",
           "exactly one [[signal]] has role = \"unknown\": it shows where there is no data"});
  }

  void read_answers() {
    std::vector<std::string> taken;
    for (const Node* table : top_.tables("answer")) {
      TableReader reader(*table, "[[answer]]", diagnostics_);
      Answer answer;
      answer.id = ruleset::RuleFileReader::read_id(reader, taken);
      answer.name = reader.text("name").value_or(Text{answer.id, answer.id});
      reader.finish();
      check_name(answer.id, reader.place("id"));
      out_.answers.push_back(std::move(answer));
    }
  }

  // A name of the author's own may not be one a formula has already.
  void check_name(const std::string& name, const text::Place& place) {
    bool taken = name == "v" || !formula::is_name(name);
    for (const Subject subject : {Subject::indicator, Subject::money, Subject::project}) {
      const auto names = out_.names_of(subject);
      taken = taken || std::find(names.begin(), names.end(), name) != names.end();
    }
    if (taken) file_.refuse_name(name, place);
  }

  Subject read_subject(TableReader& reader) {
    return static_cast<Subject>(reader.choice("of", {"indicator", "money", "project"}).value_or(0));
  }

  template <class Enum, std::size_t N>
  void read_words(TableReader& reader, std::string_view key,
                  const std::array<const char*, N>& words, std::vector<Enum>& out) {
    const std::vector<std::string> known(words.begin(), words.end());
    for (const std::string& word : reader.strings(key)) {
      const auto at = std::find(known.begin(), known.end(), word);
      if (at != known.end()) {
        out.push_back(static_cast<Enum>(at - known.begin()));
      } else {
        reader.report(Code::value_choice, reader.place(key),
                      {"'" + std::string(key) + "' 不能是 '" + word + "'",
                       "'" + std::string(key) + "' cannot be '" + word + "'"},
                      text::suggestion(word, known));
      }
    }
  }

  When read_when(TableReader& reader, Subject subject) {
    When out;
    const Node* table = reader.table("when");
    if (table == nullptr) return out;
    if (subject == Subject::project)
      reader.report(Code::key_unknown, reader.place("when"),
                    {"'when' 只用于指标和资金", "'when' is for indicators and money"},
                    {"把条件写进公式", "put the condition into a formula"});
    TableReader when(*table, "when", diagnostics_);
    if (subject == Subject::indicator) {
      read_words(when, "pace", pace_words, out.paces);
      read_words(when, "direction", direction_words, out.directions);
      read_words(when, "value", kind_words, out.kinds);
      if (const auto target = when.choice("target", {"zero", "nonzero"}))
        out.target_zero = *target == 0;
    }
    out.season = when.boolean("season");
    out.estimate = when.boolean("estimate");
    when.finish();
    return out;
  }

  formula::Scope scope_of(Subject subject, bool with_value) const {
    formula::Scope scope;
    scope.variables = out_.names_of(subject);
    if (with_value) scope.variables.push_back("v");
    scope.set_bounds(value::computed);
    return scope;
  }

  void read_light(const Node& table) {
    TableReader reader(table, "[[light]]", diagnostics_);
    Light light;
    light.place = table.place;
    light.id = ruleset::RuleFileReader::read_id(reader, lights_taken_);
    light.subject = read_subject(reader);
    light.title = reader.text("title").value_or(Text{light.id, light.id});
    light.when = read_when(reader, light.subject);
    light.value = file_.compiled(reader.formula("value"), scope_of(light.subject, false));
    light.percent = reader.choice("shown", {"percent", "number"}).value_or(0) == 0;
    light.digits = static_cast<int>(reader.integer("digits", 0, 6).value_or(2));
    reader.require("case");
    const auto cases = reader.tables("case");
    for (std::size_t i = 0; i < cases.size(); ++i)
      read_case(*cases[i], i + 1 == cases.size(), light);
    light.cite =
        ruleset::read_citations(reader, "cite", true, "[[light]] " + light.id, diagnostics_);
    reader.allow("note");
    reader.finish();
    out_.lights.push_back(std::move(light));
  }

  void read_case(const Node& table, bool last, Light& light) {
    TableReader reader(table, "[[light.case]]", diagnostics_);
    Case out;
    const std::string word = reader.required_string("show");
    std::vector<std::string> known;
    for (const ShownSignal& signal : out_.signals) known.push_back(signal.id);
    const auto at = std::find(known.begin(), known.end(), word);
    if (at == known.end() && !word.empty())
      reader.report(
          Code::reference_unknown, reader.place("show"),
          {"没有名为 '" + word + "' 的 [[signal]]", "there is no [[signal]] '" + word + "'"},
          text::suggestion(word, known));
    out.signal = static_cast<std::size_t>(at - known.begin());
    const auto condition = reader.formula("if");
    if (!condition && !last)
      reader.report(
          Code::key_missing, table.place,
          {"只有最后一种情形可以没有 'if'", "only the last case may go without 'if'"},
          {"后面的情形永远用不到：删去，或在这里写 if",
           "nothing can reach the cases after it: remove them, or give this one an 'if'"});
    if (condition && last)
      reader.report(
          Code::bands_gap, reader.place("if"),
          {"最后一种情形不能有条件，否则有的值没有灯",
           "the last case has no condition, or some values would have no light"},
          {"去掉这里的 if，或在后面再加一种情形", "remove this 'if', or add a case after it"});
    out.condition = file_.compiled(condition, scope_of(light.subject, light.value.has_value()));
    reader.finish();
    light.cases.push_back(std::move(out));
  }

  void read_forecast(const Node& table) {
    TableReader reader(table, "[[forecast]]", diagnostics_);
    Forecast out;
    out.id = ruleset::RuleFileReader::read_id(reader, forecasts_taken_);
    out.subject = static_cast<Subject>(reader.choice("of", {"indicator", "money"}).value_or(0));
    out.title = reader.text("title").value_or(Text{out.id, out.id});
    out.when = read_when(reader, out.subject);
    const auto value =
        file_.compiled(reader.required_formula("value"), scope_of(out.subject, false));
    out.cite =
        ruleset::read_citations(reader, "cite", true, "[[forecast]] " + out.id, diagnostics_);
    reader.allow("note");
    reader.finish();
    if (!value) return;
    out.value = *value;
    out_.forecasts.push_back(std::move(out));
  }

  void read_warning(const Node& table) {
    TableReader reader(table, "[[warning]]", diagnostics_);
    Warning out;
    out.id = ruleset::RuleFileReader::read_id(reader, warnings_taken_);
    out.subject = read_subject(reader);
    out.when = read_when(reader, out.subject);
    out.value = file_.compiled(reader.formula("value"), scope_of(out.subject, false));
    out.digits = static_cast<int>(reader.integer("digits", 0, 6).value_or(2));
    const formula::Scope scope = scope_of(out.subject, out.value.has_value());
    const auto condition = file_.compiled(reader.required_formula("if"), scope);
    out.wording = file_.read_wording(reader, "text", scope);
    out.cite = ruleset::read_citations(reader, "cite", true, "[[warning]] " + out.id, diagnostics_);
    reader.allow("note");
    reader.finish();
    if (!condition) return;
    out.condition = *condition;
    out_.warnings.push_back(std::move(out));
  }

  ruleset::RuleFileReader file_;
  std::vector<Diagnostic>& diagnostics_;
  TableReader& top_;
  std::vector<std::string> lights_taken_, forecasts_taken_, warnings_taken_;
  Rules out_;
};

}  // namespace

std::vector<std::string> Rules::names_of(Subject subject) const {
  std::vector<std::string> out{"m", "today", "s", "F", "B0", "B", "E", "fiscal_year"};
  if (subject == Subject::indicator) out.insert(out.end(), {"A", "T", "U", "done", "q"});
  if (subject == Subject::project) {
    out.insert(out.end(), {"S", "S_full", "progress", "projected", "scale"});
    for (const Answer& answer : answers) out.push_back(answer.id);
  }
  for (const auto& param : params) out.push_back(param.name);
  return out;
}

bool When::fits(const Indicator& indicator) const {
  const auto any = [](const auto& list, const auto& one) {
    return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
  };
  return any(paces, indicator.pace) && any(directions, indicator.direction) &&
         any(kinds, indicator.kind) &&
         target_zero.value_or(indicator.target_zero) == indicator.target_zero &&
         season.value_or(indicator.season) == indicator.season &&
         estimate.value_or(indicator.estimate) == indicator.estimate;
}

}  // namespace monitoring

Checked<MonitoringRules> read_monitoring(const std::string& id_or_path,
                                         const RuleLibrary& library) {
  std::vector<Diagnostic> diagnostics;
  const auto lineage =
      ruleset::read_lineage(monitoring::monitoring_rules(), id_or_path, library, diagnostics);
  std::shared_ptr<const monitoring::Rules> model;
  if (lineage)
    model = std::make_shared<const monitoring::Rules>(
        monitoring::RulesReader(*lineage, diagnostics).read());
  text::sort_by_place(diagnostics);
  if (!model || text::has_error(diagnostics)) return diagnostics;
  return {MonitoringRules(std::move(model)), std::move(diagnostics)};
}

std::string monitoring_wanted(const Project& project) {
  const std::string& wanted = project.model().mid_year.rules.text;
  if (wanted.empty()) return "monitoring-software-2";
  const bool is_path = wanted.find('/') != std::string::npos || wanted.ends_with(".toml");
  if (!is_path || std::filesystem::path(wanted).is_absolute()) return wanted;
  return (std::filesystem::path(project.model().results_file).parent_path() / wanted)
      .lexically_normal()
      .string();
}

}  // namespace jixiao
