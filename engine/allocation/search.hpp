// For totals that no sum takes apart: every combination where there are few, else shifting money
// between items as long as that helps.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "allocation/plan_scorer.hpp"

namespace jixiao::allocation {

// What each item may get, in units; rising.
using Choices = std::vector<std::vector<std::size_t>>;

struct Search {
  const PlanScorer& scorer;
  const Choices& choices;
  double unit = 1;             // yuan
  std::vector<double> before;  // yuan an item: of equally good splits the nearest to this is taken
};

struct SearchedSplit {
  std::vector<std::size_t> units;  // an item; empty when nothing that is allowed was found
  Scored scored;
  bool exhaustive = false;  // every combination was scored
  std::size_t evaluations = 0;
};

// The best total for at most so many units, and of those the one that spends most.
SearchedSplit search_best(const Search& search, std::size_t units);
// The fewest units whose total is at least `wanted`.
SearchedSplit search_least(const Search& search, std::size_t units, double wanted);

}  // namespace jixiao::allocation
