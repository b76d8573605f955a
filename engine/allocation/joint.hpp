// The cheapest changes that reach a goal together.
#pragma once

#include <optional>
#include <vector>

#include "jixiao/next.hpp"

namespace jixiao::allocation {

struct JointGoal {
  const RuleSet& rules;
  const Project& project;
  double total = 0;                   // to be reached
  std::optional<std::size_t> rating;  // or this rating, or a better one: index into bands
};

// What [[improve]] of the project says may be turned, at its cost; without any: every result, by
// percent of its target. Exact in steps where the total is a sum of parts; else found by search,
// and says so.
JointChange cheapest_change(const JointGoal& goal, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::allocation
