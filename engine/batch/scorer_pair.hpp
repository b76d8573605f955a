// The indicators of a project under two rule sets, matched by name.
#pragma once

#include <vector>

#include "batch/piece_scorer.hpp"
#include "portfolio/comparison.hpp"

namespace jixiao::batch {

// A thread's scorers, after both have scored the same piece.
struct ScorerPair {
  const ruleset::RuleSet& rules_a;
  const ruleset::RuleSet& rules_b;
  PieceScorer a, b;
};

// All indicators of one project of the piece; views live until the next piece.
void match_indicators(const ScorerPair& scorers, std::size_t project,
                      std::vector<portfolio::IndicatorUnderBoth>& out);

}  // namespace jixiao::batch
