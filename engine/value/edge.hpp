// When two numbers are equal: the one rule for every edge (docs/language.md, "Exact on paper is
// exact here"; docs/adr/0025).
//
// A double that was computed lies within a bound of the number on paper. Two numbers are equal when
// they differ by no more than the bounds of both; a < b holds when a is smaller and they are not
// equal. Formulas keep the bound of each value (formula/value_graph.cpp); numbers that reach other
// code, such as totals and sums, are taken to lie within `summed` of themselves.
#pragma once

#include <cmath>

namespace jixiao::value {

// The most one operation, or reading one decimal, changes a number, relative to it: half a unit in
// the last place, and a little more that covers the products of such errors and the rounding of the
// bounds themselves.
constexpr double one_rounding = 0x1.00001p-53;
// The bound of a number that a few sums and products made, relative to it: a model's result, an
// amount added up. Amounts of 10^12 yuan still differ by a cent.
constexpr double computed = 0x1p-48;
// The bound of a sum of points or weights, of which there may be hundreds.
constexpr double summed = 0x1p-44;

// Numbers that were computed. NaN is equal to nothing and reaches nothing.
inline bool is_equal(double a, double b, double bound = summed) {
  return a == b ||
         std::fabs(a - b) <= bound * (std::fabs(a) > std::fabs(b) ? std::fabs(a) : std::fabs(b));
}
inline bool is_less(double a, double b, double bound = summed) {
  return a < b && !is_equal(a, b, bound);
}
inline bool is_at_least(double a, double b, double bound = summed) {
  return a > b || is_equal(a, b, bound);
}
inline bool is_at_most(double a, double b, double bound = summed) {
  return a < b || is_equal(a, b, bound);
}

// The whole number x is equal to, else the next below or above.
inline double floor_of(double x, double bound = summed) {
  const double whole = std::nearbyint(x);
  return is_equal(x, whole, bound) ? whole : std::floor(x);
}
inline double ceil_of(double x, double bound = summed) { return 0.0 - floor_of(-x, bound); }

}  // namespace jixiao::value
