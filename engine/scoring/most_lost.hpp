// Which indicators cost a project most.
#pragma once

#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// One entry per project into `out`.
void find_most_lost(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards,
                    Workspace& workspace, std::vector<MostLost>& out);

}  // namespace jixiao::scoring
