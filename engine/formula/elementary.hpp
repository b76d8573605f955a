// exp, ln, log2 and log10 with the same bits on every processor.
//
// Only + - * / and bit moves, so a loop over them becomes vector code with unchanged results (no fused multiply-add: -ffp-contract=off).
// The error stays below one unit in the last place; powers of 2 and 10 give whole logarithms.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#if defined(__GNUC__)
#define JIXIAO_INLINE [[gnu::always_inline]] inline
#else
#define JIXIAO_INLINE inline
#endif

namespace jixiao::formula::elementary {

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

JIXIAO_INLINE double exp(double x) {
  constexpr double shift = 0x1.8p52;                  // adding it rounds to a whole number, left in the low bits
  constexpr double log2_e = 0x1.71547652b82fep+0;
  constexpr double ln2_high = 0x1.62e42ff000000p-1;   // 33 bits: times a whole number up to 2^11 it is exact
  constexpr double ln2_low = -0x1.718432a1b0e26p-35;
  // Past these ends the result is infinity or zero anyway; NaN fails both comparisons and goes through.
  const double held_below = x > 711.0 ? 711.0 : x;
  const double held = held_below < -746.0 ? -746.0 : held_below;
  const double shifted = held * log2_e + shift;
  const double k = shifted - shift;
  const double coarse = held - k * ln2_high;
  const double fine = k * ln2_low;
  const double r = coarse - fine;
  const double lost = (coarse - r) - fine;
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
  // Two factors, so that a result too small for a normal number is rounded once, and 2^1024 is reached.
  const std::uint64_t whole = std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(shift) + 4096U;
  const std::uint64_t half = whole >> 1U;
  const double first = std::bit_cast<double>((half - 2048U + 1023U) << 52U);
  const double second = std::bit_cast<double>((whole - half - 2048U + 1023U) << 52U);
  const double scaled = mantissa * first * second;
  return x != x ? x : scaled;
}

// x = 2^power * m with m near 1; ln(m) = high + low to about 2^-60 of itself. x > 0 and finite.
struct Logarithm {
  double power;
  Pair of_mantissa;
};

JIXIAO_INLINE Logarithm logarithm(double x) {
  const bool tiny = x < 0x1p-1022;
  const double lifted = x * 0x1p54;
  const double normal = tiny ? lifted : x;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(normal);
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdU;  // bits of sqrt(1/2): m lies between it and sqrt(2)
  const std::uint64_t above = bits - root_half;
  const std::uint64_t biased = (above + (std::uint64_t{1} << 62U)) >> 52U;  // power + 1024, never negative
  const double power = (std::bit_cast<double>(biased | 0x4330000000000000U) - 0x1p52) - 1024.0;
  const double m = std::bit_cast<double>(bits - (above & 0xfff0000000000000U));
  const double f = m - 1.0;
  const Pair d = add_exactly(m, 1.0);
  const double s = f / d.high;
  const Pair back = multiply_exactly(s, d.high);
  const double s_low = (((f - back.high) - back.low) - s * d.low) / d.high;
  const double z = s * s;
  double series = 1.0 / 23.0;
  series = series * z + 1.0 / 21.0;
  series = series * z + 1.0 / 19.0;
  series = series * z + 1.0 / 17.0;
  series = series * z + 1.0 / 15.0;
  series = series * z + 1.0 / 13.0;
  series = series * z + 1.0 / 11.0;
  series = series * z + 1.0 / 9.0;
  series = series * z + 1.0 / 7.0;
  series = series * z + 1.0 / 5.0;
  series = series * z + 1.0 / 3.0;
  const double tail = s_low + s * z * series;
  const double high = 2.0 * (s + tail);
  return {tiny ? power - 54.0 : power, {high, 2.0 * ((s - 0.5 * high) + tail)}};
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
  const double rest = part.low + (l.of_mantissa.high * scale_low + l.of_mantissa.low * scale_high) + l.power * log10_2_low;
  return logarithm_or_edge(x, sum.high + (sum.low + rest));
}

}  // namespace jixiao::formula::elementary
