// Weights as they count: given, split equally, moved away from what does not apply.
#pragma once

#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"

namespace jixiao::scoring {

// Fills the weights of `cards` (indicators, blocks) and `attainable`. States must already say what is not applicable.
// Returns the factor each project's total is scaled by: scale/attainable where weight was taken away for good, else 1.
std::vector<double> resolve_weights(const ruleset::RuleSet& rules, const Batch& batch, Scorecards& cards);

// Weights given in a block of one project, checked before anything is scored.
struct BlockShare {
  double block = 0;       // the block's weight
  double given = 0;       // sum of the weights given
  std::size_t taken = 0;  // indicators that bring a weight
  std::size_t open = 0;   // indicators that take an equal share of the rest
  [[nodiscard]] std::size_t count() const { return taken + open; }
  [[nodiscard]] bool adds_up() const;
  [[nodiscard]] double share() const { return open == 0 ? 0 : (block - given) / static_cast<double>(open); }
};
std::vector<BlockShare> block_shares(const ruleset::RuleSet& rules, const Batch& batch, std::size_t project);

}  // namespace jixiao::scoring
