#include "scenario/moved_weights.hpp"

#include <algorithm>
#include <cmath>

namespace jixiao::scenario {
namespace {

// Weights given as decimals add up to the whole only nearly.
bool is_nothing(double rest, double whole) {
  return std::abs(rest) <= 1e-9 * std::max(1.0, std::abs(whole));
}

}  // namespace

MovedWeights::MovedWeights(const ruleset::RuleSet& rules, const scoring::Batch& base)
    : rules_(rules), base_(base), resolved_(resolve_weights(rules, base)) {}

bool MovedWeights::settle_blocks(std::span<const double> moved) {
  double whole = 0, taken = 0, others = 0;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    whole += resolved_.blocks[b];
    (std::isnan(moved[b]) ? others : taken) += std::isnan(moved[b]) ? resolved_.blocks[b]
                                                                    : moved[b];
    if (moved[b] < 0) return false;
  }
  if (taken == 0 && others == whole &&
      std::all_of(moved.begin(), moved.end(), [](double w) { return std::isnan(w); }))
    return true;
  // Blocks that are combined by a formula need not add up to anything.
  if (rules_.combine) {
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (!std::isnan(moved[b])) blocks_[b] = moved[b];
    }
    return true;
  }
  const double rest = whole - taken;
  if (is_nothing(others, whole) ? !is_nothing(rest, whole) : rest < 0 && !is_nothing(rest, whole))
    return false;
  for (std::size_t b = 0; b < blocks_.size(); ++b)
    blocks_[b] = std::isnan(moved[b])
                     ? resolved_.blocks[b] * (std::max(rest, 0.0) / std::max(others, 1e-300))
                     : moved[b];
  return true;
}

bool MovedWeights::settle_rows(std::size_t block, std::span<const double> moved) {
  double taken = 0, others = 0, rows = 0;
  bool any_moved = false, any_given = false;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    if (base_.rows.block[row] != block) continue;
    rows += resolved_.rows[row];
    any_given = any_given || !std::isnan(base_.rows.given_weight[row]);
    any_moved = any_moved || !std::isnan(moved[row]);
    if (moved[row] < 0) return false;
    (std::isnan(moved[row]) ? others : taken) += std::isnan(moved[row]) ? resolved_.rows[row]
                                                                        : moved[row];
  }
  const double now = std::isnan(blocks_[block]) ? resolved_.blocks[block] : blocks_[block];
  const double room = now - resolved_.fixed[block];
  if (!any_moved && now == resolved_.blocks[block]) return true;
  if (!any_moved) {
    // Equal shares follow the block by themselves, and one indicator of the rule set alone does,
    // too.
    for (std::size_t row = 0; any_given && row < rows_.size(); ++row) {
      if (base_.rows.block[row] == block && !std::isnan(base_.rows.given_weight[row]))
        rows_[row] = resolved_.rows[row] * (room / rows);
    }
    return room >= 0 || rows == 0;
  }
  const double rest = room - taken;
  if (is_nothing(others, room) ? !is_nothing(rest, room) : rest < 0 && !is_nothing(rest, room))
    return false;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    if (base_.rows.block[row] != block) continue;
    rows_[row] = std::isnan(moved[row])
                     ? resolved_.rows[row] * (std::max(rest, 0.0) / std::max(others, 1e-300))
                     : moved[row];
  }
  return true;
}

bool MovedWeights::settle(std::span<const double> moved_blocks,
                          std::span<const double> moved_rows) {
  blocks_.resize(resolved_.blocks.size());
  for (std::size_t b = 0; b < blocks_.size(); ++b)
    blocks_[b] = base_.block_weights.empty() ? std::nan("") : base_.block_weights[b][0];
  rows_ = base_.rows.given_weight;
  if (!settle_blocks(moved_blocks)) return false;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    if (!settle_rows(b, moved_rows)) return false;
  }
  return true;
}

}  // namespace jixiao::scenario
