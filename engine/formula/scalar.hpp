// What every operator and function of a formula means for one row. muParser, the scalar path and
// the columns all use these definitions.
#pragma once

#include <cmath>
#include <limits>

#include "numeric/elementary.hpp"
#include "value/date.hpp"
#include "value/edge.hpp"
#include "value/rounding.hpp"

namespace jixiao::formula::scalar {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// A NaN among the arguments is the result, wherever it stands: the smaller of 1 and "cannot be
// computed" is not 1.
JIXIAO_INLINE double minimum(double a, double b) {
  const double smaller = b < a ? b : a;
  return b != b ? b : smaller;
}
JIXIAO_INLINE double maximum(double a, double b) {
  const double larger = a < b ? b : a;
  return b != b ? b : larger;
}
JIXIAO_INLINE double clamp(double x, double low, double high) {
  return maximum(minimum(x, high), low);
}

JIXIAO_INLINE double sign(double x) {
  const double zero_or_nan = x == 0.0 ? 0.0 : x;
  const double not_positive = x < 0.0 ? -1.0 : zero_or_nan;
  return x > 0.0 ? 1.0 : not_positive;
}

// The nearest whole number (a half to the even one); infinities and NaN stay.
JIXIAO_INLINE double nearest(double x) {
  constexpr double unit = 0x1p52;  // from here on every number is whole
  const double size = std::fabs(x);
  const double whole = std::copysign((size + unit) - unit, x);
  return size < unit ? whole : x;
}

// Comparisons answer 1 or 0; NaN when they see NaN. The plain ones are for numbers as they were
// given: equal when they are the same number.
JIXIAO_INLINE double unless_nan(double a, double b, double answer) {
  const double not_b = b != b ? nan : answer;
  return a != a ? nan : not_b;
}
JIXIAO_INLINE double less(double a, double b) { return unless_nan(a, b, a < b ? 1.0 : 0.0); }
JIXIAO_INLINE double less_equal(double a, double b) { return unless_nan(a, b, a <= b ? 1.0 : 0.0); }
JIXIAO_INLINE double equal(double a, double b) { return unless_nan(a, b, a == b ? 1.0 : 0.0); }
JIXIAO_INLINE double unequal(double a, double b) { return unless_nan(a, b, a != b ? 1.0 : 0.0); }

// The same where the two may each be off, by `bound` together. An answer needs a bound: NaN where
// that, or the difference, is not finite.
JIXIAO_INLINE double if_bounded(double difference, double bound, double answer) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return std::fabs(difference) + bound < infinity ? answer : nan;
}
JIXIAO_INLINE double less_within(double a, double b, double bound) {
  return if_bounded(a - b, bound, a - b < -bound ? 1.0 : 0.0);
}
JIXIAO_INLINE double less_equal_within(double a, double b, double bound) {
  return if_bounded(a - b, bound, a - b <= bound ? 1.0 : 0.0);
}
JIXIAO_INLINE double equal_within(double a, double b, double bound) {
  return if_bounded(a - b, bound, std::fabs(a - b) <= bound ? 1.0 : 0.0);
}
// Bounds relative to the numbers.
JIXIAO_INLINE double bound_of(double a, double b, double of_a, double of_b) {
  return of_a * std::fabs(a) + of_b * std::fabs(b);
}

// A condition is false where it is 0.
JIXIAO_INLINE double both(double a, double b) {
  return unless_nan(a, b, (a != 0.0 ? 1.0 : 0.0) * (b != 0.0 ? 1.0 : 0.0));
}
JIXIAO_INLINE double either(double a, double b) {
  const double of_b = b != 0.0 ? 1.0 : 0.0;
  return unless_nan(a, b, a != 0.0 ? 1.0 : of_b);
}
JIXIAO_INLINE double opposite(double a) {
  const double one_or_nan = a != a ? nan : 0.0;
  return a == 0.0 ? 1.0 : one_or_nan;
}
JIXIAO_INLINE double choose(double condition, double then, double otherwise) {
  const double chosen = condition == 0.0 ? otherwise : then;
  return condition != condition ? nan : chosen;
}
// 0 where it may be zero, else x: no division by what is zero on paper.
JIXIAO_INLINE double zero_within(double x, double bound) { return std::fabs(x) <= bound ? 0.0 : x; }

// Whether a value is there; and 0 in the place of one that is not.
JIXIAO_INLINE double given(double x) { return x != x ? 0.0 : 1.0; }
JIXIAO_INLINE double or_zero(double x) { return x != x ? 0.0 : x; }

