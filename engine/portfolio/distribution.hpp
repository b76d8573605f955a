// How totals are spread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "portfolio/total_counts.hpp"

namespace jixiao::portfolio {

// All of these pass over NaN.
struct Spread {
  std::size_t scored = 0;
  double mean = 0;
  double deviation = 0;
  double lowest = 0, highest = 0;
};
// Two passes in order. NaN when nothing is scored.
Spread spread_of(std::span<const double> totals);
Spread spread_of(const TotalCounts& total_counts);

// At 0 5 10 25 50 75 90 95 100 percent. Memory: 8 bytes a total.
std::vector<Quantile> quantiles_of(std::span<const double> totals);

std::vector<Quantile> quantiles_of(const TotalCounts& total_counts);

struct Histogram {
  double low = 0, high = 0;
  std::vector<std::size_t> bins;
};
// As Portfolio::histogram is defined.
Histogram histogram_of(std::span<const double> totals, const Spread& spread, double scale);
Histogram histogram_of(const TotalCounts& total_counts, const Spread& spread, double scale);

}  // namespace jixiao::portfolio
