#include "sampling/attribution.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "numeric/philox.hpp"
#include "sampling/order_statistics.hpp"

namespace jixiao::sampling {
namespace {

using formula::Column;

constexpr std::size_t block = 512;

// Evaluates points that take each changed input from before or after. `changed` are the inputs that
// differ.
class Mixtures {
 public:
  Mixtures(const Model& model, std::span<const double> before, std::span<const double> after)
      : model_(model), before_(before), after_(after), in_(before.size()) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      in_[i] = Column::uniform(before_[i]);
      if (before[i] != after[i]) changed_.push_back(i);
    }
    columns_.resize(changed_.size() * block);
  }

  [[nodiscard]] const std::vector<std::size_t>& changed() const { return changed_; }

  // `is_after(row, k)`: whether changed input k of point `row` is that of after. results[output *
  // rows + row].
  template <class IsAfter>
  std::vector<double> evaluate(std::size_t rows, const IsAfter& is_after) {
    const std::size_t outputs = model_.outputs().size();
    std::vector<double> results(outputs * rows);
    std::vector<std::span<double>> out(outputs);
    for (std::size_t row = 0; row < rows; row += block) {
      const std::size_t count = std::min(block, rows - row);
      for (std::size_t k = 0; k < changed_.size(); ++k) {
        const std::size_t i = changed_[k];
        double* column = columns_.data() + k * block;
        for (std::size_t s = 0; s < count; ++s)
          column[s] = is_after(row + s, k) ? after_[i] : before_[i];
        in_[i] = Column::of({column, count});
      }
      for (std::size_t o = 0; o < outputs; ++o) out[o] = {results.data() + o * rows + row, count};
      model_.evaluate(in_, out);
    }
    return results;
  }

 private:
  const Model& model_;
  std::span<const double> before_, after_;
  std::vector<Column> in_;
  std::vector<std::size_t> changed_;
  std::vector<double> columns_;
};

// Shapley values from the values of all 2^k combinations (bit i: input i is that of after).
std::vector<double> exact_parts(std::span<const double> values, std::size_t k) {
  std::vector<double> parts(k);
  for (std::size_t i = 0; i < k; ++i) {
    std::vector<double> by_size(k, 0.0);
    for (std::size_t set = 0; set < values.size(); ++set) {
      if ((set >> i & 1U) == 0)
        by_size[static_cast<std::size_t>(std::popcount(set))] += values[set | std::size_t{1} << i] -
                                                                 values[set];
    }
    double sets = 1.0;  // how many sets of a size there are without input i
    for (std::size_t size = 0; size < k; ++size) {
      parts[i] += by_size[size] / sets / static_cast<double>(k);
      sets = sets * static_cast<double>(k - 1 - size) / static_cast<double>(size + 1);
    }
  }
  return parts;
}

double added_up(std::span<const double> parts) {
  return std::accumulate(parts.begin(), parts.end(), 0.0);
}

// Rounds the parts to multiples of one power of two, so coarse that every sum of them is exact.
void round_to_one_grid(std::vector<double>& parts) {
  double size = 0.0;
  for (const double part : parts) size += std::fabs(part);
  const double grid = std::ldexp(1.0, std::ilogb(size) - 51);
  for (double& part : parts) part = std::nearbyint(part / grid) * grid;
}

// Gives what rounding left over to the largest part with which the parts, added up in order, make
// `change` exactly. Returns what is left.
double settle(std::vector<double>& parts, double change) {
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&parts](std::size_t a, std::size_t b) {
    return std::fabs(parts[a]) > std::fabs(parts[b]);
  });
  for (const bool on_grid : {false, true}) {
    if (on_grid) round_to_one_grid(parts);
    const double rest = change - added_up(parts);
    if (!(rest != 0.0) || !std::isfinite(rest)) return rest;
    for (const std::size_t i : order) {
      if (parts[i] == 0.0) break;
      const double before = parts[i];
      parts[i] += rest;
      if (added_up(parts) == change) return 0.0;
      parts[i] = before;
    }
  }
  // The change has digits finer than the parts can carry.
  parts[order.front()] += change - added_up(parts);
  return change - added_up(parts);
}

