// One piece under two rule sets: indicators matched by name, faults joined.
#pragma once

#include <string>
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

struct FaultsUnder {
  std::vector<Fault>& faults;  // by line
  const std::string& rules;    // id
};

// All of them in a's list, by line: what is wrong under both once, what is wrong under one of them
// with its name. b's are taken over.
void join_faults(FaultsUnder a, FaultsUnder b);

}  // namespace jixiao::batch
