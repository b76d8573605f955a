// A difference between two points shared out among the inputs that differ: exact Shapley values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sampling/model.hpp"

namespace jixiao::sampling {

struct AttributionPlan {
  std::uint64_t seed = 0;
  std::size_t permutations = 4096;  // when sampled; taken in pairs, an order and its reverse
  static constexpr std::size_t most_exact = 12;  // up to here all 2^k combinations are evaluated
};

struct Attribution {
  std::string output;
  double before = 0;
  double after = 0;
  std::vector<double> parts;   // one per input; 0 for inputs that do not differ
  std::vector<double> errors;  // standard errors; all 0 when exact
  bool exact = true;
  // after - before minus the parts added up in the order of the inputs: 0 unless the parts are so
  // much larger than the change that doubles cannot hold both.
  double rest = 0;
};

// One per output. The parts, added up in the order of the inputs, make after - before to the last
// bit: what rounding leaves over is given to the largest part (the first of equals). NaN where any
// of the combinations cannot be computed.
std::vector<Attribution> attribute(const Model& model, std::span<const double> before,
                                   std::span<const double> after, const AttributionPlan& plan = {});

}  // namespace jixiao::sampling
