// Why points were lost, in words.
#pragma once

#include <cstdint>
#include <string_view>

#include "ruleset/ruleset.hpp"
#include "scoring/substitution.hpp"

namespace jixiao::scoring {

// What is told about a row besides numbers. `target` has its sign: "≥200人".
struct Shown {
  value::Unit unit;
  std::string_view actual;
  std::string_view target;
};

// The first of the method's wordings whose condition holds; without one the actual and the target.
// `outside`: as in Outcomes.
Text reason(const ruleset::Method& method, std::uint8_t outside, const Substitution& substitution,
            const Shown& shown);

// Of the formula that makes a block of its indicators, or (ruleset::none) the total of the blocks.
Text name_of_formula(const ruleset::RuleSet& rules, std::size_t block);

// Where there is no value to speak of.
Text reason_of_missing();
Text reason_of_not_applicable();

}  // namespace jixiao::scoring
