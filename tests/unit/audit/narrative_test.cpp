#include "audit/narrative.hpp"

#include <catch2/catch.hpp>

using namespace jixiao::audit;

TEST_CASE("amounts of a text, and which are no part of a sum", "[audit]") {
  const auto amounts =
      amounts_in("办公费40万元、培训费25万元，每人300元，共65万元。另有设备1,200,000元");
  REQUIRE(amounts.size() == 5);
  CHECK(amounts[0].yuan == 400000);
  CHECK_FALSE(amounts[0].total);
  CHECK(amounts[2].per_unit);
  CHECK(amounts[3].total);
  CHECK(amounts[3].sentence == 0);
  CHECK(amounts[4].yuan == 1200000);
  CHECK(amounts[4].sentence == 1);
  CHECK(amounts_in("2023年完成12期").empty());
}

TEST_CASE("products of a text", "[audit]") {
  const auto products = products_in("培训200人×3天×300元=200000元；29个*3万元=87万元");
  REQUIRE(products.size() == 2);
  CHECK(products[0].product == 180000);
  CHECK(products[0].printed == 200000);
  CHECK(products[1].product == 870000);
  CHECK(products[1].printed == 870000);
  CHECK(products_in("200人、3天，共300元").empty());
}
