// MethodRows: rows that share one method, with the columns its formulas read.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// Either one indicator of the rule set over all projects, or rows of one method. Refers to the rule
// set, the batch and the workspace it was made with, and to columns the workspace lent.
class MethodRows {
 public:
  static MethodRows of_fixed(const ruleset::RuleSet& rules, const Batch& batch,
                             std::size_t indicator, Workspace& workspace);
  // `rows`: ascending.
  static MethodRows of_rows(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method,
                            std::span<const std::uint32_t> rows, Workspace& workspace);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const ruleset::Method& method() const { return method_; }
  [[nodiscard]] std::size_t method_index() const { return method_index_; }
  // Position in the outcomes these rows write: the project for a rule-set indicator, the row
  // otherwise.
  [[nodiscard]] std::size_t slot(std::size_t i) const { return rows_.empty() ? i : rows_[i]; }
  [[nodiscard]] std::size_t project(std::size_t i) const {
    return is_fixed() ? i : batch_.rows.project[slot(i)];
  }
  // Whether the outcomes' slots are the rows' rows, one for one.
  [[nodiscard]] bool is_whole() const { return rows_.empty(); }
  [[nodiscard]] bool is_fixed() const { return fixed_ != nullptr; }
  // The rule set's indicator of a rule-set indicator's rows.
  [[nodiscard]] const ruleset::FixedIndicator& fixed() const { return *fixed_; }
  // Index among the rule set's indicators of a rule-set indicator's rows.
  [[nodiscard]] std::size_t fixed_index() const {
    return static_cast<std::size_t>(fixed_ - rules_.indicators.data());
  }
  // The actual of row i, computed for a rule-set indicator.
  [[nodiscard]] value::Cell actual(std::size_t i) const {
    return {actual_.values[slot(i)], actual_.states[slot(i)]};
  }

  // The weights of its rows.
  [[nodiscard]] formula::Column weights(const Outcomes& outcomes) const {
    return column(ruleset::row_W, &outcomes);
  }
  // A column of the rows of one method into the outcomes' slots. Nothing to do when they are the
  // rows' rows.
  void scatter(const double* column, double* outcomes) const;

  // Whether everything the formula names is there for every row.
  [[nodiscard]] bool has_all(const formula::Formula& formula) const;
  // Whether everything the formula names is there: `states[i]` becomes the worst state of the
  // values row i would use.
  void survey(const formula::Formula& formula, std::span<value::CellState> states) const;
  // The formula over the rows of one method, on values as they are; `outcomes` gives W
  // (and points, lost in reasons and checks); it may be null where the formula names none of them.
  // Values that are not there count as 0: survey first.
  void evaluate(const formula::Formula& formula, const Outcomes* outcomes,
                std::span<double> out) const;
  // Whether a condition, which names no W, holds for all rows. When it does not, `out` says what it
  // is for each.
  [[nodiscard]] bool holds(const formula::Formula& condition, std::span<double> out) const;
  // The values of row i for every name of the scope, for showing; those that are not there are NaN.
  [[nodiscard]] std::vector<double> values(std::size_t i, const Outcomes& outcomes) const;
  // The same for all rows: [name][row].
  [[nodiscard]] std::vector<std::vector<double>> table(const Outcomes& outcomes) const;

 private:
  struct Actuals {
    const double* values;
    const value::CellState* states;
    bool all_ok;
  };

  MethodRows(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method,
             Workspace& workspace);
  void compute_actuals();
  // The values of one name: the batch's own column where that is one, one value where all rows have
  // it, else a column that is lent.
  [[nodiscard]] formula::Column column(std::size_t name, const Outcomes* outcomes) const;
  [[nodiscard]] formula::Column own_column(std::size_t name, const Outcomes* outcomes) const;
  template <class Of>
  [[nodiscard]] formula::Column made(const Of& of) const;
  // Of a column with one value a row of the batch.
  [[nodiscard]] formula::Column of_rows(std::span<const double> column) const;
  [[nodiscard]] bool has_all(std::size_t name) const;
  void survey_name(std::size_t name, std::span<value::CellState> states) const;
  // A rule-set input or money column behind a row name; null for every other name.
  [[nodiscard]] const CellColumn* project_column(std::size_t name) const;
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
};

}  // namespace jixiao::scoring
