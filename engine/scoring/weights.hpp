// Weights as they count: given, split equally, moved away from what does not apply.
#pragma once

#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"

namespace jixiao::scoring {

// Weights given in a block of one project, checked before anything is scored.
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

// Settles the weights of whole batches; keeps its lists between them.
class WeightSettler {
 public:
  explicit WeightSettler(const ruleset::RuleSet& rules) : rules_(rules) {}

  // Fills the weights of `cards` (indicators, blocks) and `attainable`. States must already say
  // what is not applicable. `factors`: what each project's total is scaled by: scale/attainable
  // where weight was taken away for good, else 1.
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
