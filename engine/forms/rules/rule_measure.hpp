// What the ends and steps of a printed rule are measured on, beside one target. Private to this
// room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "forms/rules/printed_rule.hpp"
#include "forms/rules/rule_cells.hpp"
#include "forms/rules/rule_text.hpp"

namespace jixiao::forms {

// The clauses of one rule, and the row it stands beside. Both must outlive it.
class RuleMeasure {
 protected:
  RuleMeasure(const std::vector<RuleClause>& clauses, const RuledRow& row);

  [[nodiscard]] std::vector<RuleAmount> ends() const;
  // Whether the rule is of the result itself or of its share of the target, in percent. False: it
  // does not say, or says both.
  bool choose_measure();
  // muParser text of what the ends are of.
  [[nodiscard]] std::string measure() const;
  // An amount in the base of the target's unit, and an end on the measure.
  [[nodiscard]] std::optional<double> in_units_of_target(const RuleAmount& at) const;
  [[nodiscard]] std::optional<double> on_measure(const RuleAmount& at) const;
  // Where full marks end: the target, or all of it. False when the rule says another line.
  bool find_edge();
  [[nodiscard]] bool is_full(const RuleClause& clause) const;
  // People, cases, pieces come whole; kilometres and tonnes do not.
  [[nodiscard]] bool is_counted() const;
  bool put_ends(const RuleCondition& condition, RuleTier& tier) const;
  // What a step counts, above 0 where points are off, as muParser text.
  [[nodiscard]] std::optional<std::string> distance(RuleStep::Way way) const;
  [[nodiscard]] std::optional<double> size_of(const RuleStep& step) const;

  const std::vector<RuleClause>& clauses_;
  const RuledRow& row_;
  const value::Field& target_;
  bool is_date_ = false, lower_ = false, equal_ = false, between_ = false;
  std::vector<const RuleClause*> awards_, steps_;
  const RuleCondition* standard_ = nullptr;
  bool completion_ = false;
  double edge_ = 0;

 private:
  [[nodiscard]] bool tells_a_top(const RuleCondition& condition) const;
  [[nodiscard]] std::optional<double> days_late(const RuleAmount& at) const;
  bool put_span(const RuleCondition& condition, RuleTier& tier) const;
};

bool is_percent(RuleUnit unit);

}  // namespace jixiao::forms
