// Quantiles of the beta law on [0, 1] that PERT uses: both shapes at least 1.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace jixiao::numeric {

// Tabulated once: a quantile is a polynomial in its cell where that was found good enough when the
// table was made, else Newton's steps from there. Error under 1e-9 in probability.
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
  void fit(std::size_t cell, std::array<double, 2> curvature);
  [[nodiscard]] double guess(std::size_t cell, double part) const;
  [[nodiscard]] double corrected(std::size_t cell, double u, double t) const;

  double alpha_, beta_;
  double total_ = 1;
  std::array<double, cells + 1> cumulative_{};             // at t = i / cells
  std::array<double, cells + 1> slope_{};                  // dt/du there, 0 where it is infinite
  std::array<std::array<double, 6>, cells> polynomial_{};  // t in a cell, by powers of the part of
                                                           // its probability
  std::array<bool, cells> is_close_{};                     // the polynomial needs no correction
};

}  // namespace jixiao::numeric
