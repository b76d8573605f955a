#include "batch/unscored.hpp"

#include <algorithm>
#include <array>

#include "scoring/uncomputable.hpp"
#include "text/code.hpp"

namespace jixiao::batch {
namespace {

using value::CellState;

class Reporter {
 public:
  Reporter(PieceContent& piece, const scoring::Scorecards& cards)
      : piece_(piece), cards_(cards), open_(piece.projects.size()) {
    for (std::size_t p = 0; p < open_.size(); ++p) {
      const bool somebody = piece.plan.project == none || !piece.projects[p].empty();
      open_[p] = somebody && cards.state[p] != CellState::ok ? 1 : 0;
      any_ = any_ || open_[p] != 0;
    }
  }
  [[nodiscard]] bool any() const { return any_; }

  void look_at(const scoring::MethodRows& method_rows) {
    const scoring::Outcomes& outcomes =
        method_rows.is_fixed() ? cards_.fixed[method_rows.fixed_index()] : cards_.rows;
    const bool zero = piece_.rules.missing == ruleset::MissingPolicy::zero;
    for (std::size_t i = 0; i < method_rows.size(); ++i) {
      const std::size_t slot = method_rows.slot(i);
      const std::size_t project = method_rows.project(i);
      const CellState state = outcomes.state[slot];
      if (state == CellState::missing && method_rows.is_fixed() && (zero || open_[project] != 0))
        report_missing(method_rows.fixed(), project, zero);
      if (state == CellState::error && open_[project] != 0 && !is_refused(method_rows, slot))
        report_error(method_rows, i, outcomes);
    }
    table_.clear();
  }

  // Whatever keeps a project from a total, it is said.
  void finish() {
    for (std::size_t p = 0; p < open_.size(); ++p) {
      if (open_[p] == 0 || piece_.failed(p)) continue;
      for (const scoring::WhyNot& why :
           scoring::why_undecided(piece_.rules, piece_.batch, cards_, p))
        fault(p, piece_.first_record(p), {}, why);
      if (piece_.failed(p)) continue;
      fault(p, piece_.first_record(p), {},
            {text::Code::result_uncomputable,
             {"总分无法计算：规则集 " + piece_.rules.id + " 的总分公式在这里没有结果",
              "the total cannot be computed: the rule set " + piece_.rules.id +
                  " gives no result here"},
             {"单独评分（jixiao score）看每一步",
              "score the project alone (jixiao score) to see each step"}});
    }
  }

 private:
  struct Cell {
    std::string column;
    std::string_view text;
  };

  // Whether what went into it was refused, which has been said.
  [[nodiscard]] bool is_refused(const scoring::MethodRows& method_rows, std::size_t slot) const {
    if (!method_rows.is_fixed()) return piece_.batch.rows.refused[slot] != 0;
    const scoring::Batch& batch = piece_.batch;
    if (piece_.rules.not_applicable == ruleset::NotApplicablePolicy::refuse &&
        batch.fixed[method_rows.fixed_index()].not_applicable[slot] != 0)
      return true;
    const std::array<const scoring::CellColumn*, 3> money = {&batch.initial, &batch.adjusted,
                                                             &batch.executed};
    const auto refused = [&](std::size_t name) {
      if (name < money.size()) return money[name]->states[slot] == CellState::error;
      return name >= ruleset::project_names &&
             batch.inputs[name - ruleset::project_names].states[slot] == CellState::error;
    };
    const ruleset::FixedIndicator& fixed = method_rows.fixed();
    const auto used = fixed.actual.used();
    if (std::any_of(used.begin(), used.end(), refused)) return true;
    if (!fixed.target_formula) return false;
    const auto of_target = fixed.target_formula->used();
    return std::any_of(of_target.begin(), of_target.end(), refused);
  }

  void fault(std::size_t project, std::size_t record, const Cell& cell, const scoring::WhyNot& why,
             Severity severity = Severity::error) {
    Text message = why.message;
    if (!why.help.zh.empty()) message.zh += "；" + why.help.zh;
    if (!why.help.en.empty()) message.en += "; " + why.help.en;
    piece_.fault(project, record, cell.column, cell.text, std::string(text::entry(why.code).name),
                 severity, std::move(message));
  }

  void report_missing(const ruleset::FixedIndicator& indicator, std::size_t project, bool zero) {
    for (const scoring::MissingValue& missing :
         scoring::missing_values(piece_.rules, indicator, piece_.batch, project)) {
      const bool wide = piece_.plan.shape == Shape::wide;
      const std::size_t column = !wide ? none
                                 : missing.name < piece_.plan.money.size()
                                     ? piece_.plan.money[missing.name]
                                     : piece_.plan.input[missing.name - ruleset::project_names];
      const std::string name = column == none ? "" : piece_.plan.header[column];
      const bool statistic = missing.name >= ruleset::project_names &&
                             piece_.rules.inputs[missing.name - ruleset::project_names].statistic !=
                                 ruleset::none;
      const Text help = statistic        ? Text{}
                        : column != none ? Text{"填写列 " + name, "fill in the column " + name}
                        : wide ? Text{"加一列 " + missing.key, "add a column " + missing.key}
                               : Text{"加一行 @" + missing.key, "add a row @" + missing.key};
      const std::size_t record = piece_.first_record(project);
      const std::string words = column == none ? std::string() : piece_.cells.cell(column, record);
      fault(project, record, {name, words}, {text::Code::result_missing, missing.message, help},
            zero ? Severity::warning : Severity::error);
    }
  }

  void report_error(const scoring::MethodRows& method_rows, std::size_t i,
                    const scoring::Outcomes& outcomes) {
    const std::size_t slot = method_rows.slot(i);
    const std::size_t project = method_rows.project(i);
    if (table_.empty()) table_ = method_rows.table(outcomes);
    std::vector<double> values;
    for (const std::vector<double>& name : table_) values.push_back(name[i]);
    if (method_rows.is_fixed()) {
      const auto why = scoring::why_uncomputable(piece_.rules, method_rows, i, outcomes,
                                                 {values, method_rows.fixed().unit},
                                                 method_rows.fixed().name);
      return fault(project, piece_.first_record(project), {}, why);
    }
    const OwnRow& row = piece_.rows[slot];
    const std::string name(piece_.cell(role_indicator, row.record));
    const auto why = scoring::why_uncomputable(piece_.rules, method_rows, i, outcomes,
                                               {values, row.read->unit}, {name, name});
    fault(project, row.record, {batch::name(role_actual), piece_.cell(role_actual, row.record)},
          why);
  }

  PieceContent& piece_;
  const scoring::Scorecards& cards_;
  std::vector<std::uint8_t> open_;  // of each project: has a name and no total
  bool any_ = false;
  std::vector<std::vector<double>> table_;  // [name][row] of the rows looked at, once one has an
                                            // error
};

}  // namespace

void report_unscored(PieceContent& piece, const scoring::Scorecards& cards,
                     std::span<const scoring::MethodRows> row_sets) {
  Reporter reporter(piece, cards);
  if (!reporter.any() && piece.rules.missing != ruleset::MissingPolicy::zero) return;
  for (const scoring::MethodRows& method_rows : row_sets) reporter.look_at(method_rows);
  reporter.finish();
}

}  // namespace jixiao::batch
