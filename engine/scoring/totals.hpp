// From points to blocks, totals, adjustments and ratings.
#pragma once

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// Fills everything of `cards` below the outcomes and the weights.
void add_up(const ruleset::RuleSet& rules, const Batch& batch, Workspace& workspace,
            Scorecards& cards);

}  // namespace jixiao::scoring
