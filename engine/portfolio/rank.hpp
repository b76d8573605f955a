// Ranks of many totals.
#pragma once

#include <span>
#include <vector>

#include "jixiao/portfolio.hpp"

namespace jixiao::portfolio {

// Rank of each value, the highest first. NaN (no total) has the rank NaN; -0 equals 0. Ties::none
// gives nothing. Ranks are over the values as given: rank what is printed, not what is behind it,
// or two equal numbers on paper will have different ranks. Time: a few passes over the values,
// whatever they are. Memory: 24 bytes a value besides what is returned.
std::vector<double> ranks(std::span<const double> values, Ties ties = Ties::competition);

// Rank of `count` equal values with `before` better ones; `dense`: how many different values there
// are down to this one.
double rank_of_equals(Ties ties, double before, double count, double dense);

}  // namespace jixiao::portfolio
