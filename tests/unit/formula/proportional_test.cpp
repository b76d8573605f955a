#include "formula/proportional.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <memory>
#include <random>

#include "scratch.hpp"

using namespace jixiao;

namespace {

const formula::Scope scope{{"A", "T", "W", "k"}, nullptr};

formula::Formula compiled_in_scope(const std::string& text) {
  std::vector<Diagnostic> diagnostics;
  auto out = formula::compile(text::Located{text, {}}, scope, diagnostics);
  for (const auto& d : diagnostics) UNSCOPED_INFO(text << ": " << d.message.en);
  REQUIRE(out);
  return *out;
}

bool scales(const std::string& text) {
  return formula::is_proportional(compiled_in_scope(text), scope, 2);
}

}  // namespace

TEST_CASE("formulas that scale with a variable", "[formula]") {
  for (const char* text : {"W", "A >= T ? W : W*A/T", "0", "W*A/T", "-W",
                           "max(0, W - W*abs(A-T)/T)", "clamp(W*A/T, 0, W)", "A > 3 ? W : 0",
                           "W/2 + W/3", "W > 0 ? W : 0", "min(W, 2*W)*k", "A*(W/T)"}) {
    INFO(text);
    CHECK(scales(text));
  }
  for (const char* text : {"min(W, 5)", "W*W", "W^2", "5", "A", "W - 5", "W > 5 ? W : 0",
                           "floor(W)", "round(W*A/T, 2)", "W/W", "A/W", "max(0, W - 5*(T-A))"}) {
    INFO(text);
    CHECK_FALSE(scales(text));
  }
}

TEST_CASE("what is told to scale does", "[formula]") {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(0.1, 50);
  const char* const parts[] = {"W",     "A",        "T",        "2",     "0",
                               "(W*A)", "(A/T)",    "min(A,W)", "(W+W)", "(A>T?W:0)",
                               "(W-5)", "floor(A)", "abs(W)"};
  std::size_t told = 0;
  for (int round = 0; round < 400; ++round) {
    const auto part = [&] { return std::string(parts[random() % std::size(parts)]); };
    const char* const signs[] = {"+", "-", "*", "/"};
    const std::string text = part() + signs[random() % 4] + part() + signs[random() % 4] + part();
    if (!scales(text)) continue;
    ++told;
    const auto formula = compiled_in_scope(text);
    for (int k = 0; k < 5; ++k) {
      std::vector<double> values{uniform(random), uniform(random), uniform(random),
                                 uniform(random)};
      const double before = formula.evaluate(values), factor = uniform(random);
      values[2] *= factor;
      const double after = formula.evaluate(values);
      if (!std::isfinite(before) || !std::isfinite(after)) continue;
      INFO(text);
      CHECK(after == Approx(before * factor).epsilon(1e-9).margin(1e-9));
    }
  }
  CHECK(told > 30);
}
