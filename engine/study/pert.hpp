// Quantiles of the beta law on [0, 1] that PERT uses: both shapes at least 1.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace jixiao::study {

// Tabulated once, then each quantile is a cubic in its cell, corrected by Newton's steps. Error under 1e-9 in probability.
class BetaTable {
 public:
  BetaTable(double alpha, double beta);

  [[nodiscard]] double quantile(double u) const;
  void quantile(std::span<const double> u, std::span<double> values) const;

 private:
  static constexpr std::size_t cells = 256;

  // The law is tabulated over t with x = t^2 (3 - 2t), which is smooth where x has a corner.
  [[nodiscard]] double density(double t) const;  // of t, times total_
  [[nodiscard]] double mass(double from, double to) const;

  double alpha_, beta_;
  double total_ = 1;
  std::array<double, cells + 1> cumulative_{};  // at t = i / cells
  std::array<double, cells + 1> slope_{};       // dt/du there, 0 where it is infinite
};

}  // namespace jixiao::study
