#include "sampling/distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "numeric/beta_table.hpp"
#include "numeric/elementary.hpp"
#include "numeric/normal.hpp"
#include "sampling/law_checks.hpp"
#include "sampling/order_statistics.hpp"

namespace jixiao::sampling {
namespace {

namespace elementary = numeric::elementary;

// Ready to be asked: one type a way of computing quantiles. All have quantile(u, values), mean,
// variance, support.
struct ReadyConstant {
  explicit ReadyConstant(const Constant& l) : mean(l.value), support{l.value, l.value} {}
  void quantile(std::span<const double>, std::span<double> values) const {
    std::fill(values.begin(), values.end(), mean);
  }
  double mean, variance = 0.0;
  Support support;
};

struct ReadyUniform {
  explicit ReadyUniform(const Uniform& l)
      : mean(0.5 * l.low + 0.5 * l.high),
        variance((l.high - l.low) * (l.high - l.low) / 12.0),
        support{l.low, l.high} {}
  void quantile(std::span<const double> u, std::span<double> values) const {
    const double low = support.low, width = support.high - support.low;
    for (std::size_t i = 0; i < u.size(); ++i) values[i] = low + width * u[i];
  }
  double mean, variance;
  Support support;
};

struct ReadyTriangular {
  explicit ReadyTriangular(const Triangular& l)
      : law(l),
        corner((l.mode - l.low) / (l.high - l.low)),
        mean((l.low + l.mode + l.high) / 3.0),
        support{l.low, l.high} {
    const double width = l.high - l.low;
    variance = width * width * (1.0 - corner + corner * corner) / 18.0;
  }
  void quantile(std::span<const double> u, std::span<double> values) const {
    const double width = law.high - law.low;
    const double rising = width * (law.mode - law.low), falling = width * (law.high - law.mode);
    for (std::size_t i = 0; i < u.size(); ++i) {
      values[i] = u[i] < corner ? law.low + std::sqrt(u[i] * rising)
                                : law.high - std::sqrt((1.0 - u[i]) * falling);
    }
  }
  Triangular law;
  double corner;  // probability below the mode
  double mean, variance = 0.0;
  Support support;
};

struct ReadyPert {
  explicit ReadyPert(const Pert& l)
      : table(1.0 + 4.0 * (l.mode - l.low) / (l.high - l.low),
              1.0 + 4.0 * (l.high - l.mode) / (l.high - l.low)),
        mean((l.low + 4.0 * l.mode + l.high) / 6.0),
        variance((mean - l.low) * (l.high - mean) / 7.0),
        support{l.low, l.high} {}
  void quantile(std::span<const double> u, std::span<double> values) const {
    table.quantile(u, values);
    for (double& value : values)
      value = std::min(support.low + (support.high - support.low) * value, support.high);
  }
  numeric::BetaTable table;
  double mean, variance;
  Support support;
};

struct ReadyNormal {
  explicit ReadyNormal(const Normal& l)
      : mean(l.mean), deviation(l.deviation), variance(l.deviation * l.deviation) {}
  void quantile(std::span<const double> u, std::span<double> values) const {
    numeric::normal::quantile(u, values);
    for (double& value : values) value = mean + deviation * value;
  }
  double mean, deviation, variance;
  Support support{};
};

// Probabilities are taken in the tail the range lies in, where they are small and exact: a range
// above the mean is mirrored.
struct ReadyTruncated {
  explicit ReadyTruncated(const TruncatedNormal& l) : law(l), support{l.low, l.high} {
    double from = (l.low - l.mean) / l.deviation, to = (l.high - l.mean) / l.deviation;
    mirrored = from > 0.0;
    if (mirrored) from = -std::exchange(to, -from);
    below = numeric::normal::cumulative(from);
    inside = numeric::normal::cumulative(to) - below;
    const double at_from = numeric::normal::density(from) / inside,
                 at_to = numeric::normal::density(to) / inside;
    const double shift = at_from - at_to;
    mean = l.mean + (mirrored ? -shift : shift) * l.deviation;
    const double edges = (std::isinf(from) ? 0.0 : from * at_from) -
                         (std::isinf(to) ? 0.0 : to * at_to);
    variance = l.deviation * l.deviation * (1.0 + edges - shift * shift);
  }
  void quantile(std::span<const double> u, std::span<double> values) const {
    for (std::size_t i = 0; i < u.size(); ++i)
      values[i] = below + inside * (mirrored ? 1.0 - u[i] : u[i]);
    numeric::normal::quantile(values, values);
    const double deviation = mirrored ? -law.deviation : law.deviation;
    for (double& value : values)
      value = std::clamp(law.mean + deviation * value, law.low, law.high);
  }
  TruncatedNormal law;
  bool mirrored = false;
  double below = 0.0, inside = 0.0;
  double mean = 0.0, variance = 0.0;
  Support support;
};

struct ReadyLognormal {
  explicit ReadyLognormal(const Lognormal& l) : law(l) {
    const double square = l.log_deviation * l.log_deviation;
    mean = elementary::exp(l.log_mean + 0.5 * square);
    variance = elementary::exp(2.0 * l.log_mean + 2.0 * square) -
               elementary::exp(2.0 * l.log_mean + square);
  }
  void quantile(std::span<const double> u, std::span<double> values) const {
    numeric::normal::quantile(u, values);
    for (double& value : values) value = elementary::exp(law.log_mean + law.log_deviation * value);
  }
  Lognormal law;
  double mean = 0.0, variance = 0.0;
  Support support{0.0, std::numeric_limits<double>::infinity()};
};

struct ReadyValues {
  explicit ReadyValues(const Discrete& l) {
    std::vector<std::size_t> order(l.values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&l](std::size_t a, std::size_t b) { return l.values[a] < l.values[b]; });
    std::vector<double> weights;
    for (const std::size_t i : order) {
      if (l.weights[i] == 0.0) continue;
      sorted.push_back(l.values[i]);
      weights.push_back(l.weights[i]);
    }
    prepare(weights);
  }
  explicit ReadyValues(const Empirical& l) : sorted(l.values) {
    std::sort(sorted.begin(), sorted.end());
    prepare(std::vector<double>(sorted.size(), 1.0));
  }
  void quantile(std::span<const double> u, std::span<double> values) const {
    for (std::size_t i = 0; i < u.size(); ++i) {
      const auto at = std::upper_bound(up_to.begin(), up_to.end() - 1, u[i]);
      values[i] = sorted[static_cast<std::size_t>(at - up_to.begin())];
    }
  }
  void prepare(const std::vector<double>& weights) {
    const double total = sum(weights);
    double reached = 0.0;
    std::vector<double> products(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      reached += weights[i];
      up_to.push_back(reached / total);
      products[i] = weights[i] / total * sorted[i];
    }
    mean = sum(products);
    for (std::size_t i = 0; i < weights.size(); ++i)
      products[i] = weights[i] / total * (sorted[i] - mean) * (sorted[i] - mean);
    variance = sum(products);
    support = {sorted.front(), sorted.back()};
  }
  std::vector<double> sorted, up_to;  // up_to[i]: probability of sorted[0] .. sorted[i]
  double mean = 0.0, variance = 0.0;
  Support support;
};

using Ready = std::variant<ReadyConstant, ReadyUniform, ReadyTriangular, ReadyPert, ReadyNormal,
                           ReadyTruncated, ReadyLognormal, ReadyValues>;

struct Preparing {
  Ready operator()(const Constant& l) const { return ReadyConstant(l); }
  Ready operator()(const Uniform& l) const { return ReadyUniform(l); }
  Ready operator()(const Triangular& l) const { return ReadyTriangular(l); }
  Ready operator()(const Pert& l) const { return ReadyPert(l); }
  Ready operator()(const Normal& l) const { return ReadyNormal(l); }
  Ready operator()(const TruncatedNormal& l) const { return ReadyTruncated(l); }
  Ready operator()(const Lognormal& l) const { return ReadyLognormal(l); }
  Ready operator()(const Discrete& l) const { return ReadyValues(l); }
  Ready operator()(const Empirical& l) const { return ReadyValues(l); }
};

bool inside(const Ready& ready, const Law& law, const Support& allowed, const std::string& name,
            const text::Place& place, std::vector<Diagnostic>& diagnostics) {
  if (const auto* truncated = std::get_if<ReadyTruncated>(&ready);
      truncated != nullptr && !(truncated->inside > 1e-290)) {
    diagnostics.push_back(
        text::diagnose(text::Code::value_number, place,
                       {fmt::format("{} 的分布 {} 截断后没有概率剩下", name, describe(law)),
                        fmt::format("{} follows {}, which leaves no probability between its ends",
                                    name, describe(law))},
                       {"让范围靠近均值，或加大标准差",
                        "move the range towards the mean, or make the deviation larger"}));
    return false;
  }
  const Support support = std::visit([](const auto& r) { return r.support; }, ready);
  if (support.low >= allowed.low && support.high <= allowed.high) return true;
  const bool normal = std::holds_alternative<Normal>(law);
  const double from = std::max(support.low, allowed.low), to = std::min(support.high, allowed.high);
  Text help{fmt::format("把范围收到 {} 至 {} 之内", allowed.low, allowed.high),
            fmt::format("keep its range inside {}..{}", allowed.low, allowed.high)};
  if (normal) {
    const auto& l = std::get<Normal>(law);
    const std::string instead = describe(TruncatedNormal{l.mean, l.deviation, from, to});
    help = {"改用截断正态：" + instead, "truncate it: " + instead};
  }
  diagnostics.push_back(text::diagnose(
      text::Code::value_number, place,
      {fmt::format("{} 的分布 {} 取值从 {} 到 {}，超出允许的 {} 至 {}", name, describe(law),
                   support.low, support.high, allowed.low, allowed.high),
       fmt::format("{} follows {}, whose values reach from {} to {}, outside the allowed {}..{}",
                   name, describe(law), support.low, support.high, allowed.low, allowed.high)},
      std::move(help)));
  return false;
}

}  // namespace

