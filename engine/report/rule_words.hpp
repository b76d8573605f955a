// What a rule set says, in words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jixiao/scorecard.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::report {

// "direction ≥ > ; value number"
Text selector_text(const ruleset::RuleSet& rules, const ruleset::Selector& selector);
// "error", "zero" ..., or the formula.
Text outside_text(const ruleset::Outside& outside);
Text rounding_text(const ruleset::RuleSet& rules);
Text when_empty_text(const ruleset::RuleSet& rules, const ruleset::Block& block);
Text effect_text(const ruleset::RuleSet& rules, const ruleset::Veto& veto);
std::string params_text(std::span<const ruleset::Parameter> params);
Text not_applicable_text(ruleset::NotApplicablePolicy policy);
const char* not_applicable_id(ruleset::NotApplicablePolicy policy);

}  // namespace jixiao::report
