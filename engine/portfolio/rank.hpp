// Ranks of many totals.
#pragma once

#include <span>
#include <vector>

namespace jixiao::portfolio {

// How equal values are ranked: competition 1,1,3; dense 1,1,2; fractional 1.5,1.5,3.
enum class Ties { competition, dense, fractional };

// Rank of each value, the highest first. NaN (no total) has the rank NaN. Ranks are over the values as given: rank what is printed, not
// what is behind it, or two equal numbers on paper will have different ranks.
std::vector<double> ranks(std::span<const double> values, Ties ties = Ties::competition);

}  // namespace jixiao::portfolio
