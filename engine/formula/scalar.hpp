// What every operator and function of a formula means for one row. muParser, the scalar path and
// the columns all use these definitions.
#pragma once

#include <cmath>
#include <limits>

#include "numeric/elementary.hpp"
#include "value/date.hpp"
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

// x, or the whole number that x prints as in 15 significant digits.
JIXIAO_INLINE double settle(double x) {
  const double size = std::fabs(x);
  // Half a unit of the 15th digit, by the number of digits before the decimal point.
  double half_unit = 0.5e-15;
  half_unit = size >= 1.0 ? 0.5e-14 : half_unit;
  half_unit = size >= 1e1 ? 0.5e-13 : half_unit;
  half_unit = size >= 1e2 ? 0.5e-12 : half_unit;
  half_unit = size >= 1e3 ? 0.5e-11 : half_unit;
  half_unit = size >= 1e4 ? 0.5e-10 : half_unit;
  half_unit = size >= 1e5 ? 0.5e-9 : half_unit;
  half_unit = size >= 1e6 ? 0.5e-8 : half_unit;
  half_unit = size >= 1e7 ? 0.5e-7 : half_unit;
  half_unit = size >= 1e8 ? 0.5e-6 : half_unit;
  half_unit = size >= 1e9 ? 0.5e-5 : half_unit;
  half_unit = size >= 1e10 ? 0.5e-4 : half_unit;
  half_unit = size >= 1e11 ? 0.5e-3 : half_unit;
  half_unit = size >= 1e12 ? 0.5e-2 : half_unit;
  half_unit = size >= 1e13 ? 0.5e-1 : half_unit;
  half_unit = size >= 1e14 ? 0.5 : half_unit;
  const double whole = nearest(x);
  // A number below 0.1 has all its 15 digits behind the point: whole is then 0 and is not what it
  // prints as.
  half_unit = whole == 0.0 ? 0.0 : half_unit;
  half_unit = size < 1e15 ? half_unit : 0.0;
  return std::fabs(x - whole) <= half_unit ? whole : x;
}

JIXIAO_INLINE double floor(double x) {
  const double settled = settle(x);
  const double whole = nearest(settled);
  const double below = whole > settled ? whole - 1.0 : whole;
  return settled == whole ? settled : below;
}
// Subtracted from zero rather than negated: ceil(-0.3) is 0, not -0.
JIXIAO_INLINE double ceil(double x) { return 0.0 - floor(-x); }
JIXIAO_INLINE double trunc(double x) {
  const double size = floor(std::fabs(x));
  const double negative = 0.0 - size;
  return x < 0.0 ? negative : size;
}

// How many steps of `size` fit in x; nothing below zero, and no answer for a step that is not
// positive.
JIXIAO_INLINE double steps(double x, double size, double count) {
  const double counted = x <= 0.0 ? 0.0 : count;
  return size > 0.0 ? counted : nan;
}
JIXIAO_INLINE double steps_fraction(double x, double size) { return steps(x, size, x / size); }
JIXIAO_INLINE double steps_full(double x, double size) { return steps(x, size, floor(x / size)); }
JIXIAO_INLINE double steps_ceil(double x, double size) { return steps(x, size, ceil(x / size)); }

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
  const double day = floor(x);
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
