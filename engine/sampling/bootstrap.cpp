#include "sampling/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/elementary.hpp"
#include "numeric/normal.hpp"
#include "numeric/philox.hpp"
#include "sampling/order_statistics.hpp"
#include "system/threads.hpp"
#include "value/nan.hpp"

namespace jixiao::sampling {
namespace {

using value::nan;
constexpr double pi = 3.14159265358979323846;

// Student's density at t, and the probability of 0..t by Simpson's rule.
double student_density(double t, double freedom, double scale) {
  return scale * numeric::elementary::power(1.0 + t * t / freedom, -0.5 * (freedom + 1.0));
}

double student_mass(double t, double freedom, double scale) {
  constexpr int panels = 200;
  const double step = t / panels;
  double result = student_density(0.0, freedom, scale) + student_density(t, freedom, scale);
  for (int i = 1; i < panels; ++i)
    result += (i % 2 == 1 ? 4.0 : 2.0) * student_density(step * i, freedom, scale);
  return result * step / 3.0;
}

// Row means of one resample: which replicates, by a counter.
void draw_mean_row(std::span<const double> records, std::size_t length,
                   const numeric::Stream& stream, std::size_t resample,
                   std::vector<std::uint32_t>& often, std::span<double> row) {
  const std::size_t replicates = often.size();
  std::fill(often.begin(), often.end(), 0U);
  for (std::size_t k = 0; k < replicates; k += 4) {
    const numeric::PhiloxBlock words = stream.words(resample, static_cast<std::uint32_t>(k / 4));
    for (std::size_t i = 0; i < std::min<std::size_t>(4, replicates - k); ++i)
      ++often[numeric::below(static_cast<std::uint32_t>(replicates), words[i])];
  }
  std::fill(row.begin(), row.end(), 0.0);
  for (std::size_t r = 0; r < replicates; ++r) {
    if (often[r] == 0) continue;
    const double weight = often[r];
    const double* record = records.data() + r * length;
    for (std::size_t i = 0; i < length; ++i) row[i] += weight * record[i];
  }
  for (double& value : row) value /= static_cast<double>(replicates);
}

}  // namespace

double student_quantile(double u, std::size_t freedom) {
  // Gamma((n + 1) / 2) / Gamma(n / 2), up from 1 or 2 degrees of freedom.
  double ratio = freedom % 2 == 1 ? 1.0 / std::sqrt(pi) : std::sqrt(pi) / 2.0;
  for (std::size_t n = freedom % 2 == 1 ? 1 : 2; n < freedom; n += 2)
    ratio *= static_cast<double>(n + 1) / static_cast<double>(n);
  const auto n = static_cast<double>(freedom);
  const double scale = ratio / std::sqrt(n * pi);
  const double wanted = std::fabs(u - 0.5);
  // Newton from the normal quantile, which is nearer to 0: the probability is concave, so the steps
  // never pass the root.
  double t = numeric::normal::quantile(0.5 + wanted);
  for (int step = 0; step < 50; ++step) {
    const double missing = (wanted - student_mass(t, n, scale)) / student_density(t, n, scale);
    t += missing;
    if (!(missing > 1e-9 * t)) break;
  }
  return u < 0.5 ? -t : t;
}

std::vector<Estimate> bootstrap(
    std::span<const double> records, std::size_t length, std::size_t estimates,
    const std::function<void(std::span<const double> mean_row, std::span<double> out)>& statistic,
    const BootstrapPlan& plan, unsigned threads) {
  const std::size_t replicates = length == 0 ? 0 : records.size() / length;
  std::vector<double> row(length, 0.0), values(estimates);
  for (std::size_t r = 0; r < replicates; ++r) {
    for (std::size_t i = 0; i < length; ++i) row[i] += records[r * length + i];
  }
  for (double& value : row) value /= static_cast<double>(replicates);
  statistic(row, values);
  std::vector<Estimate> result;
  for (const double value : values) result.push_back({value, nan, nan, nan});
  if (replicates < 2 || plan.resamples < 2) return result;

  std::vector<double> drawn(plan.resamples * estimates);  // one column an estimate
  const numeric::Stream stream(plan.seed, numeric::Purpose::bootstrap);
  constexpr std::size_t resamples_a_task = 100;
  system::run_tasks((plan.resamples + resamples_a_task - 1) / resamples_a_task, threads,
                    [&](std::size_t task) {
                      std::vector<std::uint32_t> often(replicates);
                      std::vector<double> mean_row(length), out(estimates);
                      for (std::size_t b = task * resamples_a_task;
                           b < std::min((task + 1) * resamples_a_task, plan.resamples); ++b) {
                        draw_mean_row(records, length, stream, b, often, mean_row);
                        statistic(mean_row, out);
                        for (std::size_t e = 0; e < estimates; ++e)
                          drawn[e * plan.resamples + b] = out[e];
                      }
                    });
  const auto n = static_cast<double>(replicates);
  const double correction = std::sqrt(n / (n - 1.0));
  const double tail = 0.5 - 0.5 * plan.confidence;
  const double widening = replicates > 1000 ? 1.0
                                            : student_quantile(1.0 - tail, replicates - 1) /
                                                  two_sided_z(plan.confidence) * correction;
  for (std::size_t e = 0; e < estimates; ++e) {
    const std::span<double> column(drawn.data() + e * plan.resamples, plan.resamples);
    if (!std::all_of(column.begin(), column.end(), [](double x) { return std::isfinite(x); }))
      continue;
    result[e].error = moments(column).deviation * correction;
    const double levels[] = {tail, 1.0 - tail};
    const auto ends = quantiles(column, levels);
    result[e].low = values[e] + widening * (ends[0].value - values[e]);
    result[e].high = values[e] + widening * (ends[1].value - values[e]);
  }
  return result;
}

}  // namespace jixiao::sampling
