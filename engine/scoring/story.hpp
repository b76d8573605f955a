// The story of one project: why every point was given or lost.
#pragma once

#include "jixiao/scorecard.hpp"
#include "scoring/binding.hpp"
#include "scoring/scorecards.hpp"

namespace jixiao::scoring {

// Fills the indicators of `card` and adds what the checks of the rule set find.
void explain_indicators(const ruleset::RuleSet& rules, const project::Project& project,
                        const Binding& binding, const Scorecards& cards, Scorecard& card);
// Blocks, totals, adjustments, rating, distance.
void explain_outcome(const ruleset::RuleSet& rules, const project::Project& project,
                     const Binding& binding, const Scorecards& cards, Scorecard& card);
// What the checks of the rule set find in a project that has a total.
void check_project(const ruleset::RuleSet& rules, const project::Project& project,
                   const Binding& binding, const Scorecards& cards, Scorecard& card);

}  // namespace jixiao::scoring
