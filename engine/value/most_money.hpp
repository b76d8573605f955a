// How much money an amount can be.
#pragma once

namespace jixiao::value {

// Ten times what the whole world makes in a year. An amount beyond it is a slip of the keyboard,
// and sums of such amounts would be infinite.
inline constexpr double most_yuan = 1e16;

}  // namespace jixiao::value
