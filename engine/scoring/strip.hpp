// A strip: rows that share one method, with the columns its formulas read.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"

namespace jixiao::scoring {

// Either one indicator of the rule set over all projects, or rows of one method.
class Strip {
 public:
  static Strip of_fixed(const ruleset::RuleSet& rules, const Batch& batch, std::size_t indicator);
  static Strip of_rows(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method, std::vector<std::size_t> rows);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const ruleset::Method& method() const { return method_; }
  [[nodiscard]] std::size_t method_index() const { return method_index_; }
  // Position in the outcomes this strip writes: the project for a rule-set indicator, the row otherwise.
  [[nodiscard]] std::size_t slot(std::size_t i) const { return rows_.empty() ? i : rows_[i]; }
  [[nodiscard]] std::size_t project(std::size_t i) const { return rows_.empty() ? i : batch_.rows.project[rows_[i]]; }
  [[nodiscard]] bool is_fixed() const { return fixed_ != nullptr; }
  // Index among the rule set's indicators of a fixed strip.
  [[nodiscard]] std::size_t fixed_index() const { return static_cast<std::size_t>(fixed_ - rules_.indicators.data()); }
  // What a rule-set indicator does outside its own domain.
  [[nodiscard]] ruleset::OutsidePolicy fixed_outside() const { return fixed_->outside.policy; }
  // The actual of row i, computed for a rule-set indicator.
  [[nodiscard]] value::Cell actual(std::size_t i) const {
    const CellColumn& column = is_fixed() ? actuals_ : batch_.rows.actual;
    return {column.values[slot(i)], column.states[slot(i)]};
  }

  // Whether everything the formula names is there: `states[i]` becomes the worst state of the values row i would use.
  void survey(const formula::Formula& formula, std::span<value::CellState> states) const;
  // The formula over the strip, on values as they are; `outcomes` gives W
  // (and points, lost in reasons and checks); it may be null where the formula names none of them. Values that are not there count as 0:
  // survey first.
  void evaluate(const formula::Formula& formula, const Outcomes* outcomes, std::span<double> out) const;
  // The values of row i for every name of the scope, for showing; those that are not there are NaN.
  [[nodiscard]] std::vector<double> values(std::size_t i, const Outcomes& outcomes) const;

 private:
  Strip(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method);
  void compute_actuals();
  // Values of one name for all rows of the strip, and the states of those that can be absent.
  void gather(std::size_t name, const Outcomes* outcomes, std::vector<double>& values) const;
  void survey_name(std::size_t name, std::span<value::CellState> states) const;
  // A rule-set input or money column behind a row name; null for every other name.
  [[nodiscard]] const CellColumn* project_column(std::size_t name) const;
  // Calls found(i, value) for each row of the strip that has an entry for `which`.
  template <class Found>
  void each_sparse(const std::vector<Sparse>& list, std::size_t which, const Found& found) const;

  const ruleset::RuleSet& rules_;
  const Batch& batch_;
  const ruleset::Method& method_;
  std::size_t method_index_;
  const ruleset::FixedIndicator* fixed_ = nullptr;
  const FixedRemarks* remarks_ = nullptr;
  std::vector<std::size_t> rows_;
  std::size_t size_ = 0;
  CellColumn actuals_;  // of a rule-set indicator: computed from money and inputs
};

}  // namespace jixiao::scoring
