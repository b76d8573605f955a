#include "prover/range.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"

namespace jixiao::prover {
namespace {

constexpr double infinity = Range::infinity;
constexpr double largest = std::numeric_limits<double>::max();
// Below this size a product's error is itself too small to be a double.
constexpr double exact_from = 1e-280;

double below(double x) { return std::nextafter(x, -infinity); }
double above(double x) { return std::nextafter(x, infinity); }

// The largest double that is not above a + b.
double sum_below(double a, double b) {
  const double sum = a + b;
  if (std::isnan(sum)) return -infinity;
  if (std::isinf(sum)) return sum > 0 && std::isfinite(a) && std::isfinite(b) ? largest : sum;
  const double part = sum - a;
  const double error = (a - (sum - part)) + (b - part);
  return error < 0 || std::isnan(error) ? below(sum) : sum;
}

// The same of a * b; 0 times anything is 0, since an end that is infinite is no member.
double product_below(double a, double b) {
  if (a == 0 || b == 0) return 0;
  const double product = a * b;
  if (std::isinf(product))
    return product > 0 && std::isfinite(a) && std::isfinite(b) ? largest : product;
  if (std::fabs(product) < exact_from) return below(product);
  return std::fma(a, b, -product) < 0 ? below(product) : product;
}

// The same of a / b, for b that is not 0.
double quotient_below(double a, double b) {
  if (a == 0) return 0;
  if (std::isinf(b)) return (a > 0) == (b > 0) ? 0 : (std::isinf(a) ? -infinity : below(0.0));
  const double quotient = a / b;
  if (std::isinf(quotient)) return quotient > 0 && std::isfinite(a) ? largest : quotient;
  if (std::fabs(quotient) < exact_from || std::fabs(a) < exact_from) return below(quotient);
  const double rest = std::fma(-quotient, b, a);
  return rest != 0 && (rest < 0) == (b > 0) ? below(quotient) : quotient;
}

double quotient_above(double a, double b) { return -quotient_below(-a, b); }
double product_above(double a, double b) { return -product_below(-a, b); }

bool is_whole(double x) { return std::fabs(x) < 0x1p53 && std::nearbyint(x) == x; }

}  // namespace

Range wider(const Range& a) { return {below(a.low), above(a.high)}; }

Range wider(Range a, int steps) {
  for (int i = 0; i < steps; ++i) a = wider(a);
  return a;
}

Range hull(const Range& a, const Range& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

Range common(const Range& a, const Range& b) {
  const Range both{std::max(a.low, b.low), std::min(a.high, b.high)};
  if (both.low <= both.high) return both;
  return Range::point(a.high < b.low ? a.high : a.low);
}

Range operator+(const Range& a, const Range& b) {
  return {sum_below(a.low, b.low), -sum_below(-a.high, -b.high)};
}
Range operator-(const Range& a) { return {-a.high, -a.low}; }
Range operator-(const Range& a, const Range& b) { return a + -b; }

Range operator*(const Range& a, const Range& b) {
  return {std::min({product_below(a.low, b.low), product_below(a.low, b.high),
                    product_below(a.high, b.low), product_below(a.high, b.high)}),
          std::max({product_above(a.low, b.low), product_above(a.low, b.high),
                    product_above(a.high, b.low), product_above(a.high, b.high)})};
}

Range operator/(const Range& a, const Range& b) {
  if (b.contains(0)) return Range::everything();
  return {std::min({quotient_below(a.low, b.low), quotient_below(a.low, b.high),
                    quotient_below(a.high, b.low), quotient_below(a.high, b.high)}),
          std::max({quotient_above(a.low, b.low), quotient_above(a.low, b.high),
                    quotient_above(a.high, b.low), quotient_above(a.high, b.high)})};
}

Range absolute(const Range& a) {
  if (a.low >= 0) return a;
  if (a.high <= 0) return -a;
  return {0, std::max(-a.low, a.high)};
}

Range root(const Range& a) {
  const Range found =
      wider(Range{std::sqrt(std::max(a.low, 0.0)), std::sqrt(std::max(a.high, 0.0))});
  return {std::max(found.low, 0.0), found.high};
}

Range power(const Range& a, const Range& b) {
  constexpr int off = 4;  // units in the last place a power may be off, and more
  const auto of = [](double base, double exponent) {
    return numeric::elementary::power(base, exponent);
  };
  if (a.low > 0 || (a.low >= 0 && b.low >= 0)) {
    const double corners[] = {of(a.low, b.low), of(a.low, b.high), of(a.high, b.low),
                              of(a.high, b.high)};
    Range found{corners[0], corners[0]};
    for (const double corner : corners) {
      if (std::isnan(corner)) return Range::everything();
      found = hull(found, Range::point(corner));
    }
    // x to the power 0 is 1 even where x is 0.
    if (a.low == 0 && b.low <= 0) found = hull(found, Range{0, 1});
    found = wider(found, off);
    return {std::max(found.low, 0.0), found.high};
  }
  if (!b.is_point() || !is_whole(b.low) || (b.low < 0 && a.contains(0))) return Range::everything();
  Range found = hull(Range::point(of(a.low, b.low)), Range::point(of(a.high, b.low)));
  if (a.contains(0)) found = hull(found, Range::point(of(0.0, b.low)));
  if (std::isnan(found.low) || std::isnan(found.high)) return Range::everything();
  return wider(found, off);
}

}  // namespace jixiao::prover
