// The number that is none: what was not computed.
#pragma once

#include <limits>

namespace jixiao::value {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace jixiao::value
