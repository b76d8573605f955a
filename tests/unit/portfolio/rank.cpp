#include "portfolio/rank.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace jixiao;
using namespace jixiao::portfolio;

TEST_CASE("ranks with ties, the three usual ways", "[portfolio]") {
  const std::vector<double> values{90, 95, 90, 80, std::nan("")};
  CHECK(ranks(values, Ties::competition)[3] == 4);
  CHECK(ranks(values, Ties::dense)[3] == 3);
  CHECK(ranks(values, Ties::fractional)[0] == 2.5);
  CHECK(ranks(values)[1] == 1);
  CHECK(ranks(values)[0] == 2);
  CHECK(ranks(values)[2] == 2);
  CHECK(std::isnan(ranks(values)[4]));
  CHECK(ranks(values, Ties::none).empty());
  CHECK(ranks({}).empty());
  CHECK(std::isnan(ranks(std::vector<double>{std::nan("")})[0]));
}

TEST_CASE("a rank is one more than the number of better values", "[portfolio]") {
  std::mt19937_64 random(7);
  std::vector<double> values;
  for (int i = 0; i < 700; ++i) {
    switch (random() % 5) {
      case 0: values.push_back(std::nan("")); break;
      case 1: values.push_back(static_cast<double>(random() % 9) - 4); break;
      case 2: values.push_back(-0.0); break;
      default: values.push_back((static_cast<double>(random()) - 9e18) * 1e-300); break;
    }
  }
  const std::vector<double> competition = ranks(values),
                            fractional = ranks(values, Ties::fractional);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) {
      CHECK(std::isnan(competition[i]));
      continue;
    }
    double better = 0, equal = 0;
    for (const double other : values) {
      better += other > values[i] ? 1 : 0;
      equal += other == values[i] ? 1 : 0;
    }
    CHECK(competition[i] == better + 1);
    CHECK(fractional[i] == better + (equal + 1) / 2);
  }
}

TEST_CASE("ranks by rating first, then by total", "[portfolio]") {
  // Two good ones, then one whose rating was fixed at poor for all its 95 points, then a poor one.
  const std::vector<RankedStanding> standings{{2, 40, 0}, {1, 85, 1}, {2, 95, 3}, {1, 85, 4}};
  const auto competition = ranks(standings, 5, Ties::competition);
  CHECK(competition[1] == 1);
  CHECK(competition[4] == 1);
  CHECK(competition[3] == 3);
  CHECK(competition[0] == 4);
  CHECK(std::isnan(competition[2]));
  CHECK(ranks(standings, 5, Ties::dense)[3] == 2);
  CHECK(ranks(standings, 5, Ties::fractional)[1] == 1.5);
  CHECK(ranks(standings, 5, Ties::none).empty());
}
