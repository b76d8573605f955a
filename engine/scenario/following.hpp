// What follows what in a project: names by its own formulas, rows of the score by the names.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenario/quantities.hpp"

namespace jixiao::scenario {

class Following {
 public:
  // Of a project bound to a rule set; its cost model with everything held that stays. `bound`
  // outlives it.
  explicit Following(const Bound& bound);

  // Definitions (indices, what is needed first) that can give another value once the names in
  // `moved` have one. Takes time for what follows alone.
  [[nodiscard]] std::vector<std::size_t> definitions(std::span<const std::size_t> moved) const;
  // ruleset::none: it is not scored
  [[nodiscard]] std::size_t row_of(std::size_t indicator) const { return row_of_[indicator]; }
  // Whether some points are computed from the project's money itself, not from an indicator's own
  // result: those of the rule set's indicators, and rows by methods that name B0, B or E.
  [[nodiscard]] bool money_scores() const { return money_scores_; }
  [[nodiscard]] const std::vector<std::size_t>& money_rows() const { return money_rows_; }
  // The rows of a block, in the order they are added up, and where a row stands among them.
  [[nodiscard]] const std::vector<std::size_t>& rows_of(std::size_t block) const {
    return rows_of_block_[block];
  }
  [[nodiscard]] std::size_t place_of(std::size_t row) const { return place_in_block_[row]; }
  // Whether the total is the sum of all points, held to a range and rounded, and each row's points
  // follow its own result, target and weight and the project's money alone.
  [[nodiscard]] bool is_sum() const { return is_sum_; }
  // Whether the points of every row of the block are in proportion to its weight, rounded nowhere.
  [[nodiscard]] bool scales_with_weights(std::size_t block) const {
    return scaling_blocks_[block] != 0;
  }

 private:
  const project::CostModel& cost_;
  std::vector<std::vector<std::uint32_t>> readers_;  // of a name: the definitions that need it
  std::vector<std::size_t> row_of_;
  std::vector<std::uint8_t> scaling_blocks_;
  std::vector<std::vector<std::size_t>> rows_of_block_;
  std::vector<std::size_t> place_in_block_, money_rows_;
  bool money_scores_ = false;
  bool is_sum_ = false;
};

// Whether points by this method depend on the project's money itself, not only on the indicator's
// own result.
bool follows_money(const ruleset::Method& method);

}  // namespace jixiao::scenario
