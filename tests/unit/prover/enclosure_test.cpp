#include "prover/enclosure.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "oracle/random_formula.hpp"
#include "prover/range.hpp"

using namespace jixiao;
using namespace jixiao::prover;

namespace {

const std::vector<std::string> enclosed_names{"x", "y", "z"};

std::optional<formula::Formula> compiled(const std::string& text) {
  formula::Scope scope;
  for (const std::string& name : enclosed_names) scope.add(name);
  std::vector<Diagnostic> diagnostics;
  return formula::compile({text, {}}, scope, diagnostics);
}

Range random_range(oracle::Random& random) {
  const double at = oracle::random_number(random);
  if (!std::isfinite(at) || std::fabs(at) > 1e15) return {0, 1};
  switch (random.below(5)) {
    case 0: return Range::point(at);
    case 1: return {at, std::nextafter(at, 1e300)};
    case 2: return {at - random.unit(), at + random.unit()};
    case 3: return {std::min(0.0, at), std::max(0.0, at)};
    default: return {at, at + std::fabs(at) * random.unit() * 2};
  }
}

double inside(oracle::Random& random, const Range& range) {
  switch (random.below(4)) {
    case 0: return range.low;
    case 1: return range.high;
    default: return std::clamp(range.low + range.width() * random.unit(), range.low, range.high);
  }
}

}  // namespace

TEST_CASE("operations round outward") {
  oracle::Random random(7);
  for (int i = 0; i < 20000; ++i) {
    const Range a = random_range(random), b = random_range(random);
    const double x = inside(random, a), y = inside(random, b);
    CHECK((a + b).contains(x + y));
    CHECK((a - b).contains(x - y));
    CHECK((a * b).contains(x * y));
    if (!b.contains(0)) CHECK((a / b).contains(x / y));
    // Beyond the double: the exact sum lies in the range as well.
    const long double sum = static_cast<long double>(x) + static_cast<long double>(y);
    CHECK(static_cast<long double>((a + b).low) <= sum);
    CHECK(static_cast<long double>((a + b).high) >= sum);
  }
}

TEST_CASE("no value leaves its enclosure, whatever the formula") {
  oracle::Random random(11);
  int decided = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = oracle::random_formula(random, enclosed_names, 4);
    const auto formula = compiled(text);
    if (!formula) continue;
    const Graph graph(*formula);
    const Encloser encloser(graph);
    for (int k = 0; k < 6; ++k) {
      Box box;
      for (std::size_t v = 0; v < enclosed_names.size(); ++v)
        box.variables.push_back(random_range(random));
      const Enclosure found = encloser.enclose(box);
      if (found.value.is_finite()) ++decided;
      std::vector<double> row;
      for (const Range& range : box.variables) row.push_back(inside(random, range));
      std::vector<double> other = row;
      other[0] = inside(random, box.variables[0]);
      if (other[0] < row[0]) std::swap(row[0], other[0]);
      const double here = formula->evaluate(row), there = formula->evaluate(other);
      INFO(text << " at " << row[0] << " .. " << other[0] << ", " << row[1] << ", " << row[2]);
      if (std::isnan(here) || std::isinf(here)) {
        // Too large is no number either; a range without an end says so.
        CHECK((found.may_be_none || !found.value.is_finite()));
        continue;
      }
      CHECK(found.value.low <= here);
      CHECK(found.value.high >= here);
      if (!std::isfinite(there)) continue;
      const double off = 1e-9 * std::max({1.0, std::fabs(here), std::fabs(there)});
      if (found.never_falls) CHECK(there >= here - off);
      if (found.never_rises) CHECK(there <= here + off);
      if (!found.has_jumps && !found.may_be_none && found.slope.is_finite()) {
        const Range change = found.slope * Range{other[0] - row[0], other[0] - row[0]};
        CHECK(there - here >= change.low - off);
        CHECK(there - here <= change.high + off);
      }
    }
  }
  CHECK(decided > 5000);
}

TEST_CASE("a branch knows its condition") {
  formula::Scope scope;
  for (const char* name : {"A", "T", "W"}) scope.add(name);
  std::vector<Diagnostic> diagnostics;
  const auto formula = formula::compile({"A >= T ? W : W*A/T", {}}, scope, diagnostics);
  REQUIRE(formula);
  const Graph graph(*formula);
  Box box;
  box.variables = {{0, 1e9}, {1e-3, 1e9}, {10, 10}};
  CHECK(Encloser(graph).enclose(box).value.high <= 10 + 1e-9);
}

TEST_CASE("a sign whose bound is not known may be any sign") {
  const auto formula = compiled("sign(min(x, y + 1e300, -x))");
  REQUIRE(formula);
  const Graph graph(*formula);
  Box box;
  box.variables = {{1, 2}, {0, 1}, {0, 0}};
  CHECK(Encloser(graph).enclose(box).value.low == -1);
}
