#include "stability/box_simplex.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jixiao::stability {

std::optional<std::vector<double>> largest(std::span<const double> gains,
                                           std::span<const double> lows,
                                           std::span<const double> highs, double total) {
  std::vector<double> out(lows.begin(), lows.end());
  double left = total - std::accumulate(lows.begin(), lows.end(), 0.0);
  const double rounding = 1e-9 * std::max(1.0, std::abs(total));  // sums of decimals miss by so
                                                                  // little
  if (left < -rounding) return std::nullopt;
  std::vector<std::size_t> order(gains.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return gains[a] > gains[b]; });
  for (const std::size_t i : order) {
    const double more = std::clamp(left, 0.0, highs[i] - lows[i]);
    out[i] += more;
    left -= more;
  }
  if (left > rounding) return std::nullopt;
  return out;
}

}  // namespace jixiao::stability
