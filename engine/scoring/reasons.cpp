#include "scoring/reasons.hpp"

#include <cmath>
#include <string>

#include "scoring/evaluation.hpp"

namespace jixiao::scoring {

Text reason(const ruleset::Method& method, std::uint8_t outside, const Substitution& substitution,
            const Shown& shown) {
  for (const auto& candidate : method.reasons) {
    if (candidate.when) {
      const double holds = evaluate_known(*candidate.when, substitution);
      if (!std::isfinite(holds) || holds == 0) continue;
    }
    return substitute(candidate.wording, substitution);
  }
  if (outside != outside_none)
    return {"超出计分公式的适用范围", "outside the values the formula is for"};
  const std::string actual(shown.actual);
  const std::string target(shown.target);
  return {"实际 " + actual + "，目标 " + target, "actual " + actual + ", target " + target};
}

Text name_of_formula(const ruleset::RuleSet& rules, std::size_t block) {
  if (block == ruleset::none) return {"总分公式", "the total's formula"};
  const Text& name = rules.blocks[block].name;
  return {"“" + name.zh + "”的公式", "the formula of " + name.en};
}

Text reason_of_missing() { return {"没有数据，不得分", "no data, no points"}; }
Text reason_of_not_applicable() { return {"不适用", "does not apply"}; }

}  // namespace jixiao::scoring
