// From points to blocks, totals, adjustments and ratings.
#pragma once

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// Fills everything of `cards` below the outcomes. `factors` scale each project's total.
void add_up(const ruleset::RuleSet& rules, const Batch& batch, const WeightColumn& factors,
            Workspace& workspace, Scorecards& cards);

}  // namespace jixiao::scoring
