// Shapley effects: the variance of an output shared out among the inputs without rest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sampling/bootstrap.hpp"
#include "sampling/experiment.hpp"
#include "sampling/inputs.hpp"
#include "sampling/model.hpp"

namespace jixiao::sampling {

struct ShapleyPlan {
  std::uint64_t seed = 0;
  std::size_t samples = 1 << 14;  // pairs of points; each costs inputs + 1 evaluations
  std::size_t replicates = 32;
};

struct ShapleyEffects {
  std::string output;
  double variance = 0;
  std::size_t evaluations = 0;
  std::size_t uncomputable = 0;   // with any, no effect is stated (all NaN)
  std::vector<Estimate> effects;  // shares of the variance, one per input; they add up to 1
};

// For independent inputs: sample s walks from point A to point B by moving one input after the
// other in a random order of its own; each move is credited with the change of half the squared
// distance of the outputs (Goda 2021). Unbiased for any number of inputs.
class ShapleyStudy final : public Experiment {
 public:
  ShapleyStudy(const Model& model, const Inputs& inputs, const ShapleyPlan& plan);

  [[nodiscard]] std::string identity() const override;
  [[nodiscard]] std::size_t pieces() const override { return plan_.replicates; }
  [[nodiscard]] std::size_t record_length(std::size_t piece) const override;
  void run(std::size_t piece, std::span<double> record) const override;

  [[nodiscard]] std::vector<ShapleyEffects> effects(const Records& records,
                                                    const BootstrapPlan& bootstrap = {}) const;

 private:
  const Model& model_;
  const Inputs& inputs_;
  ShapleyPlan plan_;
  std::size_t points_;  // a replicate
};

}  // namespace jixiao::sampling
