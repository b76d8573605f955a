#include <catch2/catch.hpp>

#include "scenario/cut.hpp"

using jixiao::scenario::CutItem;

namespace {

std::vector<double> pro_rata(const std::vector<CutItem>& items, double cut) {
  return jixiao::scenario::cut_pro_rata(items, cut).value();
}
std::vector<double> by_priority(const std::vector<CutItem>& items,
                                const std::vector<std::size_t>& order, double cut) {
  return jixiao::scenario::cut_by_priority(items, order, cut).value();
}

}  // namespace

TEST_CASE("a cut in proportion is whole yuan and adds up", "[scenario][cut]") {
  // 15 % of 1,200,000 over 870,000, 180,000, 30,000 and 120,000.
  CHECK(pro_rata({{870000, 0}, {180000, 0}, {30000, 0}, {120000, 0}}, 180000) ==
        std::vector<double>{739500, 153000, 25500, 102000});
  // The second protected: 180,000 of 1,020,000, that is 153,529.41, 5,294.12 and 21,176.47; the
  // yuan left goes to the largest fraction.
  CHECK(pro_rata({{870000, 0}, {180000, 180000}, {30000, 0}, {120000, 0}}, 180000) ==
        std::vector<double>{716471, 180000, 24706, 98823});
  // Thirds: 33.33 each of 100, so 33, 33 and, the first of equals, 34.
  CHECK(pro_rata({{500, 0}, {500, 0}, {500, 0}}, 100) == std::vector<double>{466, 467, 467});
}

TEST_CASE("who has given what it can gives no more", "[scenario][cut]") {
  // Each would give 50; the first may give 20 only, so the others share 80.
  CHECK(pro_rata({{100, 80}, {100, 0}, {100, 0}}, 150) == std::vector<double>{80, 35, 35});
  CHECK(pro_rata({{100, 0}, {300, 0}}, 400) == std::vector<double>{0, 0});
  CHECK(pro_rata({{100, 0}, {300, 0}}, 0) == std::vector<double>{100, 300});
  CHECK_FALSE(jixiao::scenario::cut_pro_rata(std::vector<CutItem>{{100, 50}, {300, 300}}, 51));
}

TEST_CASE("a cut by priority empties one after the other", "[scenario][cut]") {
  const std::vector<CutItem> items{{870000, 0}, {180000, 0}, {30000, 20000}, {120000, 30000}};
  CHECK(by_priority(items, {3, 2, 0}, 180000) == std::vector<double>{790000, 180000, 20000, 30000});
  CHECK(by_priority(items, {3}, 90000) == std::vector<double>{870000, 180000, 30000, 30000});
  CHECK_FALSE(jixiao::scenario::cut_by_priority(items, std::vector<std::size_t>{3, 2}, 100001));
}

TEST_CASE("a cut that is not in whole yuan ends at the fen, and the fen left are borne by somebody",
          "[scenario][cut]") {
  // 10 % of 25 yuan in quarters: 0.625 each is no money. 0.63, 0.63, 0.62, 0.62.
  const std::vector<CutItem> quarters{{6.25, 0}, {6.25, 0}, {6.25, 0}, {6.25, 0}};
  jixiao::scenario::CutRounding rounding;
  const auto left = jixiao::scenario::cut_pro_rata(quarters, 2.5, &rounding);
  REQUIRE(left.has_value());
  CHECK(*left == std::vector<double>{5.62, 5.62, 5.63, 5.63});
  CHECK(rounding.unit == 0.01);
  CHECK(rounding.made == 2.5);
  CHECK(rounding.bearing == std::vector<std::size_t>{0, 1});
  // A third of a fen more than the money there is: the cut itself ends at the fen.
  CHECK(pro_rata({{1, 0}, {1, 0}}, 0.333) == std::vector<double>{0.83, 0.84});
  CHECK(by_priority({{1.5, 0}, {6.25, 0}}, {0, 1}, 2.555) == std::vector<double>{0, 5.19});
}
