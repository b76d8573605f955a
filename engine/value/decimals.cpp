#include "value/decimals.hpp"

#include <algorithm>
#include <cmath>

namespace jixiao::value {

std::optional<int> decimals(double x, int most) {
  if (!std::isfinite(x)) return std::nullopt;
  for (int digits = 0; digits <= std::clamp(most, 0, 9); ++digits) {
    const double decimal = Rounding{digits, RoundingMode::half_up}(x);
    if (std::abs(decimal - x) <= 1e-15 * std::abs(x)) return digits;
  }
  return std::nullopt;
}

Rounding beside_weight(Rounding rule, double weight) {
  if (const auto own = decimals(weight, std::min(rule.digits + 2, 9)))
    rule.digits = std::max(rule.digits, *own);
  return rule;
}

}  // namespace jixiao::value
