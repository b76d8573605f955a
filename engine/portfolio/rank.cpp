#include "portfolio/rank.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace jixiao::portfolio {

std::vector<double> ranks(std::span<const double> values, Ties ties) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  std::vector<double> out(values.size(), std::nan(""));
  double dense = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    dense += 1;
    const double first = static_cast<double>(begin + 1);
    const double middle = (first + static_cast<double>(end)) / 2;
    const double rank = ties == Ties::competition ? first : ties == Ties::dense ? dense : middle;
    for (std::size_t i = begin; i < end; ++i) out[order[i]] = rank;
    begin = end;
  }
  return out;
}

}  // namespace jixiao::portfolio
