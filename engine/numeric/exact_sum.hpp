// Sums of doubles without any error until they are rounded once: whatever the order and however
// the numbers are shared out, the same bits.
#pragma once

#include <span>
#include <vector>

namespace jixiao::numeric {

// Kept as a few doubles that do not overlap and whose sum is the exact sum (Shewchuk's expansions).
class ExactSum {
 public:
  // Requires: x is finite.
  void add(double x);
  // Adds x * x, exactly unless the square is beyond the range of doubles.
  void add_square(double x);
  void add(const ExactSum& other);
  void add(std::span<const double> parts);
  // The sum, rounded once. Infinite where it is beyond the range of doubles.
  [[nodiscard]] double rounded() const;
  // Numbers whose exact sum it is, the largest last.
  [[nodiscard]] const std::vector<double>& parts() const { return parts_; }
  // this * factor, and this * other, exactly.
  [[nodiscard]] ExactSum times(double factor) const;
  [[nodiscard]] ExactSum times(const ExactSum& other) const;
  [[nodiscard]] ExactSum negated() const;

 private:
  std::vector<double> parts_;
};

}  // namespace jixiao::numeric