Attribution begin(const Model& model, std::size_t output, std::size_t inputs, bool exact) {
  Attribution one;
  one.output = model.outputs()[output].name;
  one.parts.assign(inputs, 0.0);
  one.errors.assign(inputs, 0.0);
  one.exact = exact;
  return one;
}

std::vector<Attribution> attribute_exactly(const Model& model, Mixtures& mixtures,
                                           std::size_t inputs) {
  const std::size_t k = mixtures.changed().size(), sets = std::size_t{1} << k;
  const std::vector<double> values =
      mixtures.evaluate(sets, [](std::size_t set, std::size_t i) { return (set >> i & 1U) != 0; });
  std::vector<Attribution> result;
  for (std::size_t o = 0; o < model.outputs().size(); ++o) {
    const std::span<const double> own(values.data() + o * sets, sets);
    Attribution one = begin(model, o, inputs, true);
    one.before = own.front();
    one.after = own.back();
    const std::vector<double> parts = exact_parts(own, k);
    for (std::size_t i = 0; i < k; ++i) one.parts[mixtures.changed()[i]] = parts[i];
    one.rest = settle(one.parts, one.after - one.before);
    result.push_back(std::move(one));
  }
  return result;
}

// Every permutation walks from before to after; so does its reverse, and the two make one sample.
std::vector<Attribution> attribute_by_sampling(const Model& model, Mixtures& mixtures,
                                               std::size_t inputs, const AttributionPlan& plan) {
  const std::size_t k = mixtures.changed().size(), points = k + 1,
                    pairs = std::max<std::size_t>(plan.permutations / 2, 2);
  const numeric::Stream stream(plan.seed, numeric::Purpose::permutations);
  std::vector<std::uint32_t> order(k), turn(k);
  const std::size_t outputs = model.outputs().size();
  std::vector<std::vector<double>> credits(outputs * k, std::vector<double>(pairs));
  std::vector<Attribution> result;
  for (std::size_t o = 0; o < outputs; ++o) result.push_back(begin(model, o, inputs, false));
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    std::iota(order.begin(), order.end(), 0U);
    for (std::size_t i = k; i > 1; --i) {
      const numeric::PhiloxBlock words = stream.words(pair, static_cast<std::uint32_t>(i));
      std::swap(order[i - 1], order[numeric::below(static_cast<std::uint32_t>(i), words[0])]);
    }
    for (std::size_t i = 0; i < k; ++i) turn[order[i]] = static_cast<std::uint32_t>(i);
    // Points 0..k along the order, then 0..k along its reverse.
    const auto values = mixtures.evaluate(2 * points, [&](std::size_t row, std::size_t i) {
      return row < points ? turn[i] < row : k - 1 - turn[i] < row - points;
    });
    for (std::size_t o = 0; o < outputs; ++o) {
      const double* there = values.data() + o * 2 * points;
      const double* back = there + points;
      for (std::size_t i = 0; i < k; ++i) {
        const std::size_t at = turn[i], mirrored = k - 1 - at;
        credits[o * k + i][pair] =
            0.5 * ((there[at + 1] - there[at]) + (back[mirrored + 1] - back[mirrored]));
      }
      result[o].before = there[0];
      result[o].after = there[k];
    }
  }
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < k; ++i) {
      const Moments own = moments(credits[o * k + i]);
      result[o].parts[mixtures.changed()[i]] = own.mean;
      result[o].errors[mixtures.changed()[i]] = own.mean_error;
    }
    result[o].rest = settle(result[o].parts, result[o].after - result[o].before);
  }
  return result;
}

}  // namespace

std::vector<Attribution> attribute(const Model& model, std::span<const double> before,
                                   std::span<const double> after, const AttributionPlan& plan) {
  Mixtures mixtures(model, before, after);
  if (mixtures.changed().size() <= AttributionPlan::most_exact)
    return attribute_exactly(model, mixtures, before.size());
  return attribute_by_sampling(model, mixtures, before.size(), plan);
}

}  // namespace jixiao::sampling
