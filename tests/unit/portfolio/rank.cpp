#include "portfolio/rank.hpp"

#include <catch2/catch.hpp>
#include <cmath>

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
  CHECK(ranks({}).empty());
}
