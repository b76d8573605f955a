// The weights that count: as given, split equally, or moved from indicators that do not apply.
#pragma once

#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"

namespace jixiao::scoring {

// The weights that one project's indicators of one block bring, in points.
struct BlockShare {
  double block = 0;       // the block's weight
  double given = 0;       // sum of the weights given
  std::size_t taken = 0;  // indicators that bring a weight
  std::size_t open = 0;   // indicators that take an equal share of the rest
  [[nodiscard]] std::size_t count() const { return taken + open; }
  [[nodiscard]] bool adds_up() const;
  [[nodiscard]] double share() const {
    return open == 0 ? 0 : (block - given) / static_cast<double>(open);
  }
};
std::vector<BlockShare> block_shares(const ruleset::RuleSet& rules, const Batch& batch,
                                     std::size_t project);

// Computes the weights of batches. Lists are kept between batches. One per thread.
class WeightSettler {
 public:
  explicit WeightSettler(const ruleset::RuleSet& rules) : rules_(rules) {}

  // Fills `cards`: the weights of indicators and blocks, and `attainable`. Sets `factors` to what
  // each project's total is multiplied by: scale / attainable where weight was removed for good,
  // else 1. Requires: the states of `cards` already say what is not applicable.
  void settle(const Batch& batch, Scorecards& cards, WeightColumn& factors);

 private:
  // One indicator of a project.
  struct Member {
    std::size_t block;
    double weight;
    bool applicable;
  };

  void collect(const Batch& batch, const Scorecards& cards, std::size_t project);
  void remove_inapplicable(const std::vector<double>& inapplicable,
                           const std::vector<double>& applicable);
  void handle_empty_blocks(const std::vector<std::uint8_t>& empty);
  void settle_members();
  void scale_block(std::size_t block, double factor);
  [[nodiscard]] bool same_weights_as_previous(const Batch& batch, const Scorecards& cards,
                                              std::size_t project) const;
  void put(const Batch& batch, Scorecards& cards, WeightColumn& factors, std::size_t project) const;

  const ruleset::RuleSet& rules_;
  bool own_weights_ = false;   // some project brings weights of its own for blocks
  bool inapplicable_ = false;  // something does not apply somewhere
  // Of the project last settled:
  std::vector<BlockShare> shares_;
  std::vector<Member> members_;
  std::vector<double> block_weights_;
  std::vector<double> applicable_weights_, inapplicable_weights_;
  std::vector<std::uint8_t> empty_;
  double lost_ = 0;     // cannot be earned and nobody makes up for it
  double removed_ = 0;  // taken away; the rest is scaled up
};

}  // namespace jixiao::scoring
