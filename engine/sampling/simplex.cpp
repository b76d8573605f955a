#include "sampling/simplex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "numeric/elementary.hpp"
#include "numeric/normal.hpp"
#include "sampling/order_statistics.hpp"

namespace jixiao::sampling {
namespace {

namespace elementary = numeric::elementary;

constexpr std::uint32_t columns_a_try = 4096;  // columns of other tries and parts never meet below
                                               // 4096 inputs
constexpr std::uint32_t most_tries = 4095;
constexpr double least_chance = 1.0 / 200.0;
constexpr std::size_t sweeps = 40;

struct Two {
  double first, second;
};
Two two_units(const numeric::Stream& stream, std::uint64_t sample, std::uint32_t column) {
  const numeric::PhiloxBlock words = stream.words(sample, column);
  const auto unit = [](std::uint32_t high, std::uint32_t low) {
    return (static_cast<double>((std::uint64_t{high} << 20U) | (low >> 12U)) + 0.5) * 0x1p-52;
  };
  return {unit(words[0], words[1]), unit(words[2], words[3])};
}

// The logarithm of a gamma variable (Marsaglia and Tsang 2000; below 1 by one more uniform number).
double log_gamma_variable(double shape, const numeric::Stream& stream, std::uint64_t sample,
                          std::uint32_t column) {
  const double raised = shape < 1.0 ? shape + 1.0 : shape;
  const double d = raised - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  double result = elementary::ln(d);
  for (std::uint32_t attempt = 0; attempt + 1 < most_tries; ++attempt) {
    const Two u = two_units(stream, sample, column + attempt * columns_a_try);
    const double x = numeric::normal::quantile(u.first);
    const double root = 1.0 + c * x;
    if (!(root > 0.0)) continue;
    const double v = root * root * root;
    if (elementary::ln(u.second) < 0.5 * x * x + d - d * v + d * elementary::ln(v)) {
      result += elementary::ln(v);
      break;
    }
  }
  if (shape < 1.0)
    result += elementary::ln(two_units(stream, sample, column + most_tries * columns_a_try).first) /
              shape;
  return result;
}

bool refuse_weights(text::Code code, const text::Place& place, std::vector<Diagnostic>& diagnostics,
                    Text message, Text help) {
  diagnostics.push_back(text::diagnose(code, place, std::move(message), std::move(help)));
  return false;
}

bool check_total(double total, const text::Place& place, std::vector<Diagnostic>& diagnostics) {
  if (total > 0.0 && std::isfinite(total)) return true;
  return refuse_weights(text::Code::weights_invalid, place, diagnostics,
                        {fmt::format("权重之和写成 {}，应大于 0", total),
                         fmt::format("the weights shall make {}, which must be above 0", total)},
                        {"例如 90 或 100", "for example 90 or 100"});
}

}  // namespace

double chance_below(std::span<const double> caps) {
  const std::size_t n = caps.size();
  double chance = 0.0;
  for (std::uint32_t subset = 0; subset < (1U << n); ++subset) {
    double rest = 1.0;
    for (std::size_t i = 0; i < n; ++i) rest -= (subset >> i & 1U) != 0 ? caps[i] : 0.0;
    if (!(rest > 0.0)) continue;
    double power = 1.0;
    for (std::size_t i = 1; i < n; ++i) power *= rest;
    chance += std::popcount(subset) % 2 == 0 ? power : -power;
  }
  return std::clamp(chance, 0.0, 1.0);
}

std::optional<Simplex> Simplex::dirichlet(std::vector<double> concentrations, double total,
                                          const text::Place& place,
                                          std::vector<Diagnostic>& diagnostics) {
  if (!check_total(total, place, diagnostics)) return std::nullopt;
  for (const double concentration : concentrations) {
    if (concentration >= 0.01 && concentration <= 1e9) continue;
    refuse_weights(text::Code::weights_invalid, place, diagnostics,
                   {fmt::format("浓度参数是 {}，应在 0.01 与 1e9 之间", concentration),
                    fmt::format("a concentration is {}, it must lie in 0.01..1e9", concentration)},
                   {"全写 1 表示在单纯形上均匀", "all 1 means uniform over the simplex"});
    return std::nullopt;
  }
  Simplex simplex;
  simplex.total_ = total;
  simplex.lows_.assign(concentrations.size(), 0.0);
  simplex.highs_.assign(concentrations.size(), total);
  simplex.concentrations_ = std::move(concentrations);
  return simplex;
}

std::optional<Simplex> Simplex::in_ranges(std::vector<double> lows, std::vector<double> highs,
                                          double total, const text::Place& place,
                                          std::vector<Diagnostic>& diagnostics) {
  if (!check_total(total, place, diagnostics)) return std::nullopt;
  for (std::size_t i = 0; i < lows.size(); ++i) {
    if (lows[i] >= 0.0 && lows[i] <= highs[i] && std::isfinite(highs[i])) continue;
    refuse_weights(
        text::Code::weights_invalid, place, diagnostics,
        {fmt::format("第 {} 个权重的范围 {} 至 {} 不成立", i + 1, lows[i], highs[i]),
         fmt::format("weight {} has the range {}..{}, which is none", i + 1, lows[i], highs[i])},
        lows[i] > highs[i] ? Text{"对调两端", "swap its ends"}
                           : Text{"权重从 0 起", "weights start at 0"});
    return std::nullopt;
  }
  const double least = sum(lows), most = sum(highs);
  if (!(least <= total && total <= most)) {
    refuse_weights(
        text::Code::weights_sum, place, diagnostics,
        {fmt::format("这些范围里的权重之和只能从 {} 到 {}，得不到 {}", least, most, total),
         fmt::format("weights in these ranges add up to {}..{}, never to {}", least, most, total)},
        least > total ? Text{"把下限改小", "lower the lower ends"}
                      : Text{"把上限改大", "raise the upper ends"});
    return std::nullopt;
  }
  Simplex simplex;
  simplex.total_ = total;
  simplex.concentrations_.assign(lows.size(), 1.0);
  std::vector<double> caps;
  const double room = total - least;
  for (std::size_t i = 0; i < lows.size() && room > 0.0; ++i)
    caps.push_back((highs[i] - lows[i]) / room);
  const bool few = caps.size() <= 16;  // inclusion and exclusion loses its digits, and takes long,
                                       // beyond
  const bool likely = room > 0.0 && few && chance_below(caps) >= least_chance;
  simplex.method_ = likely ? Method::rejection : Method::exchange;
  simplex.lows_ = std::move(lows);
  simplex.highs_ = std::move(highs);
  return simplex;
}

std::string Simplex::identity() const {
  return fmt::format("simplex {} {} [{}] [{}] [{}]", static_cast<int>(method_), total_,
                     fmt::join(concentrations_, " "), fmt::join(lows_, " "),
                     fmt::join(highs_, " "));
}

// Uniform between the lower ends: exponential variables over their sum.
void Simplex::draw_uniform(const numeric::Stream& stream, std::uint64_t sample,
                           std::uint32_t column, std::span<double> weights) const {
  const double room = total_ - sum(lows_);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] =
        -elementary::ln(two_units(stream, sample, column + static_cast<std::uint32_t>(i)).first);
  }
  const double scale = room / sum(weights);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = lows_[i] + scale * weights[i];
}

