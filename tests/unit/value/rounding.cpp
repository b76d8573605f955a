#include "value/rounding.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <vector>

#include "value/decimals.hpp"

using jixiao::value::fixed;
using jixiao::value::plain;
using jixiao::value::Rounding;
using jixiao::value::RoundingMode;

namespace {

constexpr RoundingMode modes[] = {RoundingMode::half_up, RoundingMode::half_even,
                                  RoundingMode::down, RoundingMode::up};
std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

std::vector<double> adversarial() {
  std::vector<double> values = {0,
                                -0.0,
                                2.675,
                                1.005,
                                5.6000000000000005,
                                0.285,
                                -2.675,
                                1e15,
                                94.995,
                                0.1 + 0.2,
                                7 * 0.8,
                                89.995,
                                0.5,
                                1.5,
                                2.5,
                                -0.5,
                                0.125,
                                0.005,
                                0.015,
                                1e-9,
                                4.9e-10,
                                5e-10,
                                5e-324,
                                1e-300,
                                1e308,
                                1e22,
                                123456789012345678.0,
                                999999999999999.9,
                                99.995,
                                99.99499999999999,
                                9.9999999999999995,
                                0.0049999999999999999,
                                8.41 / 100,
                                1.1 * 3,
                                1e12 + 0.5,
                                1e13 + 0.5,
                                std::numeric_limits<double>::min(),
                                std::numeric_limits<double>::max()};
  const double infinity = std::numeric_limits<double>::infinity();
  const std::size_t seeds = values.size();
  for (std::size_t i = 0; i < seeds; ++i) {  // and everything a few last bits away
    double up = values[i];
    double down = values[i];
    for (int step = 0; step < 40; ++step) {
      values.push_back(up = std::nextafter(up, infinity));
      values.push_back(down = std::nextafter(down, -infinity));
    }
  }
  std::mt19937_64 random(20200610);
  for (int i = 0; i < 20000; ++i) {
    const double whole = static_cast<double>(random() % 2000000);
    double x = whole / 1000;  // thousandths: one in ten is a tie at two digits
    values.push_back(x);
    for (std::uint64_t step = random() % 64; step > 0; --step) x = std::nextafter(x, 1e300);
    values.push_back(x);
    values.push_back(-x);
    values.push_back(whole / 7);
    const double any = std::bit_cast<double>(random());
    if (!std::isnan(any)) values.push_back(any);
    values.push_back(
        std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 60) - 70));
  }
  return values;
}

}  // namespace

TEST_CASE("a tie is what a person reading the number calls a tie", "[value][rounding]") {
  const Rounding two;
  CHECK(two(2.675) == 2.68);
  CHECK(two(-2.675) == -2.68);
  CHECK(two(1.005) == 1.01);
  CHECK(two(0.285) == 0.29);
  CHECK(two(94.995) == 95.0);
  CHECK(two(89.995) == 90.0);
  CHECK(two(7 * 0.8) == 5.6);
  CHECK(two(94.8669) == 94.87);
  CHECK(two(94.8649999) == 94.86);
  CHECK(two(1e15) == 1e15);
  CHECK(two(5.625) == 5.63);
  CHECK(Rounding{9}(0.1 + 0.2) == 0.3);
  CHECK(Rounding{0}(0.5) == 1);
  CHECK(Rounding{0}(0.49999) == 0);
}

TEST_CASE("each mode has its own idea of a tie and of a rest", "[value][rounding]") {
  using enum RoundingMode;
  struct Row {
    double x;
    double up_on_tie, even, down, up;
  };
  const Row rows[] = {{2.665, 2.67, 2.66, 2.66, 2.67},
                      {2.675, 2.68, 2.68, 2.67, 2.68},
                      {-2.665, -2.67, -2.66, -2.66, -2.67},
                      {2.661, 2.66, 2.66, 2.66, 2.67},
                      {2.669, 2.67, 2.67, 2.66, 2.67},
                      {5.6000000000000005, 5.6, 5.6, 5.6, 5.6},
                      {0.29 * 100, 29, 29, 29, 29},
                      {1e-20, 0, 0, 0, 0.01},
                      {-1e-20, 0, 0, 0, -0.01}};
  for (const Row& row : rows) {
    CAPTURE(row.x);
    CHECK(Rounding{2, half_up}(row.x) == row.up_on_tie);
    CHECK(Rounding{2, half_even}(row.x) == row.even);
    CHECK(Rounding{2, down}(row.x) == row.down);
    CHECK(Rounding{2, up}(row.x) == row.up);
  }
}

