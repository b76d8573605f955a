// Decimal-correct rounding of points: 7 * 0.8 is 5.60 and 2.675 is 2.68, whatever their last bits
// say.
#pragma once

#include <span>
#include <string>

namespace jixiao::value {

enum class RoundingMode {
  half_up,
  half_even,
  down,
  up
};  // half_up: away from zero on a tie; down: toward zero; up: away from zero

// Rounds to `digits` decimals (0..9). The number is first taken to 15 significant decimal digits,
// as it would be printed, so a tie is what a person reading it would call a tie. The result is the
// double nearest to that decimal. NaN and infinities pass through; a result of zero is +0. Digits
// outside 0..9 are held to that range.
struct Rounding {
  int digits = 2;
  RoundingMode mode = RoundingMode::half_up;

  [[nodiscard]] double operator()(double x) const;
  void apply(std::span<double> column) const;  // the same bits, a column at a time
  // The number next to x where its rounding changes: a tie, or for `down` and `up` a number of
  // `digits` decimals. x itself where it is too large to tell.
  [[nodiscard]] double edge(double x) const;
  // The same, where every number may be off by `relative` of itself, but no more than 1e-5
  // of a rounding step: one that is no farther from an edge is on it.
  void apply(std::span<double> column, double relative) const;
  [[nodiscard]] double operator()(double x, double relative) const;
  [[nodiscard]] double by_digits(double x) const;  // the same bits by printing and reading, slowly:
                                                   // the definition tests compare with
  friend bool operator==(const Rounding&, const Rounding&) = default;
};

// "94.87": exactly `digits` decimals, rounded half up as above; "-0.00" is printed "0.00"; "nan",
// "inf", "-inf".
std::string fixed(double x, int digits);
// The shortest text that says x to at most `digits` decimals: 94.5, 300, 0.0417. `grouped` adds
// thousand separators.
std::string plain(double x, int digits = 4, bool grouped = false);

}  // namespace jixiao::value
