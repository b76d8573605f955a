// Weights between bounds that keep their sum: where a linear function of them is largest.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace jixiao::stability {

// lows[i] <= w[i] <= highs[i], the sum of w is `total`, and the sum of gains[i]*w[i] as large as it
// can be: what is left above the lower ends goes to the largest gains first, of equal ones to the
// first. Exact: the closed form of this linear programme. Nothing when the bounds leave no room for
// the sum.
std::optional<std::vector<double>> largest(std::span<const double> gains,
                                           std::span<const double> lows,
                                           std::span<const double> highs, double total);

}  // namespace jixiao::stability
