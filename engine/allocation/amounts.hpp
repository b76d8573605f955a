// Sums of money as the answers write them.
#pragma once

#include <string>

#include "value/field.hpp"
#include "value/unit.hpp"

namespace jixiao::allocation {

inline constexpr double ten_thousand = 10'000;

// "1,200,000元".
inline std::string yuan(double x) { return value::show(x, value::Unit::money()); }

}  // namespace jixiao::allocation
