// Forms as rows of a long table. A table has no parameters of methods, no blocks weighted by the
// project and one rule set: a form that needs them stays a project of its own.
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "audit/gathering.hpp"
#include "audit/rule_set_cache.hpp"
#include "forms/draft.hpp"
#include "jixiao/forms.hpp"
#include "ruleset/ruleset.hpp"
#include "table/cells.hpp"
#include "table/guard.hpp"

namespace jixiao {
namespace {

namespace fs = std::filesystem;
using forms::Draft;
using forms::DraftIndicator;
using forms::Entry;

constexpr const char* table_columns[] = {"project", "year",   "office",   "file",   "indicator",
                                         "block",   "type",   "op",       "target", "actual",
                                         "weight",  "method", "reported", "reason"};
using Record = std::map<std::string, std::string>;

std::string value_of(const Entry& entry) { return entry.unwritten ? std::string() : entry.text; }

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// "=12次" would be a formula in a spreadsheet: its sign stands in a column of its own.
bool begins_with_equals(const std::string& target) {
  return target.starts_with("=") || target.starts_with("＝");
}

std::string target_of(const DraftIndicator& indicator) {
  const std::string target = value_of(indicator.target);
  if (!begins_with_equals(target)) return target;
  return target.substr(target.front() == '=' ? 1 : std::string_view("＝").size());
}

std::string sign_of(const DraftIndicator& indicator) {
  static const std::map<std::string, std::string> signs = {
      {"at_least", ">="}, {"more_than", ">"}, {"at_most", "<="},
      {"less_than", "<"}, {"equal", "="},     {"between", "range"}};
  if (indicator.graded) return "grade";
  if (begins_with_equals(value_of(indicator.target))) return "=";
  const auto found = signs.find(indicator.direction);
  return found == signs.end() ? std::string() : found->second;
}

// Why a table cannot say what the form says; nothing when it can.
std::optional<Text> reason_to_stay_alone(const Draft& draft, const ruleset::RuleSet& rules) {
  if (value_of(draft.year).empty())
    return Text{"表上没有年度，project.toml 中须补上",
                "it has no year, which project.toml must say"};
  if (!draft.blocks.empty())
    return Text{"是评分表，一级指标以表上所印为准，表格写不下",
                "it is a scoring table, whose blocks are its own"};
  if (!draft.events.empty())
    return Text{"表上有加减分或否决项，表格写不下",
                "it has bonuses, deductions or vetoes, for which a table has no column"};
  std::set<std::string> names;
  for (const DraftIndicator& one : draft.indicators) {
    const std::string name = one_line(one.name.text);
    if (!names.insert(name).second)
      return Text{"两行指标同名“" + name + "”", "two rows have the name '" + name + "'"};
    if (!one.params.empty())
      return Text{"指标“" + name + "”的评分标准带有参数，表格写不下",
                  "the rule of '" + name + "' has parameters, for which a table has no column"};
    if (one.informational)
      return Text{"指标“" + name + "”不计分，表格写不下",
                  "'" + name + "' is not scored, which a table cannot say"};
  }
  for (const DraftIndicator& one : draft.indicators) {
    for (const std::string& text : {target_of(one), value_of(one.actual), value_of(one.weight)}) {
      if (table::is_formula(text))
        return Text{"“" + text + "”在电子表格中会成为公式",
                    "a spreadsheet would take '" + text + "' for a formula"};
    }
  }
  std::map<std::string, double> weights;
  for (const auto& block : rules.blocks) weights[block.id] = block.weight;
  for (const auto& [block, weight] : draft.weights) {
    const auto known = weights.find(block);
    if (known == weights.end() ||
        std::to_string(known->second) != std::to_string(std::stod(weight)))
      return Text{
          "表上一级指标 " + block + " 的权重为 " + weight + "，与规则集不同",
          "the form gives block " + block + " the weight " + weight + ", not that of the rule set"};
  }
  return std::nullopt;
}

class Tabulator {
 public:
  explicit Tabulator(FormTable& out) : out_(out) {
    for (const char* column : table_columns)
      out_.csv += (out_.csv.empty() ? "" : ",") + std::string(column);
    out_.csv += "\n";
  }

  void add(const Draft& draft, TabulatedForm& form) {
    const std::string stem = fs::path(form.file).stem().string();
    std::string name = one_line(draft.name.text);
    if (name.empty()) name = stem;
    const std::string number = form.number == 0 ? "" : " " + std::to_string(form.number);
    if (!names_.insert(name).second) names_.insert(name += "（" + stem + number + "）");
    form.project = name;
    common_ = {{"project", name},
               {"year", value_of(draft.year)},
               {"office", one_line(value_of(draft.unit))},
               {"file", fs::path(form.file).filename().string() + number}};
    amount("@initial", draft.money.initial);
    amount("@adjusted", draft.money.adjusted);
    amount("@executed", draft.money.executed);
    for (const DraftIndicator& one : draft.indicators) {
      indicator(one);
      ++form.rows;
    }
  }

