// What cannot be computed never becomes a number: tried on random formulas.
#include <array>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "oracle/random_formula.hpp"
#include "text/source.hpp"

using namespace jixiao;
using oracle::Random;

namespace {

const std::vector<std::string> letters = {"A", "T", "W", "x_1"};

std::optional<formula::Formula> compiled_over(const std::string& text) {
  static const auto file = std::make_shared<const text::Source>("nothing", "");
  static const auto calendar = [] {
    auto made = std::make_shared<value::Calendar>();
    made->years = {2020};
    return made;
  }();
  std::vector<Diagnostic> diagnostics;
  formula::Scope scope{letters, calendar};
  scope.bounded = 0;
  auto formula = formula::compile({text, {file, 1, 1, 1}}, scope, diagnostics);
  INFO(text << (diagnostics.empty() ? "" : ": " + diagnostics[0].message.en));
  REQUIRE(formula);
  return formula;
}

std::string put_in(std::string text, const std::string& instead) {
  for (std::size_t at = 0; (at = text.find("x_1", at)) != std::string::npos; at += instead.size())
    text.replace(at, 3, instead);
  return text;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE("a formula that makes a number of what cannot be computed does not need it",
          "[property]") {
  static const char* const nothings[] = {"(0/0)",        "(W/(T-T))",    "sqrt(-1-A^2)",
                                         "ln(0*W)",      "round(1,0.5)", "steps_full(A,0)",
                                         "(-1-W^2)^0.5", "(T-T)^-1",     "log10(-1-T^2)"};
  // Any of these may be what it really is.
  const std::array<double, 12> possible = {0,    1,   -1,   0.5,   60,  100,
                                           -1e9, 1e9, 1e-9, 18596, 0.3, 2.5};
  std::size_t numbers = 0, tried = 0;
  for (std::uint64_t seed = 0; seed < 12000; ++seed) {
    Random random(seed);
    const std::string text =
        oracle::random_formula(random, letters, 1 + static_cast<int>(random.below(5)));
    // given() and its like are asked of names, and answer for what is not there.
    if (text.find("x_1") == std::string::npos || text.find("given(") != std::string::npos) continue;
    const auto whole = compiled_over(text);
    const auto broken = compiled_over(put_in(text, nothings[random.below(std::size(nothings))]));
    for (int row = 0; row < 4; ++row) {
      std::vector<double> values = {random.unit() * 150, 1 + static_cast<double>(random.below(100)),
                                    1 + random.unit() * 20, 0};
      const double without = broken->evaluate(values);
      values[3] = std::nan("");
      const double unknown = whole->evaluate(values);
      ++tried;
      if (std::isnan(without) && std::isnan(unknown)) continue;
      ++numbers;
      INFO("seed " << seed << ": " << text);
      CHECK(same_bits(without, unknown));
      for (const double x : possible) {
        values[3] = x;
        if (!same_bits(whole->evaluate(values), without)) {
          INFO("with " << x);
          CHECK(whole->evaluate(values) == without);
        }
      }
    }
  }
  CHECK(tried > 10000);
  CHECK(numbers > 100);  // branches that were not taken
  CHECK(numbers < tried / 2);
}
