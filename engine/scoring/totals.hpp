// From points to blocks, totals, adjustments and ratings.
#pragma once

#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"

namespace jixiao::scoring {

// Fills everything of `cards` below the outcomes. `factors` scale each project's total.
void add_up(const ruleset::RuleSet& rules, const Batch& batch, const std::vector<double>& factors, Scorecards& cards);

}  // namespace jixiao::scoring
