#include "sampling/morris.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "numeric/philox.hpp"
#include "sampling/order_statistics.hpp"

namespace jixiao::sampling {
namespace {

constexpr double cut = 0.005;  // probability left out where a law has no end

// The value at `part` (0..1) of the way across the range of a law.
double value_at(const Distribution& distribution, double part) {
  const Support support = distribution.support();
  const double from = std::isinf(support.low) ? cut : 0.0;
  const double to = std::isinf(support.high) ? 1.0 - cut : 1.0;
  const double u = from + (to - from) * part;
  if (u <= 0.0) return support.low;
  if (u >= 1.0) return support.high;
  return distribution.quantile(u);
}

}  // namespace

std::string MorrisStudy::identity() const {
  return fmt::format("morris 1 {} {}\n{}\n{}", plan_.seed, plan_.levels, model_.identity(),
                     inputs_.identity());
}

void MorrisStudy::run(std::size_t piece, std::span<double> record) const {
  const std::size_t n = inputs_.size(), points = n + 1, outputs = model_.outputs().size();
  const std::size_t half = plan_.levels / 2;
  const double step = 1.0 / static_cast<double>(plan_.levels - 1);
  const numeric::Stream stream(plan_.seed, numeric::Purpose::trajectories);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::size_t> turn(n);  // the point from which an input has moved
  std::vector<double> grid(n * points);
  std::vector<double> sign(n);
  std::vector<numeric::PhiloxBlock> words(n);
  for (std::size_t i = 0; i < n; ++i) words[i] = stream.words(piece, static_cast<std::uint32_t>(i));
  for (std::size_t i = n; i > 1; --i)
    std::swap(order[i - 1], order[numeric::below(static_cast<std::uint32_t>(i), words[i - 1][0])]);
  for (std::size_t k = 0; k < n; ++k) turn[order[k]] = k + 1;
  for (std::size_t i = 0; i < n; ++i) {
    const double low =
        static_cast<double>(numeric::below(static_cast<std::uint32_t>(half), words[i][1])) * step;
    const double high = low + static_cast<double>(half) * step;
    const bool rises = (words[i][2] & 1U) != 0;
    sign[i] = rises ? 1.0 : -1.0;
    const double at_low = value_at(inputs_[i].distribution, low),
                 at_high = value_at(inputs_[i].distribution, std::min(high, 1.0));
    for (std::size_t p = 0; p < points; ++p)
      grid[i * points + p] = (p >= turn[i]) == rises ? at_high : at_low;
  }
  std::vector<formula::Column> in(n);
  for (std::size_t i = 0; i < n; ++i)
    in[i] = formula::Column::of({grid.data() + i * points, points});
  std::vector<double> results(outputs * points);
  std::vector<std::span<double>> out;
  for (std::size_t o = 0; o < outputs; ++o) out.emplace_back(results.data() + o * points, points);
  model_.evaluate(in, out);
  const double move = static_cast<double>(half) * step;
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < n; ++i)
      record[o * n + i] = sign[i] * (out[o][turn[i]] - out[o][turn[i] - 1]) / move;
  }
}

std::vector<ElementaryEffects> MorrisStudy::effects(const Records& records,
                                                    std::size_t output) const {
  const std::size_t n = inputs_.size();
  std::vector<ElementaryEffects> result;
  std::vector<double> effects(records.size()), sizes(records.size());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t t = 0; t < records.size(); ++t) {
      effects[t] = records[t][output * n + i];
      sizes[t] = std::fabs(effects[t]);
    }
    const Moments plain = moments(effects), absolute = moments(sizes);
    result.push_back({plain.mean, absolute.mean, plain.deviation, absolute.mean_error});
  }
  return result;
}

}  // namespace jixiao::sampling
