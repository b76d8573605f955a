#include "portfolio/distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "portfolio/running_sum.hpp"
#include "value/rounding.hpp"

namespace jixiao::portfolio {
namespace {

constexpr std::array<std::size_t, 9> percents{0, 5, 10, 25, 50, 75, 90, 95, 100};
constexpr std::size_t bins = 50;

// Where the axis ends when a total lies beyond the scale.
double beyond(double end, double scale, double total) {
  const double quarter = scale / 4;
  return total > end   ? std::ceil(total / quarter) * quarter
         : total < end ? std::floor(total / quarter) * quarter
                       : end;
}

}  // namespace

Spread spread_of(std::span<const double> totals) {
  Spread out;
  RunningSum sum;
  for (const double total : totals) {
    if (std::isnan(total)) continue;
    out.lowest = out.scored == 0 ? total : std::min(out.lowest, total);
    out.highest = out.scored == 0 ? total : std::max(out.highest, total);
    sum.add(total);
    ++out.scored;
  }
  if (out.scored == 0) return {0, std::nan(""), std::nan(""), std::nan(""), std::nan("")};
  const auto n = static_cast<double>(out.scored);
  out.mean = sum.value() / n;
  RunningSum squares;
  for (const double total : totals) {
    if (!std::isnan(total)) squares.add((total - out.mean) * (total - out.mean));
  }
  out.deviation = std::sqrt(squares.value() / n);
  return out;
}

Spread spread_of(const TotalCounts& total_counts) {
  Spread out;
  RunningSum sum;
  for (std::size_t i = 0; i < total_counts.totals.size(); ++i) {
    sum.add(total_counts.totals[i] * static_cast<double>(total_counts.counts[i]));
    out.scored += total_counts.counts[i];
  }
  if (out.scored == 0) return {0, std::nan(""), std::nan(""), std::nan(""), std::nan("")};
  out.lowest = total_counts.totals.back();
  out.highest = total_counts.totals.front();
  const auto n = static_cast<double>(out.scored);
  out.mean = sum.value() / n;
  RunningSum squares;
  for (std::size_t i = 0; i < total_counts.totals.size(); ++i) {
    const double apart = total_counts.totals[i] - out.mean;
    squares.add(apart * apart * static_cast<double>(total_counts.counts[i]));
  }
  out.deviation = std::sqrt(squares.value() / n);
  return out;
}

std::vector<Quantile> quantiles_of(std::span<const double> totals) {
  std::vector<double> scored;
  scored.reserve(totals.size());
  std::copy_if(totals.begin(), totals.end(), std::back_inserter(scored),
               [](double total) { return !std::isnan(total); });
  if (scored.empty()) return {};
  std::vector<Quantile> out;
  auto from = scored.begin();
  for (const std::size_t percent : percents) {
    const std::size_t reached = std::max<std::size_t>((percent * scored.size() + 99) / 100, 1);
    const auto at = scored.begin() + static_cast<std::ptrdiff_t>(reached - 1);
    std::nth_element(from, at, scored.end());
    from = at;
    out.push_back({static_cast<double>(percent), *at});
  }
  return out;
}

std::vector<Quantile> quantiles_of(const TotalCounts& total_counts) {
  std::uint64_t scored = 0;
  for (const std::uint64_t count : total_counts.counts) scored += count;
  if (scored == 0) return {};
  std::vector<Quantile> out;
  std::size_t at = total_counts.totals.size() - 1;
  std::uint64_t up_to = total_counts.counts[at];
  for (const std::size_t percent : percents) {
    const std::uint64_t reached = std::max<std::uint64_t>((percent * scored + 99) / 100, 1);
    while (up_to < reached) up_to += total_counts.counts[--at];
    out.push_back({static_cast<double>(percent), total_counts.totals[at]});
  }
  return out;
}

namespace {

Histogram empty_histogram(const Spread& spread, double scale) {
  if (spread.scored == 0) return {0, scale, {}};
  Histogram out{0, scale, std::vector<std::size_t>(bins)};
  if (scale > 0) {
    if (spread.highest > scale) out.high = beyond(scale, scale, spread.highest);
    if (spread.lowest < 0) out.low = beyond(0, scale, spread.lowest);
  } else {
    out.low = spread.lowest;
    out.high = spread.highest;
  }
  return out;
}

std::size_t bin_of(const Histogram& histogram, double total) {
  const double width = histogram.high - histogram.low;
  // 0.58 of 1 belongs where 58 of 100 does, whatever its last bits say.
  const value::Rounding decimal{9, value::RoundingMode::half_up};
  const double place = width > 0 ? decimal((total - histogram.low) * bins / width) : 0;
  return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins - 1)));
}

}  // namespace

Histogram histogram_of(std::span<const double> totals, const Spread& spread, double scale) {
  Histogram out = empty_histogram(spread, scale);
  for (const double total : totals) {
    if (!std::isnan(total)) ++out.bins[bin_of(out, total)];
  }
  return out;
}

Histogram histogram_of(const TotalCounts& total_counts, const Spread& spread, double scale) {
  Histogram out = empty_histogram(spread, scale);
  for (std::size_t i = 0; i < total_counts.totals.size(); ++i)
    out.bins[bin_of(out, total_counts.totals[i])] += total_counts.counts[i];
  return out;
}

}  // namespace jixiao::portfolio
