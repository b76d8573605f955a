#include "audit/explanation.hpp"

#include <catch2/catch.hpp>

using namespace jixiao::audit;

namespace {

Cause cause(double printed, int decimals, double exact, double weight,
            std::optional<double> rate = {}, std::vector<AlternativeMethod> alternatives = {}) {
  PointsMismatch mismatch;
  mismatch.printed = printed;
  mismatch.decimals = decimals;
  mismatch.exact = exact;
  mismatch.weight = weight;
  mismatch.rate = rate;
  mismatch.alternatives = std::move(alternatives);
  const auto why = explain(mismatch);
  REQUIRE(why);
  return why->cause;
}

}  // namespace

TEST_CASE("points that are the rule's own need no explanation", "[audit]") {
  PointsMismatch mismatch;
  mismatch.printed = 8.62;
  mismatch.decimals = 2;
  mismatch.exact = 8.618304;
  mismatch.weight = 10;
  CHECK_FALSE(explain(mismatch));
  mismatch.printed = mismatch.exact;
  mismatch.decimals = 6;
  CHECK_FALSE(explain(mismatch));
}

TEST_CASE("the smallest deviation is named first", "[audit]") {
  CHECK(cause(8, 0, 8.62, 10) == Cause::cut);
  CHECK(cause(9, 0, 8.62, 10) == Cause::rounded_whole);
  CHECK(cause(8.6, 1, 8.62, 10) == Cause::rounded);
  CHECK(cause(8.7, 1, 8.62, 10) == Cause::raised);
  CHECK(cause(9.09, 2, 9, 10, {}, {{"lower.ratio", {"比", "ratio"}, 9.0909}}) ==
        Cause::alternative);
  CHECK(cause(28.8, 1, 28.938, 30, 96.46) == Cause::rate_first);
  CHECK(cause(2.21, 2, 14.75, 15, 98.33) == Cause::twice);
  CHECK(cause(98.33, 2, 14.75, 15, 98.333) == Cause::typed);
  CHECK(cause(9.83, 2, 14.75, 15, 98.3333) == Cause::scale);
  CHECK(cause(13, 0, 14.86, 15, 99.1) == Cause::unknown);
}
