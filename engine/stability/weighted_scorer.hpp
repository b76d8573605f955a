// The portfolio scored by its own rules with other weights: the engine, not a copy of its
// arithmetic.
#pragma once

#include <span>
#include <vector>

#include "stability/question.hpp"

namespace jixiao::stability {

// Totals and ratings of all members under one set of weights.
struct Standings {
  std::vector<double> totals;      // NaN: cannot be computed
  std::vector<std::size_t> bands;  // ruleset::none without
};

enum class Decided {
  as_printed,
  unrounded
};  // unrounded: nothing is rounded or held to the scale's ends on the way

// One per thread.
class WeightedScorer {
 public:
  WeightedScorer(const Question& question, Decided decided);
  WeightedScorer(const WeightedScorer&) = delete;
  WeightedScorer& operator=(const WeightedScorer&) = delete;

  // `weights`: one per weight of the question, in its order.
  void score(std::span<const double> weights, Standings& out);

 private:
  void put_block(std::size_t block, double weight);

  const Question& question_;
  ruleset::RuleSet rules_;
  std::vector<scoring::Batch> batches_;
};

}  // namespace jixiao::stability