 private:
  void amount(const char* which, const Entry& entry) {
    if (value_of(entry).empty()) return;
    Record record = common_;
    record["indicator"] = which;
    record["actual"] = entry.text;
    write(record);
  }

  void indicator(const DraftIndicator& one) {
    Record record = common_;
    record["indicator"] = one_line(one.name.text);
    record["block"] = value_of(one.block);
    record["type"] = value_of(one.type);
    record["op"] = sign_of(one);
    record["target"] = target_of(one);
    record["actual"] = one.not_applicable ? "不适用" : value_of(one.actual);
    record["weight"] = value_of(one.weight);
    record["method"] = one.method;
    record["reported"] = value_of(one.reported);
    record["reason"] = one_line(value_of(one.reason));
    write(record);
  }

  void write(const Record& record) {
    bool first = true;
    for (const char* column : table_columns) {
      if (!std::exchange(first, false)) out_.csv += ',';
      const auto found = record.find(column);
      const std::string text = found == record.end() ? "" : found->second;
      // Words of ours, which batch reads as they stand; a lone "=" is text in a spreadsheet, too.
      const bool ours = text == "@initial" || text == "@adjusted" || text == "@executed" ||
                        text == "=";
      table::append_cell(out_.csv, ours ? text : table::guarded(text));
    }
    out_.csv += '\n';
  }

  FormTable& out_;
  std::set<std::string> names_;
  Record common_;
};

struct Read {
  TabulatedForm form;
  std::optional<FilledForm> filled;
  Draft draft;
};

std::vector<Read> read_all(const std::vector<std::string>& paths, const FormOptions& options) {
  std::vector<std::string> files;
  for (const std::string& path : paths) audit::gather(path, files);
  std::vector<Read> all;
  for (const std::string& file : files) {
    if (fs::path(file).extension() == ".toml") continue;
    const auto read = read_forms(file, options);
    const std::size_t count = read ? read->size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
      Read one;
      one.form.file = file;
      if (count > 1) one.form.number = i + 1;
      if (i == 0) one.form.findings = read.diagnostics();
      if (read) {
        one.form.read = true;
        one.filled = (*read)[i];
        one.draft = forms::understand(one.filled->model());
        one.form.project = one_line(one.draft.name.text);
      }
      all.push_back(std::move(one));
    }
  }
  return all;
}

// What most of them ask for; of several such, the first by name.
std::string rules_of_most(const std::vector<Read>& all) {
  std::map<std::string, std::size_t> counts;
  for (const Read& one : all)
    if (one.form.read) ++counts[one.draft.rules];
  std::string most;
  for (const auto& [rules, count] : counts)
    if (most.empty() || count > counts[most]) most = rules;
  return most;
}

}  // namespace

FormTable tabulate_forms(const std::vector<std::string>& paths, const RuleLibrary& library,
                         const std::string& rules, Language language, const FormOptions& options) {
  FormTable out;
  std::vector<Read> all = read_all(paths, options);
  out.rules = rules.empty() ? rules_of_most(all) : rules;
  const audit::RuleSetCache cache(library);
  std::vector<Diagnostic> unsaid;  // reading the rule set again, to score, says what is wrong with
                                   // it
  const std::optional<RuleSet> by = cache.find(out.rules, nullptr, unsaid);
  Tabulator tabulator(out);
  bool any = false;
  for (Read& one : all) {
    TabulatedForm& form = one.form;
    if (form.read) {
      ImportedForm imported = import_form(*one.filled, language);
      form.findings.insert(form.findings.end(), imported.questions.begin(),
                           imported.questions.end());
      std::optional<Text> why;
      if (!by) {
        why = Text{"读不出规则集 " + out.rules, "the rule set " + out.rules + " cannot be read"};
      } else if (rules.empty() && one.draft.rules != out.rules) {
        why = Text{"这份表要用规则集 " + one.draft.rules,
                   "it asks for the rule set " + one.draft.rules};
      } else {
        why = reason_to_stay_alone(one.draft, by->model());
      }
      if (why) {
        form.alone = *why;
        form.imported = std::move(imported);
      } else {
        tabulator.add(one.draft, form);
        any = true;
      }
    }
    out.forms.push_back(std::move(form));
  }
  if (!any) out.csv.clear();
  return out;
}

}  // namespace jixiao
