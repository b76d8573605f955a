// Screening by elementary effects (Morris 1991; mu* of Campolongo 2007).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sampling/experiment.hpp"
#include "sampling/inputs.hpp"
#include "sampling/model.hpp"

namespace jixiao::sampling {

struct MorrisPlan {
  std::uint64_t seed = 0;
  std::size_t trajectories = 100;
  std::size_t levels = 4;  // of the grid over each input's range: even, at least 2
};

// In units of the output, for a move across the whole range of the input.
struct ElementaryEffects {
  double mean;           // mu
  double absolute_mean;  // mu*
  double deviation;  // sigma: large beside mu* where the input is not linear or works together with
                     // others
  double error;      // standard error of mu*
};

// Piece p is trajectory p: inputs + 1 points, one input moved at a time by half the grid (levels /
// (2 (levels - 1)) of its range, in probability). Where a law has no end the range is cut at a
// probability of 0.005.
class MorrisStudy final : public Experiment {
 public:
  MorrisStudy(const Model& model, const Inputs& inputs, const MorrisPlan& plan)
      : model_(model), inputs_(inputs), plan_(plan) {}

  [[nodiscard]] std::string identity() const override;
  [[nodiscard]] std::size_t pieces() const override { return plan_.trajectories; }
  [[nodiscard]] std::size_t record_length(std::size_t) const override {
    return model_.outputs().size() * inputs_.size();
  }
  void run(std::size_t piece, std::span<double> record) const override;

  // One per input. NaN where an effect could not be computed.
  [[nodiscard]] std::vector<ElementaryEffects> effects(const Records& records,
                                                       std::size_t output) const;

 private:
  const Model& model_;
  const Inputs& inputs_;
  MorrisPlan plan_;
};

}  // namespace jixiao::sampling
