// Shares of a difference: hand-made cases, the exact sum, and sampling against all combinations.
#include "sampling/attribution.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "test_functions.hpp"

using namespace jixiao;
using namespace jixiao::sampling;

namespace {

double added_up(const std::vector<double>& parts) {
  double result = 0;
  for (const double part : parts) result += part;
  return result;
}

}  // namespace

TEST_CASE("a product shares its joint change evenly", "[study][attribution]") {
  const auto model = model_of(3, {"x1*x2 + x3"});
  const auto found =
      attribute(*model, std::vector<double>{10, 20, 1}, std::vector<double>{12, 25, 1});
  REQUIRE(found.size() == 1);
  CHECK(found[0].exact);
  CHECK(found[0].before == 201);
  CHECK(found[0].after == 301);
  CHECK(found[0].parts == std::vector<double>{45, 55, 0});  // 2*20 + 10/2, 5*10 + 10/2
}

TEST_CASE("the parts add up to the change to the last bit", "[study][attribution]") {
  const auto model = model_of(
      6, {"x1*x2/x3 + exp(x4)*x5 - x6^3", "0.1*x1 + 0.2*x2 + 0.3*x3 + 0.7*x4 - 1.1*x5 + 0.9*x6"});
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> spread(0.1, 3);
  int held = 0, carried = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> before(6), after(6);
    for (double& x : before) x = spread(random);
    for (double& x : after) x = spread(random);
    for (const Attribution& one : attribute(*model, before, after)) {
      const double change = one.after - one.before;
      REQUIRE(change - added_up(one.parts) == one.rest);
      double size = 0;
      for (const double part : one.parts) size += std::fabs(part);
      const double grid = std::ldexp(1.0, std::ilogb(size) - 51);
      held += one.rest == 0 ? 1 : 0;
      if (std::fmod(change, grid) != 0) {  // finer than the parts: what cannot be carried is less
                                           // than their last digit
        REQUIRE(std::fabs(one.rest) <= grid);
        continue;
      }
      ++carried;
      REQUIRE(one.rest == 0);
    }
  }
  CHECK(carried > 500);
  CHECK(held > 3600);
}

TEST_CASE("nothing changed, one changed, one beyond computing", "[study][attribution]") {
  const auto model = model_of(2, {"sqrt(x1) + x2"});
  CHECK(attribute(*model, std::vector<double>{1, 2}, std::vector<double>{1, 2})[0].parts ==
        std::vector<double>{0, 0});
  CHECK(attribute(*model, std::vector<double>{1, 2}, std::vector<double>{4, 2})[0].parts ==
        std::vector<double>{1, 0});
  const auto broken = attribute(*model, std::vector<double>{1, 2}, std::vector<double>{-4, 3});
  CHECK(std::isnan(broken[0].parts[0]));
  CHECK(std::isnan(broken[0].rest));
}

TEST_CASE("above 12 inputs permutations are sampled, with an honest error",
          "[study][attribution]") {
  // Shapley values of this are known: a linear part, and one product of two inputs.
  std::string text = "x1*x2";
  for (int i = 3; i <= 14; ++i) text += " + " + std::to_string(i) + "*x" + std::to_string(i);
  text += " + max(x3*x4*x5, x6*x7)";
  const auto model = model_of(14, {text});
  const std::vector<double> before(14, 0.0), after(14, 1.0);
  const auto found = attribute(*model, before, after, {.seed = 5})[0];
  CHECK_FALSE(found.exact);
  CHECK(found.rest == 0);
  CHECK(added_up(found.parts) == found.after - found.before);
  CHECK(found.parts[0] == Approx(0.5).margin(1e-12));  // an order and its reverse always share a
                                                       // product evenly
  CHECK(found.parts[13] == Approx(14).margin(1e-12));
  // max(abc, de) of five: de is complete before abc, or not. A triple member gets the integral of
  // t^2 (1 - t^2): 2/15.
  for (std::size_t i : {2, 3, 4}) {
    CHECK(std::fabs(found.parts[i] - (static_cast<double>(i + 1) + 2.0 / 15)) <
          4.5 * found.errors[i] + 1e-9);
    CHECK(found.errors[i] > 0);
    CHECK(found.errors[i] < 0.01);
  }
}
