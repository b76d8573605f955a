// What becomes of the other weights when some are moved.
#pragma once

#include <span>
#include <vector>

#include "scenario/quantities.hpp"

namespace jixiao::scenario {

// Blocks: those not moved share what is left of the scale in proportion to what they weigh.
// Indicators: once one of a block is moved, the others of the block share what is left of it the
// same way; weights that were given keep their share of a block that was moved.
class MovedWeights {
 public:
  // `base`: the batch of one project that is varied.
  MovedWeights(const ruleset::RuleSet& rules, const scoring::Batch& base);

  // Weights of one project: NaN where nobody moved it. Afterwards block_weights() and row_weights()
  // are what a batch says: NaN where it says nothing. False when there are no such weights: what is
  // left is negative, or nobody is left to take it.
  bool settle(std::span<const double> moved_blocks, std::span<const double> moved_rows);
  [[nodiscard]] const std::vector<double>& block_weights() const { return blocks_; }
  [[nodiscard]] const std::vector<double>& row_weights() const { return rows_; }

 private:
  bool settle_blocks(std::span<const double> moved);
  bool settle_rows(std::size_t block, std::span<const double> moved);

  const ruleset::RuleSet& rules_;
  const scoring::Batch& base_;
  ResolvedWeights resolved_;
  std::vector<double> blocks_;
  std::vector<double> rows_;
};

}  // namespace jixiao::scenario
