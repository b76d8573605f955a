// The cheapest choice that gains enough: one option of every part, exactly, over what no cheaper
// choice beats.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace jixiao::allocation {

struct Option {
  double cost = 0;        // not negative
  double gain = 0;        // may be negative
  std::size_t which = 0;  // for the caller
};

struct Choice {
  double cost = 0;
  double gain = 0;
  std::vector<std::size_t> which;  // of every part
  bool exact = true;               // no choice is cheaper
  double bound = 0;                // no choice costs less; equal to `cost` when exact
};

// Nothing when no choice gains `wanted`. Gains that fall short by no more than `slack` count as
// enough. `parts`: at least one option each. Exact, unless there are so many choices neither of
// which beats the other that they cannot all be looked at: then the cheapest of those that were
// built from the options that gain most for their cost, with the bound that says how much there is
// left to find.
std::optional<Choice> cheapest(std::span<const std::vector<Option>> parts, double wanted,
                               double slack);

}  // namespace jixiao::allocation
