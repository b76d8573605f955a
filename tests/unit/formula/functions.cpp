// What formulas compute.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>

#include "compiling.hpp"
#include "formula/scalar.hpp"
#include "value/rounding.hpp"

using namespace jixiao;
using jixiao::formula::compiled;
using jixiao::formula::value_of;

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
}  // namespace

TEST_CASE("operators bind as in muParser", "[formula]") {
  CHECK(value_of("1 + 2*3") == 7);
  CHECK(value_of("-2^2") == -4);
  CHECK(value_of("2^3^2") == 512);
  CHECK(value_of("2^-1") == 0.5);
  CHECK(value_of("8/4/2") == 1);
  CHECK(value_of("10-3-2") == 5);
  CHECK(value_of("1 || 0 && 0") == 1);
  CHECK(value_of("!0 + 1") == 2);
  CHECK(value_of("!(1 == 2)") == 1);
  CHECK(value_of("5 && 3") == 1);
  CHECK(value_of("1 ? 2 : 3 ? 4 : 5") == 2);
  CHECK(value_of("0 ? 2 : 0 ? 4 : 5") == 5);
  CHECK(value_of("1 ? 0 ? 7 : 8 : 9") == 8);
  CHECK(value_of("2*(1 > 0)") == 2);
}

TEST_CASE("functions", "[formula]") {
  CHECK(value_of("min(3, 1, 2)") == 1);
  CHECK(value_of("max(3)") == 3);
  CHECK(value_of("sum(1, 2, 3.5)") == 6.5);
  CHECK(value_of("avg(1, 2, 6)") == 3);
  CHECK(value_of("clamp(5, 0, 3)") == 3);
  CHECK(value_of("clamp(-5, 0, 3)") == 0);
  CHECK(value_of("abs(-2)") == 2);
  CHECK(value_of("sign(-2) + 10*sign(0) + 100*sign(7)") == 99);
  CHECK(value_of("sqrt(2)") == std::sqrt(2.0));
  CHECK(value_of("log10(1000)") == 3);
  CHECK(value_of("log2(1/1024)") == -10);
  CHECK(value_of("exp(0)") == 1);
  CHECK(value_of("ln(exp(1))") == 1);
  CHECK(value_of("year(18596)*10000 + month(18596)*100 + day(18596)") == 20201130);
  CHECK(std::isnan(value_of("year(1e9)")));
  CHECK(std::isnan(value_of("year(0/0)")));
}

TEST_CASE("floor, ceil and trunc take a number as it prints", "[formula]") {
  CHECK(value_of("floor(0.1*3*10)") == 3);
  CHECK(value_of("ceil(0.1*3*10)") == 3);
  CHECK(value_of("floor(2.9999999999999996)") == 3);
  CHECK(value_of("floor(180000/(3*300))") == 200);
  CHECK(value_of("floor(4.35*100)") == 435);
  CHECK(value_of("ceil(1.1*1.1*100)") == 121);
  CHECK(value_of("floor(2.99999999999999)") == 2);  // 15 digits say 2.99999999999999
  CHECK(value_of("floor(-2.5)") == -3);
  CHECK(value_of("ceil(-2.5)") == -2);
  CHECK(value_of("trunc(-2.5)") == -2);
  CHECK(value_of("trunc(2.5)") == 2);
  CHECK(value_of("floor(0.9999999999999999)") == 1);
  CHECK(value_of("floor(1e-20)") == 0);
  CHECK(value_of("ceil(1e-20)") == 1);
  CHECK(value_of("floor(-1e-20)") == -1);
  CHECK(value_of("floor(1e300)") == 1e300);
  CHECK(value_of("floor(4503599627370495.5)") == 4503599627370495.0);
  CHECK(std::isnan(value_of("floor(0/0)")));
  CHECK(value_of("floor(-1/0)") == -infinity);
}

TEST_CASE("floor agrees with 15 printed digits", "[formula]") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> mantissa(-1, 1);
  for (int i = 0; i < 300000; ++i) {
    double x = mantissa(random) * std::pow(10.0, static_cast<double>(random() % 17));
    if (i % 2 == 0) {  // close to a whole number
      x = std::nearbyint(x);
      for (auto steps = random() % 20; steps > 0; --steps)
        x = std::nextafter(x, i % 4 == 0 ? infinity : -infinity);
    }
    if (std::fabs(x) >= 9e14)
      continue;  // halves of 15-digit numbers: printf and nearest agree on even, but not on what is
                 // a tie
    char digits[40];
    std::snprintf(digits, sizeof digits, "%.15g", x);
    const double printed = std::strtod(digits, nullptr);
    const double expected = printed == std::floor(printed) ? printed : std::floor(x);
    if (formula::scalar::floor(x) != expected) {
      INFO(digits);
      CHECK(formula::scalar::floor(x) == expected);
    }
  }
}

