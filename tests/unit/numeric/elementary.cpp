// The engine's own exp and logarithms against the C library's.
#include "numeric/elementary.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace elementary = jixiao::numeric::elementary;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// Units in the last place between two results of one sign; 0 for two NaN.
std::int64_t apart(double a, double b) {
  if ((std::isnan(a) && std::isnan(b)) || a == b) return 0;
  if (std::isnan(a) != std::isnan(b)) return std::numeric_limits<std::int64_t>::max();
  return std::abs(std::bit_cast<std::int64_t>(a) - std::bit_cast<std::int64_t>(b));
}

}  // namespace

TEST_CASE("exp, ln, log2 and log10 are within one unit of the exact value",
          "[formula][elementary]") {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> wide(-750, 720), unit(0.5, 2);
  const auto check = [](double x) {
    // long double as the reference: the C library's own log10 is off by more than one unit now and
    // then.
    const double e = std::exp(x), l = std::log(x);
    const double l2 = static_cast<double>(std::log2(static_cast<long double>(x)));
    const double l10 = static_cast<double>(std::log10(static_cast<long double>(x)));
    if (apart(elementary::exp(x), e) > 1 || apart(elementary::ln(x), l) > 1 ||
        apart(elementary::log2(x), l2) > 1 || apart(elementary::log10(x), l10) > 1) {
      CAPTURE(x);
      CHECK(apart(elementary::exp(x), e) <= 1);
      CHECK(apart(elementary::ln(x), l) <= 1);
      CHECK(apart(elementary::log2(x), l2) <= 1);
      CHECK(apart(elementary::log10(x), l10) <= 1);
    }
  };
  for (int i = 0; i < 250000; ++i) {
    check(wide(random));
    check(unit(random));
    check(1 + (unit(random) - 1) * 1e-6);
    check(std::bit_cast<double>(random()));
  }
}

TEST_CASE("the edges of exp and the logarithms", "[formula][elementary]") {
  CHECK(elementary::exp(0) == 1);
  CHECK(elementary::exp(-0.0) == 1);
  CHECK(elementary::exp(infinite) == infinite);
  CHECK(elementary::exp(-infinite) == 0);
  CHECK(elementary::exp(709.782712893384) == std::exp(709.782712893384));
  CHECK(elementary::exp(709.79) == infinite);
  CHECK(elementary::exp(-745.13) == 5e-324);
  CHECK(elementary::exp(-745.14) == 0);
  CHECK(std::isnan(elementary::exp(std::nan(""))));
  for (const auto f : {&elementary::ln, &elementary::log2, &elementary::log10}) {
    CHECK(f(0) == -infinite);
    CHECK(f(-0.0) == -infinite);
    CHECK(std::isnan(f(-1)));
    CHECK(std::isnan(f(-infinite)));
    CHECK(f(infinite) == infinite);
    CHECK(std::isnan(f(std::nan(""))));
    CHECK(f(1) == 0);
  }
  CHECK(elementary::ln(5e-324) == std::log(5e-324));
}

TEST_CASE("powers are within one unit of the C library's", "[formula][elementary]") {
  const auto check = [](double x, double y) {
    const double expected = std::pow(x, y);
    const double found = elementary::power(x, y);
    if (apart(found, expected) > 1 || std::signbit(found) != std::signbit(expected)) {
      CAPTURE(x, y);
      if (!std::isnan(expected) || !std::isnan(found)) CHECK(found == expected);
    }
  };
  const double edges[] = {0.0,
                          -0.0,
                          1,
                          -1,
                          2,
                          -2,
                          0.5,
                          -0.5,
                          3,
                          -3,
                          1.0 / 3,
                          -1.0 / 3,
                          infinite,
                          -infinite,
                          std::nan(""),
                          5e-324,
                          -5e-324,
                          1e-310,
                          1e308,
                          -1e308,
                          1e19,
                          -1e19,
                          0x1p53,
                          0x1p53 - 1,
                          0x1p53 + 2,
                          1 - 0x1p53,
                          0x1p52 - 0.5,
                          -1.5,
                          2.5,
                          1023,
                          1024,
                          -1074,
                          -1075,
                          1.0000000000000002,
                          0.9999999999999999};
  for (const double x : edges) {
    for (const double y : edges) check(x, y);
  }
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> base(0, 200), exponent(-3, 3), near_one(0.5, 2),
      far(-700, 700);
  for (int i = 0; i < 150000; ++i) {
    check(base(random), exponent(random));
    check(near_one(random), far(random));
    check(-base(random), std::floor(far(random) / 10));
    check(std::bit_cast<double>(random()), exponent(random));
    check(std::bit_cast<double>(random()), std::bit_cast<double>(random()));
  }
}

TEST_CASE("a power that is a double is met exactly", "[formula][elementary]") {
  for (int x = 0; x <= 3000; ++x) {
    double product = 1;
    for (int n = 0; n <= 4; ++n, product *= x) REQUIRE(elementary::power(x, n) == product);
  }
  for (int x = 1; x <= 1000; ++x) REQUIRE(elementary::power(static_cast<double>(x) * x, 0.5) == x);
}

TEST_CASE("whole logarithms are whole", "[formula][elementary]") {
  for (int k = -1074; k <= 1023; ++k) REQUIRE(elementary::log2(std::ldexp(1, k)) == k);
  for (int k = 0; k <= 22; ++k) REQUIRE(elementary::log10(std::pow(10.0, k)) == k);
}
