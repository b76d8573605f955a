// The engine's own sin and cos against the C library's in long double.
#include "numeric/trigonometry.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

namespace elementary = jixiao::numeric::elementary;

namespace {

// The error in units in the last place of the exact value.
double error_of(double found, long double exact) {
  const double near = static_cast<double>(exact);
  const double unit = std::nextafter(std::fabs(near), 2.0) - std::fabs(near);
  return static_cast<double>(std::fabs(static_cast<long double>(found) - exact)) / unit;
}

}  // namespace

TEST_CASE("sin and cos are within one unit of the exact value up to 2^30",
          "[formula][trigonometry]") {
  std::mt19937_64 random(7);
  double worst = 0;
  for (const double range : {0.8, 7.0, 1e3, 1e6, 0x1p30}) {
    std::uniform_real_distribution<double> spread(-range, range);
    for (int i = 0; i < 100000; ++i) {
      const double x = spread(random);
      worst = std::max(worst, error_of(elementary::sin(x), std::sin(static_cast<long double>(x))));
      worst = std::max(worst, error_of(elementary::cos(x), std::cos(static_cast<long double>(x))));
    }
  }
  // Next to the multiples of pi/2, where the digits cancel.
  for (int k = -200000; k <= 200000; k += 7) {
    const double x = k * 1.57079632679489661923;
    worst = std::max(worst, error_of(elementary::sin(x), std::sin(static_cast<long double>(x))));
    worst = std::max(worst, error_of(elementary::cos(x), std::cos(static_cast<long double>(x))));
  }
  CHECK(worst < 1.0);
}

TEST_CASE("the edges of sin and cos", "[formula][trigonometry]") {
  CHECK(elementary::sin(0.0) == 0.0);
  CHECK(std::signbit(elementary::sin(-0.0)));
  CHECK(elementary::cos(0.0) == 1.0);
  CHECK(elementary::sin(1e-300) == 1e-300);
  for (const double x : {HUGE_VAL, -HUGE_VAL, std::nan(""), 0x1.00001p30}) {
    CHECK(std::isnan(elementary::sin(x)));
    CHECK(std::isnan(elementary::cos(x)));
  }
}
