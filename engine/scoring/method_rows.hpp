// Rows that are scored by one method, with the columns its formulas read.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// Either one indicator of the rule set over all projects (is_fixed()), or rows of the batch that
// name one method. Valid as long as the rule set, the batch and the workspace it was made with, and
// until the workspace releases the columns it took.
class MethodRows {
 public:
  // Requires: `indicator` is an index into rules.indicators.
  static MethodRows of_fixed(const ruleset::RuleSet& rules, const Batch& batch,
                             std::size_t indicator, Workspace& workspace);
  // Requires: `rows` ascending, not empty, all naming `method`.
  static MethodRows of_rows(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method,
                            std::span<const std::uint32_t> rows, Workspace& workspace);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const ruleset::Method& method() const { return method_; }
  [[nodiscard]] std::size_t method_index() const { return method_index_; }
  // Returns where row i stands in the Outcomes these rows write: the project's index for a rule-set
  // indicator, the batch's row otherwise.
  [[nodiscard]] std::size_t slot(std::size_t i) const { return rows_.empty() ? i : rows_[i]; }
  [[nodiscard]] std::size_t project(std::size_t i) const {
    return is_fixed() ? i : batch_.rows.project[slot(i)];
  }
  // Returns whether slot(i) == i for every row.
  [[nodiscard]] bool is_whole() const { return rows_.empty(); }
  [[nodiscard]] bool is_fixed() const { return fixed_ != nullptr; }
  // Requires: is_fixed().
  [[nodiscard]] const ruleset::FixedIndicator& fixed() const { return *fixed_; }
  // Returns the index into rules.indicators. Requires: is_fixed().
  [[nodiscard]] std::size_t fixed_index() const {
    return static_cast<std::size_t>(fixed_ - rules_.indicators.data());
  }
  // Returns the actual of row i; of a rule-set indicator the one its formula gives.
  [[nodiscard]] value::Cell actual(std::size_t i) const {
    return {actual_.values[slot(i)], actual_.states[slot(i)]};
  }

  // Returns the target of row i of a rule-set indicator; NaN or not there where its formula gives
  // none. Requires: is_fixed().
  [[nodiscard]] value::Cell fixed_target(std::size_t i) const {
    if (!fixed_->target_formula) return value::Cell::of(fixed_->target);
    return {target_.values[i], target_.states[i]};
  }

  // Returns the weights of the rows, in points.
  [[nodiscard]] formula::Column weights(const Outcomes& outcomes) const {
    return column(ruleset::row_W, &outcomes);
  }
  // Writes column[i] to outcomes[slot(i)]. Does nothing when is_whole(): the column is the slots.
  void scatter(const double* column, double* outcomes) const;

  // Returns whether every value the formula names is there for every row.
  [[nodiscard]] bool has_all(const formula::Formula& formula) const;
  // Sets states[i] to the worst state of the values the formula needs for row i; of one that it
  // asks given() of, to error alone.
  void survey(const formula::Formula& formula, std::span<value::CellState> states) const;
  // Evaluates the formula for every row into `out`. `outcomes` gives W (and `points`, `lost` in
  // reasons and checks) and may be null where the formula names none of them. Values that are not
  // there count as 0: call survey() first.
  void evaluate(const formula::Formula& formula, const Outcomes* outcomes,
                std::span<double> out) const;
  // Writes how far the points of every row may be off from those on paper. Requires: the rule set
  // rounds indicators. Values that are not there count as 0.
  void points_bounds(const Outcomes& outcomes, std::span<double> out) const;
  // Returns whether a condition holds for all rows; if not, `out` has its value for each. Requires:
  // the condition does not name W.
  [[nodiscard]] bool holds(const formula::Formula& condition, std::span<double> out) const;
  // Writes what the condition of a check is for every row; NaN where it names what is not there.
  // `of_method`: the check is the method's own; else it stands in none, and knows the row names,
  // the inputs, points and lost.
  void judge(const formula::Formula& condition, bool of_method, const Outcomes& outcomes,
             std::span<double> out) const;
  // Returns how far the actual of row i may be off, where a formula made it.
  [[nodiscard]] std::optional<double> actual_bound(std::size_t i) const;
  // Returns the same for all rows; empty where no formula made it.
  [[nodiscard]] std::vector<double> actual_bounds() const;
  // Returns the values of row i, one per name of the method's scope; NaN where there is none.
  [[nodiscard]] std::vector<double> values(std::size_t i, const Outcomes& outcomes) const;
  // Returns the same for all rows: [name][row].
  [[nodiscard]] std::vector<std::vector<double>> table(const Outcomes& outcomes) const;

 private:
  struct Actuals {
    const double* values;
    const value::CellState* states;
    bool all_ok;
    const double* bounds = nullptr;  // how far each may be off, where a formula made them and it
                                     // matters to the method
  };

  MethodRows(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method,
             Workspace& workspace);
  void compute_actuals();
  void compute_targets();
  void compute_bounds(std::span<double> out) const;
  void blame_what_is_absent(const formula::Formula& formula, std::span<const double> values,
                            std::span<value::CellState> states) const;
  // The values of one name: the batch's own column where that is one, one value where all rows have
  // it, else a column that is lent.
  [[nodiscard]] formula::Column column(std::size_t name, const Outcomes* outcomes) const;
  // The same, with NaN for what is not there.
  [[nodiscard]] formula::Column masked_column(std::size_t name, const Outcomes* outcomes) const;
  // What a formula reads under that name.
  [[nodiscard]] formula::Column column_for(const formula::Formula& formula, std::size_t name,
                                           const Outcomes* outcomes) const {
    return formula.needs(name) || has_all(name) ? column(name, outcomes)
                                                : masked_column(name, outcomes);
  }
  void survey_for(const formula::Formula& formula, std::size_t name, std::size_t mine,
                  std::span<value::CellState> states) const;
  [[nodiscard]] formula::Column own_column(std::size_t name, const Outcomes* outcomes) const;
  template <class Of>
  [[nodiscard]] formula::Column made(const Of& of) const;
  // Of a column with one value a row of the batch.
  [[nodiscard]] formula::Column of_rows(std::span<const double> column) const;
  [[nodiscard]] bool has_all(std::size_t name) const;
  // Whether it is T or U, and a formula makes them.
  [[nodiscard]] bool has_own_targets(std::size_t name) const {
    return (name == ruleset::row_T || name == ruleset::row_U) && target_.values != nullptr;
  }
  void survey_name(std::size_t name, std::span<value::CellState> states) const;
  // A rule-set input or money column behind a row name; null for every other name.
  [[nodiscard]] const CellColumn* project_column(std::size_t name) const;
  // The statistic of a table that a parameter of a rule-set indicator is; null for every other
  // name.
  [[nodiscard]] const CellColumn* statistic_column(std::size_t name) const;
  // Calls found(i, value) for each row that has an entry for `which`.
  template <class Found>
  void each_sparse(const std::vector<Sparse>& list, std::size_t which, const Found& found) const;

  const ruleset::RuleSet& rules_;
  const Batch& batch_;
  const ruleset::Method& method_;
  Workspace& workspace_;
  std::size_t method_index_;
  const ruleset::FixedIndicator* fixed_ = nullptr;
  const FixedRemarks* remarks_ = nullptr;
  std::span<const std::uint32_t> rows_;  // empty: every slot
  std::size_t size_ = 0;
  Actuals actual_{};
  Actuals target_{};  // of a rule-set indicator whose target is a formula
};

}  // namespace jixiao::scoring
