// The weights that count: as given, split equally, or moved from indicators that do not apply.
#pragma once

#include <optional>
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
  // What the block has left, in equal parts. What is left has nine decimals where the weights have:
  // 10 - 8.65 is 1.35.
  [[nodiscard]] double share() const;
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

// Computes the weights of batches. Lists are kept between batches. One per thread.
class WeightSettler {
 public:
  explicit WeightSettler(const ruleset::RuleSet& rules) : rules_(rules) {}

  // Fills `cards`: the weights of indicators and blocks, `attainable`, `factor` and
  // `block_factors`. Where what does not apply cannot be taken out, `factor` is NaN. Requires: the
  // states of `cards` already say what is not applicable.
  void settle(const Batch& batch, Scorecards& cards);
  // Returns why the weights of one project, whose states `cards` hold, cannot be settled; nothing
  // when they can.
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
