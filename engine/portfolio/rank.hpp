// Ranks of many totals.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "jixiao/portfolio.hpp"

namespace jixiao::portfolio {

// Rank of each value, the highest first. NaN (no total) has the rank NaN; -0 equals 0. Ties::none
// gives nothing. Ranks are over the values as given: rank what is printed, not what is behind it,
// or two equal numbers on paper will have different ranks. Time: a few passes over the values,
// whatever they are. Memory: 24 bytes a value besides what is returned.
std::vector<double> ranks(std::span<const double> values, Ties ties = Ties::competition);

// One total with its rating.
struct RankedStanding {
  std::size_t band;  // the best is the least
  double total;
  std::size_t project;
};
// RankColumn by band, and by total within a band; `projects`: how many there are, NaN for those
// `standings` does not name. Time: n log n.
std::vector<double> ranks(std::vector<RankedStanding> standings, std::size_t projects, Ties ties);

// Rank of `count` equal values with `before` better ones; `dense`: how many different values there
// are down to this one.
double rank_of_equals(Ties ties, double before, double count, double dense);

}  // namespace jixiao::portfolio
