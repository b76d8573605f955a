#include "sampling/order_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/normal.hpp"
#include "value/nan.hpp"

namespace jixiao::sampling {
namespace {

using value::nan;

// The 0-based ranks a quantile reads.
struct RankBounds {
  std::size_t at;
  double part;  // of the way to the next rank
  std::size_t below, above;
  bool has_low, has_high;
  std::size_t low, high;
};

RankBounds ranks_of(double level, std::size_t count, double z) {
  const auto n = static_cast<double>(count);
  const double place = level * (n - 1.0);
  RankBounds ranks{};
  ranks.at = std::min(static_cast<std::size_t>(place), count - 1);
  ranks.part = place - static_cast<double>(ranks.at);
  const double wide = std::sqrt(n * level * (1.0 - level));
  const auto held = [count](double rank) {
    return static_cast<std::size_t>(std::clamp(rank, 0.0, static_cast<double>(count - 1)));
  };
  ranks.below = held(std::floor(place - wide));
  ranks.above = held(std::ceil(place + wide));
  // Order statistics l and u (1-based) cover with the probability of l <= binomial(n, level) < u.
  const double low = std::floor(n * level - z * wide), high = std::ceil(n * level + z * wide) + 1.0;
  ranks.has_low = low >= 1.0;
  ranks.has_high = high <= n;
  ranks.low = held(low - 1.0);
  ranks.high = held(high - 1.0);
  return ranks;
}

// Puts every wanted rank (ascending) in its place.
void select(std::span<double> values, std::size_t offset, std::span<const std::size_t> wanted) {
  if (wanted.empty() || values.size() < 2) return;
  const std::size_t middle = wanted.size() / 2;
  const std::size_t rank = wanted[middle] - offset;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank),
                   values.end());
  select(values.first(rank), offset, wanted.first(middle));
  select(values.subspan(rank + 1), offset + rank + 1, wanted.subspan(middle + 1));
}

}  // namespace

double sum(std::span<const double> values) {
  if (values.size() > 64) {
    const std::size_t half = values.size() / 2;
    return sum(values.first(half)) + sum(values.subspan(half));
  }
  double result = 0.0;
  for (const double value : values) result += value;
  return result;
}

double two_sided_z(double confidence) { return numeric::normal::quantile(0.5 + 0.5 * confidence); }

Moments moments(std::span<const double> values) {
  if (values.empty()) return {nan, nan, nan, nan, nan};
  const auto n = static_cast<double>(values.size());
  const double mean = sum(values) / n;
  std::vector<double> squares(values.size());
  std::transform(values.begin(), values.end(), squares.begin(),
                 [mean](double x) { return (x - mean) * (x - mean); });
  const double deviation = values.size() > 1 ? std::sqrt(sum(squares) / (n - 1.0)) : nan;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {mean, deviation / std::sqrt(n), deviation, *low, *high};
}

std::vector<Quantile> quantiles(std::span<double> values, std::span<const double> levels,
                                double confidence) {
  std::vector<Quantile> result;
  if (values.empty()) {
    for (const double level : levels) result.push_back({level, nan, nan, nan, nan});
    return result;
  }
  const double z = two_sided_z(confidence);
  std::vector<std::size_t> wanted;
  for (const double level : levels) {
    const RankBounds ranks = ranks_of(level, values.size(), z);
    wanted.insert(wanted.end(), {ranks.at, std::min(ranks.at + 1, values.size() - 1), ranks.below,
                                 ranks.above, ranks.low, ranks.high});
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  select(values, 0, wanted);
  for (const double level : levels) {
    const RankBounds ranks = ranks_of(level, values.size(), z);
    const double here = values[ranks.at], next = values[std::min(ranks.at + 1, values.size() - 1)];
    const double error = values.size() > 1 ? 0.5 * (values[ranks.above] - values[ranks.below])
                                           : nan;
    result.push_back({level, here + ranks.part * (next - here), error,
                      ranks.has_low ? values[ranks.low] : nan,
                      ranks.has_high ? values[ranks.high] : nan});
  }
  return result;
}

Histogram histogram(std::span<const double> values, std::size_t bins) {
  Histogram result;
  if (values.empty() || bins == 0) return result;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double low = *least, high = *most;
  const double width = high / static_cast<double>(bins) - low / static_cast<double>(bins);
  if (!(low + width > low)) {
    result.edges = {low, high};
    result.counts = {values.size()};
    return result;
  }
  for (std::size_t i = 0; i < bins; ++i)
    result.edges.push_back(low + static_cast<double>(i) * width);
  result.edges.push_back(high);
  result.counts.assign(bins, 0);
  for (const double value : values) {
    auto bin = std::min(static_cast<std::size_t>((value - low) / width), bins - 1);
    // The division may round across an edge; the edges as stated decide.
    while (bin > 0 && value < result.edges[bin]) --bin;
    while (bin + 1 < bins && value >= result.edges[bin + 1]) ++bin;
    ++result.counts[bin];
  }
  return result;
}

ShareInterval wilson_interval(double p, double n, double z) {
  const double middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
  const double half = z / (1.0 + z * z / n) * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
  return {std::max(middle - half, 0.0), std::min(middle + half, 1.0)};
}

std::vector<Share> shares(std::span<const double> values, double confidence) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const double z = two_sided_z(confidence);
  const auto n = static_cast<double>(values.size());
  std::vector<Share> result;
  for (auto at = sorted.begin(); at != sorted.end();) {
    const auto end = std::upper_bound(at, sorted.end(), *at);
    const auto count = static_cast<std::size_t>(end - at);
    const double p = static_cast<double>(count) / n;
    const auto [low, high] = wilson_interval(p, n, z);
    result.push_back({*at, count, p, std::sqrt(p * (1.0 - p) / n), low, high});
    at = end;
  }
  return result;
}

}  // namespace jixiao::sampling
