#include "sampling/shapley_effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "numeric/philox.hpp"
#include "sampling/point_pairs.hpp"
#include "value/nan.hpp"

namespace jixiao::sampling {
namespace {

using value::nan;

// The order in which a sample moves its inputs.
void draw_order(const numeric::Stream& stream, std::uint64_t sample,
                std::span<std::uint32_t> order) {
  std::iota(order.begin(), order.end(), 0U);
  numeric::PhiloxBlock words{};
  for (std::size_t i = order.size(); i > 1; --i) {
    const std::size_t drawn = order.size() - i;
    if (drawn % 4 == 0) words = stream.words(sample, static_cast<std::uint32_t>(drawn / 4));
    std::swap(order[i - 1], order[numeric::below(static_cast<std::uint32_t>(i), words[drawn % 4])]);
  }
}

}  // namespace

ShapleyStudy::ShapleyStudy(const Model& model, const Inputs& inputs, const ShapleyPlan& plan)
    : model_(model),
      inputs_(inputs),
      plan_(plan),
      points_(std::max<std::size_t>(plan.samples / std::max<std::size_t>(plan.replicates, 1), 1)) {}

std::string ShapleyStudy::identity() const {
  return fmt::format("shapley 1 {} {}\n{}\n{}", plan_.seed, points_, model_.identity(),
                     inputs_.identity());
}

// An output's part of a record: how many values were not finite, then the credits of the inputs.
std::size_t ShapleyStudy::record_length(std::size_t) const {
  return model_.outputs().size() * (1 + inputs_.size());
}

void ShapleyStudy::run(std::size_t piece, std::span<double> record) const {
  constexpr std::size_t block = PointPairs::block;
  const std::size_t n = inputs_.size(), outputs = model_.outputs().size();
  std::fill(record.begin(), record.end(), 0.0);
  PointPairs points(inputs_, points_, plan_.seed, piece, true);
  const numeric::Stream stream(plan_.seed, numeric::Purpose::permutations);
  std::vector<double> walking(n * block), start(outputs * block), here(outputs * block),
      distance(outputs * block);
  std::vector<std::uint32_t> orders(block * n);
  std::vector<formula::Column> in(n);
  std::vector<std::span<double>> out(outputs);
  for (std::size_t row = 0; row < points_; row += block) {
    const std::size_t count = std::min(block, points_ - row);
    points.draw(row, count);
    for (std::size_t i = 0; i < n; ++i) {
      std::copy_n(points.a(i).data(), count, walking.data() + i * block);
      in[i] = formula::Column::of({walking.data() + i * block, count});
    }
    for (std::size_t s = 0; s < count; ++s)
      draw_order(stream, std::uint64_t{piece} * points_ + row + s, {orders.data() + s * n, n});
    for (std::size_t o = 0; o < outputs; ++o) out[o] = {start.data() + o * block, count};
    model_.evaluate(in, out);
    std::fill(distance.begin(), distance.end(), 0.0);
    for (std::size_t o = 0; o < outputs; ++o) {
      for (std::size_t s = 0; s < count; ++s)
        record[o * (1 + n)] += std::isfinite(out[o][s]) ? 0.0 : 1.0;
      out[o] = {here.data() + o * block, count};
    }
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t s = 0; s < count; ++s) {
        const std::size_t moved = orders[s * n + k];
        walking[moved * block + s] = points.b(moved)[s];
      }
      model_.evaluate(in, out);
      for (std::size_t o = 0; o < outputs; ++o) {
        double* part = record.data() + o * (1 + n);
        for (std::size_t s = 0; s < count; ++s) {
          const std::size_t at = o * block + s;
          const double gap = here[at] - start[at];
          const double reached = 0.5 * gap * gap;
          part[0] += std::isfinite(here[at]) ? 0.0 : 1.0;
          part[1 + orders[s * n + k]] += reached - distance[at];
          distance[at] = reached;
        }
      }
    }
  }
}

std::vector<ShapleyEffects> ShapleyStudy::effects(const Records& records,
                                                  const BootstrapPlan& plan) const {
  const std::size_t n = inputs_.size(), length = 1 + n;
  std::vector<ShapleyEffects> result;
  for (std::size_t o = 0; o < model_.outputs().size(); ++o) {
    std::vector<double> rows;
    for (std::size_t r = 0; r < records.size(); ++r) {
      const auto part = records[r].subspan(o * length, length);
      rows.insert(rows.end(), part.begin(), part.end());
    }
    ShapleyEffects one;
    one.output = model_.outputs()[o].name;
    one.effects = bootstrap(
        rows, length, n + 1,
        [&](std::span<const double> sums, std::span<double> out) {
          double all = 0.0;
          for (std::size_t i = 0; i < n; ++i) all += sums[1 + i];
          for (std::size_t i = 0; i < n; ++i) out[i] = sums[1 + i] / all;
          out[n] = all / static_cast<double>(points_);
        },
        plan);
    one.variance = one.effects.back().value;
    one.effects.pop_back();
    double bad = 0.0;
    for (std::size_t r = 0; r < records.size(); ++r) bad += rows[r * length];
    one.uncomputable = static_cast<std::size_t>(bad);
    one.evaluations = points_ * records.size() * (n + 1);
    if (one.uncomputable > 0 || !(one.variance > 0.0))
      std::fill(one.effects.begin(), one.effects.end(), Estimate{nan, nan, nan, nan});
    if (one.uncomputable > 0) one.variance = nan;
    result.push_back(std::move(one));
  }
  return result;
}

}  // namespace jixiao::sampling
