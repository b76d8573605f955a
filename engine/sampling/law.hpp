// The laws an input may follow, as somebody wrote them down; Distribution checks them.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace jixiao::sampling {

struct Constant {
  double value;
};
struct Uniform {
  double low, high;  // low < high
};
struct Triangular {
  double low, mode, high;  // low <= mode <= high, low < high
};
// A beta law on [low, high] with mean (low + 4 mode + high) / 6.
struct Pert {
  double low, mode, high;  // low <= mode <= high, low < high
};
struct Normal {
  double mean, deviation;  // deviation > 0
};
// A normal law given that it lies in [low, high]; either end may be infinite.
struct TruncatedNormal {
  double mean, deviation, low, high;  // mean and deviation before truncation
};
// e to a normal variable.
struct Lognormal {
  double log_mean, log_deviation;  // of the logarithm; log_deviation > 0
};
struct Discrete {
  std::vector<double> values;   // ascending or not; no value twice
  std::vector<double> weights;  // one per value, >= 0, of any positive sum
};
// Each of the values, as often as it stands here.
struct Empirical {
  std::vector<double> values;
};

using Law = std::variant<Constant, Uniform, Triangular, Pert, Normal, TruncatedNormal, Lognormal,
                         Discrete, Empirical>;

// "triangular(1, 2, 4)": the words of a study file, every number to its last digit.
std::string describe(const Law& law);

}  // namespace jixiao::sampling
