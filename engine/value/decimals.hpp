// How many decimals a number has, and points rounded beside the number they may not pass.
#pragma once

#include <optional>

#include "value/rounding.hpp"

namespace jixiao::value {

// The fewest decimals, 0 to `most`, that say x to 15 significant digits: 2 for 1.25. Nothing when
// it has more, and for NaN and infinities.
std::optional<int> decimals(double x, int most = 9);

// Points are rounded to as many decimals as the weight has where that is one or two more than the
// rule says: 1.25 of 1.25 stays 1.25 where the rule says one decimal.
Rounding beside_weight(Rounding rule, double weight);

}  // namespace jixiao::value
