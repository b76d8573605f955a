// What a printed rule gives for every value: the line of numbers cut at the ends its conditions
// name. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "forms/rules/printed_rule.hpp"

namespace jixiao::forms {

// One condition and what it gives, as muParser text. `worth`: how good it is, to settle an end
// that two conditions rather claim: points, full marks being the highest.
struct RuleTier {
  std::optional<double> low, high;  // none: without end
  Holds low_holds = Holds::no, high_holds = Holds::no;
  std::string award;
  double worth = 0;
  bool otherwise = false;   // gives what no other does
  bool background = false;  // holds where no explicit condition does: a step, full marks for the
                            // rest
};

// Equal but for the last digits.
bool is_same_end(double a, double b);

struct RuleFormula {
  std::string points;
  std::string domain;  // where the rule says nothing; empty: everywhere
};

// `measure`: muParser text of what the ends are of. Nothing when two conditions contradict each
// other.
std::optional<RuleFormula> formula_of(const std::vector<RuleTier>& tiers,
                                      const std::string& measure);

}  // namespace jixiao::forms
