// Quantiles, means, histograms and shares of a sample, each with its error.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace jixiao::sampling {

// Pairwise, in an order that depends on the length alone.
double sum(std::span<const double> values);

struct Moments {
  double mean;        // NaN without values
  double mean_error;  // standard error of the mean
  double deviation;   // with n - 1
  double low, high;   // smallest and largest value
};
Moments moments(std::span<const double> values);

struct Quantile {
  double level;  // 0..1
  double value;  // as numpy's default: linear between order statistics (Hyndman and Fan, type 7)
  double error;  // standard error: half of the interval between the order statistics one binomial
                 // standard deviation away
  double low, high;  // distribution-free interval that covers the true quantile with probability >=
                     // `confidence` (NaN: too few values)
};
// `values` are rearranged. No NaN among them.
std::vector<Quantile> quantiles(std::span<double> values, std::span<const double> levels,
                                double confidence = 0.95);

struct Histogram {
  std::vector<double> edges;        // one more than bins, equally wide
  std::vector<std::size_t> counts;  // edges[i] <= value < edges[i+1]; the last bin has both ends
};
// `bins` equal bins from the smallest to the largest value; one bin when all are equal. Empty
// without finite values.
Histogram histogram(std::span<const double> values, std::size_t bins);

struct Share {
  double value;  // the category
  std::size_t count;
  double share;      // of all values
  double error;      // standard error
  double low, high;  // Wilson interval
};
// How often each value occurs, ascending by value.
std::vector<Share> shares(std::span<const double> values, double confidence = 0.95);

// The Wilson interval of a share `p` of `n` values: honest at 0 and 1 as well. Within 0..1.
struct ShareInterval {
  double low, high;
};
ShareInterval wilson_interval(double p, double n, double z);

// The z with probability `confidence` inside -z..z.
double two_sided_z(double confidence);

}  // namespace jixiao::sampling
