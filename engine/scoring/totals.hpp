// From points to blocks, totals, adjustments and ratings.
#pragma once

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// Returns the total that points make where nothing comes between them and it: held to the rule
// set's range, rounded to what totals are decided to (nine decimals where it declares nothing) and
// held again, since a range may end between two rounded totals. NaN stays NaN.
double decided_total(const ruleset::RuleSet& rules, double points);

// Whether the totals of a batch are decided_total() of the plain sum of all points, in the order of
// the blocks: no formula, rounding of blocks, adjustment or veto comes between. Weights that what
// does not apply sets free may still scale the sum.
bool is_plain_sum(const ruleset::RuleSet& rules, const Batch& batch);

// Fills everything of `cards` below the outcomes and the weights.
void add_up(const ruleset::RuleSet& rules, const Batch& batch, Workspace& workspace,
            Scorecards& cards);

}  // namespace jixiao::scoring