// Partial functions have no value outside their domain, and at their poles.
JIXIAO_INLINE double divide(double a, double b) {
  const double quotient = a / b;
  return b == 0.0 ? nan : quotient;
}
JIXIAO_INLINE double scaled(double a, double b, double c) {
  const double quotient = a * b / c;
  return c == 0.0 ? nan : quotient;
}
JIXIAO_INLINE double power(double a, double b) {
  const double result = numeric::elementary::power(a, b);
  const double at_zero = b < 0.0 ? nan : result;
  return unless_nan(a, b, a == 0.0 ? at_zero : result);  // IEEE 754 makes 1 of NaN to the power 0
}
JIXIAO_INLINE double ln(double x) { return x == 0.0 ? nan : numeric::elementary::ln(x); }
JIXIAO_INLINE double log2(double x) { return x == 0.0 ? nan : numeric::elementary::log2(x); }
JIXIAO_INLINE double log10(double x) { return x == 0.0 ? nan : numeric::elementary::log10(x); }

// How far the results of functions may be off, besides their own rounding, when their arguments are
// off by the bounds given. The smaller of two: off as far as the one taken, or as either where they
// may be equal. With -a and -b: the larger.
JIXIAO_INLINE double minimum_bound(double a, double b, double bound_of_a, double bound_of_b) {
  const double taken = b < a ? bound_of_b : bound_of_a;
  const double larger = bound_of_a < bound_of_b ? bound_of_b : bound_of_a;
  return std::fabs(a - b) < bound_of_a + bound_of_b ? larger : taken;
}
JIXIAO_INLINE double root_bound(double root, double bound) {
  const double least = std::sqrt(bound);
  const double steep = bound / (root < least ? least : root);
  return bound == 0.0 ? 0.0 : steep;
}
JIXIAO_INLINE double power_bound(double base, double exponent, double bound) {
  const double size = std::fabs(base);
  const double farther = size + bound;
  const double nearer = size < bound ? bound : size;
  const double slope =
      std::fabs(exponent) *
      numeric::elementary::power(exponent >= 1.0 ? farther : nearer, exponent - 1.0);
  const double result = slope * bound;
  return bound == 0.0 ? 0.0 : result;
}

// The whole number within `bound` of x if there is one, else the next below.
JIXIAO_INLINE double floor_within(double x, double bound) {
  const double whole = nearest(x);
  const double below = whole > x ? whole - 1.0 : whole;
  const double result = std::fabs(x - whole) <= bound ? whole : below;
  return bound != bound ? nan : result;
}
// Subtracted from zero rather than negated: ceil(-0.3) is 0, not -0.
JIXIAO_INLINE double ceil_within(double x, double bound) { return 0.0 - floor_within(-x, bound); }
JIXIAO_INLINE double trunc_within(double x, double bound) {
  const double size = floor_within(std::fabs(x), bound);
  const double negative = 0.0 - size;
  return x < 0.0 ? negative : size;
}
JIXIAO_INLINE double sign_within(double x, double bound) {
  return if_bounded(x, bound, sign(zero_within(x, bound)));
}
// Of a number as it was given.
JIXIAO_INLINE double floor(double x) { return floor_within(x, 0.0); }
JIXIAO_INLINE double ceil(double x) { return ceil_within(x, 0.0); }
JIXIAO_INLINE double trunc(double x) { return trunc_within(x, 0.0); }

// How many steps of `size` fit in x, where `count` says so for a positive one; nothing below zero,
// and no answer for a step that is not positive.
JIXIAO_INLINE double steps(double size, double count) {
  const double counted = maximum(0.0, count);
  return size > 0.0 ? counted : nan;
}
JIXIAO_INLINE double steps_fraction(double x, double size) { return steps(size, x / size); }
JIXIAO_INLINE double steps_full(double x, double size) {
  return steps(size, floor_within(x / size, 3.0 * value::one_rounding * std::fabs(x / size)));
}
JIXIAO_INLINE double steps_ceil(double x, double size) {
  return steps(size, ceil_within(x / size, 3.0 * value::one_rounding * std::fabs(x / size)));
}

// x moved away from zero by its bound: what may be a tie is rounded as one.
JIXIAO_INLINE double away(double x, double bound) { return x + std::copysign(bound, x); }
// A whole number 0..9; round() has no answer for others.
inline bool are_digits(double digits) {
  return digits >= 0.0 && digits <= 9.0 && static_cast<double>(static_cast<int>(digits)) == digits;
}
inline double round(double x, double digits) {
  return are_digits(digits)
             ? value::Rounding{static_cast<int>(digits), value::RoundingMode::half_up}(x)
             : nan;
}

// The calendar day a number stands for; `part` is asked for its year, month or day. Some four
// thousand years around 1970.
inline double part_of_date(double x, int (value::Date::*part)() const) {
  const double day = floor(x);  // a whole day stays itself
  if (!(std::fabs(day) < 719000.0)) return nan;
  return (value::Date{static_cast<std::int32_t>(day)}.*part)();
}
inline double year(double x) { return part_of_date(x, &value::Date::year); }
inline double month(double x) { return part_of_date(x, &value::Date::month); }
inline double day(double x) { return part_of_date(x, &value::Date::day); }

inline double workdays(const value::Calendar& calendar, double from, double to) {
  return calendar.workdays_between(from, to);
}

}  // namespace jixiao::formula::scalar
