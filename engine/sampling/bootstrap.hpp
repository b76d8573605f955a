// Intervals of a statistic of independent replicates, by resampling the replicates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace jixiao::sampling {

struct Estimate {
  double value = 0;
  double error = 0;  // standard error
  double low = 0;    // interval of the confidence asked for
  double high = 0;
};

struct BootstrapPlan {
  std::uint64_t seed = 0;
  std::size_t resamples = 400;
  double confidence = 0.95;
};

// `records`: one row of `length` numbers a replicate, all rows alike distributed and independent.
// `statistic` makes its estimates from the mean row. Percentile intervals, widened for few
// replicates by the factor t(n-1) / z * sqrt(n / (n-1)) (Hesterberg 2015); NaN below 2 replicates.
// Resample b draws replicates by a counter: same bits everywhere.
std::vector<Estimate> bootstrap(
    std::span<const double> records, std::size_t length, std::size_t estimates,
    const std::function<void(std::span<const double> mean_row, std::span<double> out)>& statistic,
    const BootstrapPlan& plan, unsigned threads = 1);

// The quantile of Student's t with `freedom` >= 2 degrees, to 1e-6; same bits everywhere.
double student_quantile(double u, std::size_t freedom);

}  // namespace jixiao::sampling
