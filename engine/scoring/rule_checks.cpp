#include "scoring/rule_checks.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace jixiao::scoring {
namespace {

class CheckFinder {
 public:
  CheckFinder(const ruleset::RuleSet& rules, const MethodRows& method_rows,
              const Outcomes& outcomes)
      : rules_(rules), method_rows_(method_rows), outcomes_(outcomes), holds_(method_rows.size()) {}

  void look(const ruleset::Check& check, bool of_method, const DescribeRow& describe,
            const TakeFinding& take) {
    method_rows_.judge(check.condition, of_method, outcomes_, holds_);
    for (std::size_t i = 0; i < holds_.size(); ++i) {
      if (holds_[i] == 0 || !std::isfinite(holds_[i])) continue;
      if (outcomes_.state[method_rows_.slot(i)] != value::CellState::ok) continue;
      const CheckedRow row = describe(i);
      if (check.when && !check.when->fits(row.subject)) continue;
      take(i, check, {values_of(i, of_method), row.unit, bound_of(i)});
    }
  }

 private:
  // The values of one row: all names of its method, or those that every row has.
  std::span<const double> values_of(std::size_t i, bool of_method) {
    if (table_.empty()) table_ = method_rows_.table(outcomes_);
    values_.clear();
    const std::size_t own = table_.size() - 2;  // then points and lost
    const std::size_t common = ruleset::row_names + rules_.inputs.size();
    for (std::size_t name = 0; name < table_.size(); ++name) {
      if (of_method || name < common || name >= own) values_.push_back(table_[name][i]);
    }
    return values_;
  }

  std::optional<double> bound_of(std::size_t i) {
    if (!bounds_) bounds_ = method_rows_.actual_bounds();
    return bounds_->empty() ? std::nullopt : std::optional<double>((*bounds_)[i]);
  }

  const ruleset::RuleSet& rules_;
  const MethodRows& method_rows_;
  const Outcomes& outcomes_;
  std::vector<double> holds_;
  std::vector<std::vector<double>> table_;  // [name][row], once a check holds
  std::optional<std::vector<double>> bounds_;
  std::vector<double> values_;
};

}  // namespace

Text check_words(const ruleset::Check& check, const Substitution& substitution, const Text& name) {
  Text words = substitute(check.wording, substitution);
  if (!name.zh.empty()) words.zh = name.zh + "：" + words.zh;
  if (!name.en.empty()) words.en = name.en + ": " + words.en;
  return words;
}

Text said_by(const ruleset::Check& check) {
  return {"规则集的检查项：" + check.id, "said by the check '" + check.id + "' of the rule set"};
}

void find_checks(const ruleset::RuleSet& rules, const MethodRows& method_rows,
                 const Outcomes& outcomes, const DescribeRow& describe, const TakeFinding& take) {
  const auto& own = method_rows.method().checks;
  if (own.empty() && rules.indicator_checks.empty()) return;
  CheckFinder finder(rules, method_rows, outcomes);
  for (const auto& check : own) finder.look(check, true, describe, take);
  for (const auto& check : rules.indicator_checks) finder.look(check, false, describe, take);
}

}  // namespace jixiao::scoring