// From the point that lies equally far between all lower and upper ends; then each part in turn
// trades with a random other one, uniformly over what both ranges allow.
void Simplex::draw_by_exchange(const numeric::Stream& stream, std::uint64_t sample,
                               std::uint32_t column, std::span<double> weights) const {
  const std::size_t n = weights.size();
  const double least = sum(lows_), most = sum(highs_);
  const double part = most > least ? (total_ - least) / (most - least) : 0.0;
  for (std::size_t i = 0; i < n; ++i) weights[i] = lows_[i] + part * (highs_[i] - lows_[i]);
  if (n < 2) return;
  for (std::size_t sweep = 0; sweep < sweeps; ++sweep) {
    for (std::size_t i = 0; i < n; ++i) {
      const auto at = column + static_cast<std::uint32_t>(i) +
                      static_cast<std::uint32_t>(sweep) * columns_a_try;
      const numeric::PhiloxBlock words = stream.words(sample, at);
      const std::size_t other =
          (i + 1 + numeric::below(static_cast<std::uint32_t>(n - 1), words[2])) % n;
      const double both = weights[i] + weights[other];
      const double from = std::max(lows_[i], both - highs_[other]),
                   to = std::min(highs_[i], both - lows_[other]);
      if (!(from < to)) continue;
      const double chosen = from + (to - from) * two_units(stream, sample, at).first;
      weights[i] = chosen;
      weights[other] = std::clamp(both - chosen, lows_[other], highs_[other]);
    }
  }
}

void Simplex::draw(const numeric::Stream& stream, std::uint64_t sample, std::uint32_t column,
                   std::span<double> weights) const {
  if (method_ == Method::exchange) return draw_by_exchange(stream, sample, column, weights);
  if (method_ == Method::rejection) {
    for (std::uint32_t attempt = 0; attempt < most_tries; ++attempt) {
      draw_uniform(stream, sample, column + attempt * columns_a_try, weights);
      bool inside = true;
      for (std::size_t i = 0; i < weights.size(); ++i) inside = inside && weights[i] <= highs_[i];
      if (inside) return;
    }
    return draw_by_exchange(stream, sample, column, weights);
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = log_gamma_variable(concentrations_[i], stream, sample,
                                    column + static_cast<std::uint32_t>(i));
  }
  const double largest = *std::max_element(weights.begin(), weights.end());
  for (double& weight : weights) weight = elementary::exp(weight - largest);
  const double scale = total_ / sum(weights);
  for (double& weight : weights) weight *= scale;
}

}  // namespace jixiao::sampling
