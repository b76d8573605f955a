// sin and cos with the same bits on every processor, to 1 unit in the last place for |x| <= 2^30;
// NaN beyond, where the last digit of x is an angle of its own.
#pragma once

#include "numeric/elementary.hpp"

namespace jixiao::numeric::elementary {

// x less the nearest multiple of pi/2, as a pair, and which multiple.
struct Angle {
  Pair rest;
  std::uint64_t quarter;  // its low two bits
};

JIXIAO_INLINE Angle reduce_angle(double x) {
  constexpr double shift = 0x1.8p52;  // adding it rounds to a whole number, left in the low bits
  constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
  // pi/2 in pieces of 22 bits: times a whole number up to 2^31 the first three are exact.
  constexpr double first = 0x1.921fbp+0;
  constexpr double second = 0x1.5110bp-22;
  constexpr double third = 0x1.184698p-44;
  constexpr double fourth = 0x1.3198a2e037073p-69;
  const double shifted = x * two_over_pi + shift;
  const double k = shifted - shift;
  const double coarse = x - k * first;
  const Pair finer = add_exactly(coarse, -(k * second));
  const Pair finest = add_exactly(finer.high, -(k * third));
  const double low = (finest.low + finer.low) - k * fourth;
  const Pair rest = add_exactly(finest.high, low);
  return {rest, std::bit_cast<std::uint64_t>(shifted)};
}

// On |r| <= pi/4: r - r^3/6 + ..., and 1 - r^2/2 + ...
JIXIAO_INLINE double sin_series(Pair r) {
  const double z = r.high * r.high;
  double series = 1.0 / 355687428096000.0;
  series = series * z - 1.0 / 1307674368000.0;
  series = series * z + 1.0 / 6227020800.0;
  series = series * z - 1.0 / 39916800.0;
  series = series * z + 1.0 / 362880.0;
  series = series * z - 1.0 / 5040.0;
  series = series * z + 1.0 / 120.0;
  series = series * z - 1.0 / 6.0;
  return r.high + (r.high * z * series + r.low * (1.0 - 0.5 * z));
}

JIXIAO_INLINE double cos_series(Pair r) {
  const double z = r.high * r.high;
  double series = -1.0 / 6402373705728000.0;
  series = series * z + 1.0 / 20922789888000.0;
  series = series * z - 1.0 / 87178291200.0;
  series = series * z + 1.0 / 479001600.0;
  series = series * z - 1.0 / 3628800.0;
  series = series * z + 1.0 / 40320.0;
  series = series * z - 1.0 / 720.0;
  series = series * z + 1.0 / 24.0;
  const double half = 0.5 * z;
  const double near = 1.0 - half;
  return near + (((1.0 - near) - half) + (z * z * series - r.high * r.low));
}

// sin(x + quarters * pi/2).
JIXIAO_INLINE double sin_turned(double x, std::uint64_t quarters) {
  const double size = x < 0.0 ? -x : x;
  const double held = size <= 0x1p30 ? x : 0.0;
  const Angle angle = reduce_angle(held);
  const std::uint64_t quarter = angle.quarter + quarters;
  const double along = (quarter & 1U) != 0 ? cos_series(angle.rest) : sin_series(angle.rest);
  const double turned = (quarter & 2U) != 0 ? -along : along;
  return size <= 0x1p30 ? turned : std::numeric_limits<double>::quiet_NaN();
}

JIXIAO_INLINE double sin(double x) { return x == 0.0 ? x : sin_turned(x, 0); }
JIXIAO_INLINE double cos(double x) { return sin_turned(x, 1); }

}  // namespace jixiao::numeric::elementary
