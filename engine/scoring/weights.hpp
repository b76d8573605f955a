// Weights as they count: given, split equally, moved away from what does not apply.
#pragma once

#include <optional>
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

// Why what does not apply cannot be taken out of a project's points.
struct Stuck {
  enum class Why {
    formula,  // the block's `combine` names neither N nor V: it cannot do without an indicator
    empty,    // nothing of the block is left, and the total's formula names it
    weights,  // what is left of the block weighs nothing, or nothing of the whole project is left
  };
  Why why = Why::formula;
  std::size_t block = ruleset::none;  // none: the whole project
};

Text why_stuck(const ruleset::RuleSet& rules, const Stuck& stuck);
Text help_for_stuck();

// Settles the weights of whole batches; keeps its lists between them.
class WeightSettler {
 public:
  explicit WeightSettler(const ruleset::RuleSet& rules) : rules_(rules) {}

  // Fills the weights of `cards` (indicators, blocks), `attainable`, `factor` and `block_factors`.
  // States must already say what is not applicable. Where that cannot be taken out, `factor` is
  // NaN.
  void settle(const Batch& batch, Scorecards& cards);
  // What stands in the way of one project, whose states `cards` hold; nothing when its weights can
  // be settled.
  std::optional<Stuck> stuck(const Batch& batch, const Scorecards& cards, std::size_t project);

 private:
  // One indicator of a project.
  struct Member {
    std::size_t block;
    double weight;
    bool applicable;
  };

  // What applies and what does not in one block.
  struct Share {
    std::size_t count = 0;
    double weight = 0;
  };

  void collect(const Batch& batch, const Scorecards& cards, std::size_t project);
  void remove_inapplicable(std::size_t block);
  [[nodiscard]] bool total_names(std::size_t block) const;
  void handle_empty_blocks(const std::vector<std::uint8_t>& empty);
  void settle_members();
  void scale_block(std::size_t block, double factor);
  [[nodiscard]] bool same_weights_as_previous(const Batch& batch, const Scorecards& cards,
                                              std::size_t project) const;
  void put(const Batch& batch, Scorecards& cards, std::size_t project) const;

  const ruleset::RuleSet& rules_;
  bool own_weights_ = false;   // some project brings weights of its own for blocks
  bool inapplicable_ = false;  // something does not apply somewhere
  // Of the project last settled:
  std::vector<BlockShare> shares_;
  std::vector<Member> members_;
  std::vector<double> block_weights_;
  std::vector<double> block_factors_;
  std::vector<Share> applicable_shares_, inapplicable_shares_;
  std::optional<Stuck> stuck_;
  std::vector<std::uint8_t> empty_;
  double lost_ = 0;     // cannot be earned and nobody makes up for it
  double removed_ = 0;  // taken away; the rest is scaled up
};

}  // namespace jixiao::scoring
