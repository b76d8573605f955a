// Weights that add up to a fixed total, drawn at random.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "numeric/philox.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::sampling {

class Simplex {
 public:
  enum class Method {
    dirichlet,  // gamma variables over their sum (Marsaglia and Tsang 2000)
    rejection,  // uniform over the weights in range: drawn from the simplex between the lower ends
                // until inside
    exchange  // the same law by Gibbs sampling of pairs, 40 sweeps from the middle: when rejection
              // would take over 200 tries a draw
  };

  // Dirichlet with concentrations > 0 (all 1: uniform), times `total` > 0.
  static std::optional<Simplex> dirichlet(std::vector<double> concentrations, double total,
                                          const text::Place& place,
                                          std::vector<Diagnostic>& diagnostics);
  // Uniform over all weights with lows[i] <= w[i] <= highs[i] that add up to `total`. Errors
  // (weights.invalid, weights.sum): a range upside down, a negative end, ranges no such weights
  // fit.
  static std::optional<Simplex> in_ranges(std::vector<double> lows, std::vector<double> highs,
                                          double total, const text::Place& place,
                                          std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] std::size_t parts() const { return lows_.size(); }
  [[nodiscard]] Method method() const { return method_; }
  [[nodiscard]] std::string identity() const;
  // One draw; `weights` has parts() places and gets numbers whose sum is total() up to rounding.
  void draw(const numeric::Stream& stream, std::uint64_t sample, std::uint32_t column,
            std::span<double> weights) const;
  [[nodiscard]] double total() const { return total_; }

 private:
  Simplex() = default;
  void draw_uniform(const numeric::Stream& stream, std::uint64_t sample, std::uint32_t column,
                    std::span<double> weights) const;
  void draw_by_exchange(const numeric::Stream& stream, std::uint64_t sample, std::uint32_t column,
                        std::span<double> weights) const;

  Method method_ = Method::dirichlet;
  double total_ = 1;
  std::vector<double> concentrations_;
  std::vector<double> lows_, highs_;
};

// Chance that a uniform draw from the simplex of sum 1 has every part at most its cap, by inclusion
// and exclusion; caps.size() <= 20.
double chance_below(std::span<const double> caps);

}  // namespace jixiao::sampling
