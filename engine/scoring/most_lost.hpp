// Which indicators cost a project most.
#pragma once

#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// One entry per project into `out`.
void find_most_lost(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards,
                    Workspace& workspace, std::vector<MostLost>& out);

// What the formulas of blocks and of the total lost of one project besides what its indicators
// lost: what is left of a block's weight, or of the full marks. `lost_in_block`: what the
// indicators of each block lost. [0..blocks): of blocks, [blocks]: of the total; 0 where there is
// no such formula, and for blocks whose weights do not make the full marks.
std::vector<double> lost_by_formulas(const ruleset::RuleSet& rules, const Scorecards& cards,
                                     std::size_t project, std::span<const double> lost_in_block);
// Whether any block, or the total, is not a plain sum.
bool has_formulas(const ruleset::RuleSet& rules);

}  // namespace jixiao::scoring