struct Distribution::Prepared {
  Law law;
  Ready ready;
};

std::optional<Distribution> Distribution::make(const Law& law, const std::string& name,
                                               const text::Place& place, const Support& allowed,
                                               std::vector<Diagnostic>& diagnostics) {
  if (!check_law(law, name, place, diagnostics)) return std::nullopt;
  Ready ready = std::visit(Preparing{}, law);
  if (!inside(ready, law, allowed, name, place, diagnostics)) return std::nullopt;
  return Distribution(std::make_shared<const Prepared>(Prepared{law, std::move(ready)}));
}

void Distribution::quantile(std::span<const double> u, std::span<double> values) const {
  std::visit([&](const auto& ready) { ready.quantile(u, values); }, prepared_->ready);
}

double Distribution::quantile(double u) const {
  double value = 0.0;
  quantile({&u, 1}, {&value, 1});
  return value;
}

double Distribution::mean() const {
  return std::visit([](const auto& ready) { return ready.mean; }, prepared_->ready);
}
double Distribution::variance() const {
  return std::visit([](const auto& ready) { return ready.variance; }, prepared_->ready);
}
Support Distribution::support() const {
  return std::visit([](const auto& ready) { return ready.support; }, prepared_->ready);
}
const Law& Distribution::law() const { return prepared_->law; }

}  // namespace jixiao::sampling
