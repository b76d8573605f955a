// exp, ln, log2, log10 and powers with the same bits on every processor. (The C library's pow picks
// another version where it finds fused multiply-add, so its last bits depend on the machine.)
//
// Only + - * / and bit moves, so a loop over them becomes vector code with unchanged results (no
// fused multiply-add: -ffp-contract=off). The error of exp and the logarithms stays below 0.7 units
// in the last place, and powers of 2 and 10 give whole logarithms; that of powers below 0.6 units
// up to 1e30 and 1.2 at the ends of the range, and a power that is a double is met exactly.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#if defined(__GNUC__)
#define JIXIAO_INLINE [[gnu::always_inline]] inline
#else
#define JIXIAO_INLINE inline
#endif

namespace jixiao::numeric::elementary {

// An unevaluated sum, high part first.
struct Pair {
  double high;
  double low;
};

JIXIAO_INLINE Pair add_exactly(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

JIXIAO_INLINE Pair multiply_exactly(double a, double b) {
  constexpr double splitter = 134217729.0;  // 2^27 + 1
  const double a_big = splitter * a;
  const double b_big = splitter * b;
  const double a_high = a_big - (a_big - a);
  const double b_high = b_big - (b_big - b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

// e^(x + more), for -746 <= x <= 711 or NaN and `more` far smaller than x or 1.
JIXIAO_INLINE double exp_of_sum(double x, double more) {
  constexpr double shift = 0x1.8p52;  // adding it rounds to a whole number, left in the low bits
  constexpr double log2_e = 0x1.71547652b82fep+0;
  constexpr double ln2_high = 0x1.62e42ff000000p-1;  // 33 bits: times a whole number up to 2^11 it
                                                     // is exact
  constexpr double ln2_low = -0x1.718432a1b0e26p-35;
  const double shifted = x * log2_e + shift;
  const double k = shifted - shift;
  const double coarse = x - k * ln2_high;
  const double fine = k * ln2_low;
  const double reduced = coarse - fine;
  const double rest = ((coarse - reduced) - fine) + more;
  const double r = reduced + rest;
  const double lost = rest - (r - reduced);
  double series = 1.0 / 6227020800.0;
  series = series * r + 1.0 / 479001600.0;
  series = series * r + 1.0 / 39916800.0;
  series = series * r + 1.0 / 3628800.0;
  series = series * r + 1.0 / 362880.0;
  series = series * r + 1.0 / 40320.0;
  series = series * r + 1.0 / 5040.0;
  series = series * r + 1.0 / 720.0;
  series = series * r + 1.0 / 120.0;
  series = series * r + 1.0 / 24.0;
  series = series * r + 1.0 / 6.0;
  series = series * r + 0.5;
  const double one_and_r = 1.0 + r;
  const double r_lost = r - (one_and_r - 1.0);
  const double mantissa = one_and_r + (r_lost + (r * r * series + lost));
  // Two factors, so that a result too small for a normal number is rounded once, and 2^1024 is
  // reached.
  const std::uint64_t whole = std::bit_cast<std::uint64_t>(shifted) -
                              std::bit_cast<std::uint64_t>(shift) + 4096U;
  const std::uint64_t half = whole >> 1U;
  const double first = std::bit_cast<double>((half - 2048U + 1023U) << 52U);
  const double second = std::bit_cast<double>((whole - half - 2048U + 1023U) << 52U);
  return mantissa * first * second;
}

// Past these ends e^x is infinity or zero anyway; NaN fails both comparisons and goes through.
JIXIAO_INLINE double hold_exponent(double x) {
  const double held = x > 711.0 ? 711.0 : x;
  return held < -746.0 ? -746.0 : held;
}

JIXIAO_INLINE double exp(double x) {
  const double result = exp_of_sum(hold_exponent(x), 0.0);
  return x != x ? x : result;
}

// x = 2^power * m with m between the roots of 1/2 and 2, for finite x > 0; s = (m - 1)/(m + 1) as a
// pair. ln(m) is 2 s (1 + s^2/3 + s^4/5 + ...).
struct Split {
  double power;
  Pair s;
};

JIXIAO_INLINE Split split(double x) {
  const bool tiny = x < 0x1p-1022;
  const double lifted = x * 0x1p54;
  const double normal = tiny ? lifted : x;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(normal);
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdU;  // the bits of the root of 1/2
  const std::uint64_t above = bits - root_half;
  // power + 1024, never negative
  const std::uint64_t biased = (above + (std::uint64_t{1} << 62U)) >> 52U;
  const double power = (std::bit_cast<double>(biased | 0x4330000000000000U) - 0x1p52) - 1024.0;
  const double m = std::bit_cast<double>(bits - (above & 0xfff0000000000000U));
  const double f = m - 1.0;
  const Pair d = add_exactly(m, 1.0);
  const double s = f / d.high;
  const Pair back = multiply_exactly(s, d.high);
  const double s_low = (((f - back.high) - back.low) - s * d.low) / d.high;
  return {tiny ? power - 54.0 : power, {s, s_low}};
}

// 1/5 + z/7 + z^2/9 + ... to 1/23.
JIXIAO_INLINE double series_from_fifth(double z) {
  double series = 1.0 / 23.0;
  series = series * z + 1.0 / 21.0;
  series = series * z + 1.0 / 19.0;
  series = series * z + 1.0 / 17.0;
  series = series * z + 1.0 / 15.0;
  series = series * z + 1.0 / 13.0;
  series = series * z + 1.0 / 11.0;
  series = series * z + 1.0 / 9.0;
  series = series * z + 1.0 / 7.0;
  return series * z + 1.0 / 5.0;
}

// ln(m) to about 2^-60 of itself.
struct Logarithm {
  double power;
  Pair of_mantissa;
};

JIXIAO_INLINE Logarithm logarithm(double x) {
  const Split parts = split(x);
  const double s = parts.s.high;
  const double z = s * s;
  const double tail = parts.s.low + s * z * (series_from_fifth(z) * z + 1.0 / 3.0);
  const double high = 2.0 * (s + tail);
  return {parts.power, {high, 2.0 * ((s - 0.5 * high) + tail)}};
}

// ln(x) to about 2^-65 of itself: what a power needs, whose exponent multiplies the error.
JIXIAO_INLINE Pair long_logarithm(double x) {
  constexpr double ln2_high = 0x1.62e42fefa4000p-1;
  constexpr double ln2_low = -0x1.8432a1b0e2634p-43;
  constexpr double third_high = 0x1.5555555555555p-2;
  constexpr double third_low = 0x1.5555555555555p-56;
  const Split parts = split(x);
  const double s = parts.s.high;
  Pair z = multiply_exactly(s, s);
  z.low += 2.0 * s * parts.s.low;
  const Pair third = multiply_exactly(z.high, third_high);
  const double further = z.high * z.high * series_from_fifth(z.high);
  const double series = third.high + further;
  const double series_low = ((third.high - series) + further) +
                            (third.low + (z.high * third_low + z.low * third_high));
  const Pair product = multiply_exactly(s, series);
  const double tail = product.high + parts.s.low;
  const double sum = s + tail;
  const double sum_low = ((s - sum) + tail) +
                         (((product.high - tail) + parts.s.low) +
                          (product.low + s * series_low + parts.s.low * series));
  const Pair all = add_exactly(parts.power * ln2_high, 2.0 * sum);
  const double low = all.low + (parts.power * ln2_low + 2.0 * sum_low);
  const double high = all.high + low;
  return {high, (all.high - high) + low};
}

// The values a logarithm has where the arithmetic above means nothing.
JIXIAO_INLINE double logarithm_or_edge(double x, double value) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const double at_most_zero = x == 0.0 ? -infinity : nan;
  const double inside = x < infinity ? value : x;
  return x > 0.0 ? inside : at_most_zero;
}

JIXIAO_INLINE double ln(double x) {
  constexpr double ln2_high = 0x1.62e42fefa4000p-1;
  constexpr double ln2_low = -0x1.8432a1b0e2634p-43;
  const Logarithm l = logarithm(x);
  const Pair sum = add_exactly(l.power * ln2_high, l.of_mantissa.high);
  return logarithm_or_edge(x, sum.high + (sum.low + (l.power * ln2_low + l.of_mantissa.low)));
}

JIXIAO_INLINE double log2(double x) {
  constexpr double scale_high = 0x1.71547652b82fep+0;
  constexpr double scale_low = 0x1.777d0ffda0d24p-56;
  const Logarithm l = logarithm(x);
  const Pair part = multiply_exactly(l.of_mantissa.high, scale_high);
  const Pair sum = add_exactly(l.power, part.high);
  const double rest = part.low + (l.of_mantissa.high * scale_low + l.of_mantissa.low * scale_high);
  return logarithm_or_edge(x, sum.high + (sum.low + rest));
}

JIXIAO_INLINE double log10(double x) {
  constexpr double scale_high = 0x1.bcb7b1526e50ep-2;
  constexpr double scale_low = 0x1.95355baaafad3p-57;
  constexpr double log10_2_high = 0x1.34413509f8000p-2;
  constexpr double log10_2_low = -0x1.80433b83b532ap-44;
  const Logarithm l = logarithm(x);
  const Pair part = multiply_exactly(l.of_mantissa.high, scale_high);
  const Pair sum = add_exactly(l.power * log10_2_high, part.high);
  const double rest = part.low + (l.of_mantissa.high * scale_low + l.of_mantissa.low * scale_high) +
                      l.power * log10_2_low;
  return logarithm_or_edge(x, sum.high + (sum.low + rest));
}

// The nearest whole number to x >= 0; every number from 2^52 on is one.
JIXIAO_INLINE double nearest_whole(double x) {
  const double rounded = (x + 0x1p52) - 0x1p52;
  return x < 0x1p52 ? rounded : x;
}

// x to the power y, with the edges of IEEE 754: anything to the power 0 and 1 to any power are 1.
JIXIAO_INLINE double power(double x, double y) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63U;
  constexpr std::uint64_t one_bits = std::bit_cast<std::uint64_t>(1.0);
  const double size = x < 0.0 ? -x : x;
  const double y_size = y < 0.0 ? -y : y;
  // An exponent beyond 2^64 has long reached zero or infinity, unless the base is 1.
  const double held_below = y > 0x1p65 ? 0x1p65 : y;
  const double held = held_below < -0x1p65 ? -0x1p65 : held_below;
  const Pair log = long_logarithm(size);
  const Pair product = multiply_exactly(held, log.high);
  const double product_low = product.low + held * log.low;
  const double exponent = hold_exponent(product.high);
  const double regular = exp_of_sum(exponent, exponent == product.high ? product_low : 0.0);
  // Chosen step by step rather than by joined conditions: each line stays one vector instruction.
  const double with_growth = y > 0.0 ? infinity : 0.0;
  const double with_decay = y > 0.0 ? 0.0 : infinity;
  const double unbounded = size > 1.0 ? with_growth : with_decay;
  double magnitude = size == 0.0 ? unbounded : regular;
  magnitude = size == infinity ? unbounded : magnitude;
  magnitude = y_size == infinity ? unbounded : magnitude;
  const double half = 0.5 * y_size;
  const double odd_sign =
      nearest_whole(half) == half
          ? 1.0
          : std::bit_cast<double>((std::bit_cast<std::uint64_t>(x) & sign_bit) | one_bits);
  const double sign = nearest_whole(y_size) == y_size ? odd_sign : 1.0;
  const double signed_result = magnitude * sign;
  // A negative base has a real power only for whole exponents.
  double outside = x < 0.0 ? nan : signed_result;
  outside = size == infinity ? signed_result : outside;
  double result = nearest_whole(y_size) == y_size ? signed_result : outside;
  result = x != x ? x : result;
  result = y != y ? y : result;
  result = y == 0.0 ? 1.0 : result;
  result = x == 1.0 ? 1.0 : result;
  const double one_or_result = size == 1.0 ? 1.0 : result;
  return y_size == infinity ? one_or_result : result;
}

}  // namespace jixiao::numeric::elementary
