// Draws, the model on each of them, and what the outputs look like.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sampling/experiment.hpp"
#include "sampling/inputs.hpp"
#include "sampling/model.hpp"
#include "sampling/order_statistics.hpp"

namespace jixiao::sampling {

struct MonteCarloPlan {
  std::uint64_t seed = 0;
  std::size_t samples = 0;  // 1 .. 2^28
};

// Piece p is samples p * samples_a_piece onwards; its record the outputs one after the other. Model
// and inputs must outlive it.
class MonteCarlo final : public Experiment {
 public:
  static constexpr std::size_t samples_a_piece = 4096;
  MonteCarlo(const Model& model, const Inputs& inputs, const MonteCarloPlan& plan)
      : model_(model), inputs_(inputs), plan_(plan) {}

  [[nodiscard]] std::string identity() const override;
  [[nodiscard]] std::size_t pieces() const override;
  [[nodiscard]] std::size_t record_length(std::size_t piece) const override;
  void run(std::size_t piece, std::span<double> record) const override;

  // All values of one output, in the order of the samples.
  [[nodiscard]] std::vector<double> values(const Records& records, std::size_t output) const;
  // The drawn inputs of samples first onwards, one column an input: what the model was given.
  void draw(std::uint64_t first, std::span<const std::span<double>> columns) const;

 private:
  [[nodiscard]] std::size_t samples_in(std::size_t piece) const;

  const Model& model_;
  const Inputs& inputs_;
  MonteCarloPlan plan_;
};

struct Spread {
  std::size_t samples = 0;
  std::size_t uncomputable = 0;  // samples whose output is NaN or infinite; all figures below are
                                 // of the others
  Moments moments{};
  std::vector<Quantile> quantiles;
  Histogram histogram;
};
// `values` in any order.
Spread spread(std::vector<double> values, std::span<const double> levels, std::size_t bins,
              double confidence = 0.95);

}  // namespace jixiao::sampling
