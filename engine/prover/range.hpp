// Ranges of numbers that are sure: every operation rounds outward, so that no number it could make
// is left out.
#pragma once

#include <limits>

namespace jixiao::prover {

// All numbers from low to high, both included; an end may be infinite. NaN is no member: whoever
// keeps a range says beside it whether there may be no value.
struct Range {
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  double low = -infinity;
  double high = infinity;

  static Range everything() { return {}; }
  static Range point(double x) { return {x, x}; }
  [[nodiscard]] bool is_point() const { return low == high; }
  [[nodiscard]] bool contains(double x) const { return low <= x && x <= high; }
  [[nodiscard]] double width() const { return high - low; }
  [[nodiscard]] bool is_finite() const { return low > -infinity && high < infinity; }
  friend bool operator==(const Range&, const Range&) = default;
};

// One step outward at each end.
Range wider(const Range& a);
// `steps` units in the last place outward at each end.
Range wider(Range a, int steps);
Range hull(const Range& a, const Range& b);
// Requires: the two have a number in common; else the nearer end of `a`.
Range common(const Range& a, const Range& b);

Range operator+(const Range& a, const Range& b);
Range operator-(const Range& a, const Range& b);
Range operator-(const Range& a);
Range operator*(const Range& a, const Range& b);
// Everything where b contains 0.
Range operator/(const Range& a, const Range& b);
Range absolute(const Range& a);
// Of the numbers of `a` that are not negative; a point 0 where there are none.
Range root(const Range& a);
// a to the power b, of numbers a > 0 or whole b; everything where it may be neither.
Range power(const Range& a, const Range& b);

}  // namespace jixiao::prover