TEST_CASE("round is the decimal rounding of points", "[formula]") {
  CHECK(value_of("round(2.675, 2)") == 2.68);
  CHECK(value_of("round(7*0.8, 2)") == 5.6);
  CHECK(value_of("round(-2.5, 0)") == -3);
  CHECK(std::isnan(value_of("round(1, 10)")));
  CHECK(std::isnan(value_of("round(1, 0.5)")));
  CHECK(std::isnan(value_of("round(1, -1)")));
  const auto rounding = compiled("round(A, 3)");
  std::mt19937_64 random(3);
  std::vector<double> column(2000);
  for (double& x : column)
    x = static_cast<double>(static_cast<std::int64_t>(random() % 2000000) - 1000000) / 2000;
  std::vector<double> out(column.size());
  const std::vector<formula::Column> columns(formula::usual_names().size(),
                                             formula::Column::of(column));
  rounding.formula.value().evaluate(columns, out);
  for (std::size_t i = 0; i < column.size(); ++i) REQUIRE(out[i] == value::Rounding{3}(column[i]));
}

TEST_CASE("steps", "[formula]") {
  CHECK(value_of("steps_full(10, 3)") == 3);
  CHECK(value_of("steps_ceil(10, 3)") == 4);
  CHECK(value_of("steps_fraction(10, 4)") == 2.5);
  CHECK(value_of("steps_full(0.3, 0.1)") == 3);
  CHECK(value_of("steps_ceil(0.3, 0.1)") == 3);
  CHECK(value_of("steps_ceil(0, 3)") == 0);
  CHECK(value_of("steps_ceil(-4, 3)") == 0);
  CHECK(std::isnan(value_of("steps_full(4, 0)")));
  CHECK(std::isnan(value_of("steps_full(-4, -1)")));
  CHECK(std::isnan(value_of("steps_fraction(0/0, 1)")));
}

TEST_CASE("not a number is never the better of two", "[formula]") {
  CHECK(std::isnan(value_of("min(1, 0/0)")));
  CHECK(std::isnan(value_of("min(0/0, 1)")));
  CHECK(std::isnan(value_of("max(1, 0/0, 2)")));
  CHECK(std::isnan(value_of("clamp(0/0, 0, 1)")));
  CHECK(std::isnan(value_of("clamp(1, 0/0, 2)")));
  CHECK(std::isnan(value_of("clamp(1, 0, 0/0)")));
  CHECK(std::isnan(value_of("sign(0/0)")));
  CHECK(std::isnan(formula::scalar::minimum(1, not_a_number)));
}

TEST_CASE("workdays asks the calendar", "[formula]") {
  auto calendar = std::make_shared<value::Calendar>();
  calendar->years = {2020};
  const double friday = value::Date::parse_iso("2020-11-27").value().days;
  CHECK(value_of("workdays(" + std::to_string(friday) + "," + std::to_string(friday + 3) + ")",
                 calendar) == 1);
  CHECK(std::isnan(value_of("workdays(0, 1)", calendar)));
}

TEST_CASE("a formula says what it uses and what it is made of", "[formula]") {
  const auto result = compiled("完成值 >= T ? W : min(W, 0.5)");
  const formula::Formula& f = result.formula.value();
  CHECK(std::vector<std::size_t>(f.used().begin(), f.used().end()) ==
        std::vector<std::size_t>{1, 2, 6});
  using Kind = formula::Token::Kind;
  const auto tokens = f.tokens();
  REQUIRE(tokens.size() == 12);
  CHECK(tokens[0].kind == Kind::variable);
  CHECK(tokens[0].variable == 6);
  CHECK(tokens[0].length == 3);
  CHECK(tokens[1].kind == Kind::sign);
  CHECK(tokens[1].at == 4);
  CHECK(tokens[6].kind == Kind::function);
  CHECK(tokens[6].at == 15);
  CHECK(tokens[10].kind == Kind::number);
  CHECK(f.text() == "完成值 >= T ? W : min(W, 0.5)");
  // Only used columns are read: the others are default-made.
  std::vector<formula::Column> columns(8);
  const double t = 3, w = 10;
  const std::vector<double> reached = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  columns[1] = formula::Column::uniform(t);
  columns[2] = formula::Column::uniform(w);
  columns[6] = formula::Column::of(reached);
  std::vector<double> out(9);
  f.evaluate(columns, out);
  CHECK(out == std::vector<double>{0.5, 0.5, 10, 10, 10, 10, 10, 10, 10});
}

TEST_CASE("a formula may name a variable it does not need", "[formula]") {
  // Folding drops the branch; used() still has it, because a missing A makes the result missing.
  const auto result = compiled("1 ? T : A");
  CHECK(result.formula.value().used().size() == 2);
  CHECK(compiled("0*A").formula.value().used().size() == 1);
}

TEST_CASE("the function list is complete and every signature compiles", "[formula]") {
  CHECK(formula::functions().size() == 25);
  auto calendar = std::make_shared<value::Calendar>();
  for (const formula::FunctionEntry& entry : formula::functions()) {
    std::string call = entry.name + "(A";
    for (const char c : entry.signature) {
      if (c == ',') call += ",A";
    }
    INFO(entry.signature);
    CHECK(compiled(call + ")", formula::usual_names(), calendar).formula.has_value());
    CHECK_FALSE(entry.summary.zh.empty());
    CHECK_FALSE(entry.summary.en.empty());
  }
}