TEST_CASE("what is no number passes through and zero has no sign", "[value][rounding]") {
  const double inf = std::numeric_limits<double>::infinity();
  for (const RoundingMode mode : modes) {
    const Rounding rounding{2, mode};
    CHECK(std::isnan(rounding(std::nan(""))));
    CHECK(rounding(inf) == inf);
    CHECK(rounding(-inf) == -inf);
    CHECK(bits(rounding(-0.0)) == bits(0.0));
  }
  CHECK(bits(Rounding{2}(-0.001)) == bits(0.0));
}

TEST_CASE("the quick way and the column give the bits of the definition", "[value][rounding]") {
  std::vector<double> values = adversarial();
  values.push_back(std::nan(""));
  values.push_back(std::numeric_limits<double>::infinity());
  for (const RoundingMode mode : modes) {
    for (const int digits : {0, 1, 2, 3, 6, 9}) {
      const Rounding rounding{digits, mode};
      std::vector<double> column = values;
      rounding.apply(column);
      std::size_t wrong = 0;
      double first = 0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint64_t expected = bits(rounding.by_digits(values[i]));
        if (bits(rounding(values[i])) != expected || bits(column[i]) != expected) {
          if (wrong++ == 0) first = values[i];
        }
      }
      CAPTURE(static_cast<int>(mode), digits, first);
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("rounding twice changes nothing", "[value][rounding]") {
  for (const RoundingMode mode : modes) {
    const Rounding rounding{2, mode};
    std::size_t wrong = 0;
    for (const double x : adversarial()) wrong += bits(rounding(rounding(x))) != bits(rounding(x));
    CHECK(wrong == 0);
  }
}

TEST_CASE("a column of any length is rounded to its end", "[value][rounding]") {
  for (const std::size_t length : {0u, 1u, 7u, 255u, 256u, 257u, 1000u}) {
    std::vector<double> column(length, 2.675);
    Rounding{2}.apply(column);
    for (const double x : column) REQUIRE(x == 2.68);
  }
}

// 5.71 out of 25 of a block that 5 left is 6.852 on paper, and 6.851999999999999 as a product.
TEST_CASE("a weight has the decimals it has on paper", "[value][rounding]") {
  using jixiao::value::beside_weight;
  using jixiao::value::decimals;
  CHECK(5.71 * (30.0 / 25) != 6.852);
  CHECK(decimals(5.71 * (30.0 / 25)) == 3);
  CHECK(beside_weight({2, RoundingMode::half_up}, 5.71 * (30.0 / 25)).digits == 3);
  CHECK(beside_weight({2, RoundingMode::half_up}, 40.0 / 6).digits == 2);
  CHECK(decimals(0.1 + 0.2) == 1);
  CHECK(decimals(6.85200001, 3) == std::nullopt);
  CHECK(decimals(-1.25) == 2);
  CHECK(decimals(0) == 0);
  CHECK(decimals(std::numeric_limits<double>::infinity()) == std::nullopt);
}

TEST_CASE("points are printed as they were decided", "[value][rounding]") {
  CHECK(fixed(94.8669, 2) == "94.87");
  CHECK(fixed(2.675, 2) == "2.68");
  CHECK(fixed(9.4, 2) == "9.40");
  CHECK(fixed(-0.004, 2) == "0.00");
  CHECK(fixed(8.62, 0) == "9");
  CHECK(fixed(1e22, 2) == "10000000000000000000000.00");
  CHECK(fixed(std::nan(""), 2) == "nan");
  CHECK(fixed(std::numeric_limits<double>::max(), 9).size() == 309 + 10);
}

TEST_CASE("plain numbers carry no more than they say", "[value][rounding]") {
  CHECK(plain(94.5) == "94.5");
  CHECK(plain(300) == "300");
  CHECK(plain(0.0417) == "0.0417");
  CHECK(plain(0.1 + 0.2) == "0.3");
  CHECK(plain(-0.00001) == "0");
  CHECK(plain(4.16666666) == "4.1667");
  CHECK(plain(100, 0) == "100");
  CHECK(plain(870000, 4, true) == "870,000");
  CHECK(plain(-1128000.5, 4, true) == "-1,128,000.5");
  CHECK(plain(-100, 4, true) == "-100");
  CHECK(plain(999, 4, true) == "999");
  CHECK(plain(1000, 4, true) == "1,000");
}
