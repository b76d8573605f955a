#include "value/unit.hpp"

#include <catch2/catch.hpp>
#include <string>

using jixiao::value::Unit;

namespace {

Unit unit(const std::string& text) {
  CAPTURE(text);
  const auto read = Unit::parse(text);
  REQUIRE(read.has_value());
  return *read;
}

}  // namespace

TEST_CASE("families of units share a dimension", "[value][unit]") {
  for (const char* text : {"元", "yuan", "CNY", "RMB", "人民币", " 元 ", "千元", "万元", "百万元",
                           "亿元", "十万元", "万 元", "￥", "million yuan"}) {
    CAPTURE(text);
    CHECK(unit(text).is_money());
    CHECK(unit(text).same_dimension(Unit::money()));
  }
  for (const char* text : {"%", "％", "百分比", "percent", "Percent", "‰", "个百分点"}) {
    CAPTURE(text);
    CHECK(unit(text).is_percent());
  }
  CHECK(unit("天") == unit("日"));
  CHECK(unit("days") == unit("天"));
  CHECK(unit("名") == unit("人"));
  CHECK(unit("位") == unit("人"));
  CHECK(unit("个月") == unit("月"));
  CHECK(unit("㎡") == unit("平方米"));
  CHECK(unit("m²") == unit("m2"));
}

TEST_CASE("what only looks alike stays apart", "[value][unit]") {
  CHECK_FALSE(unit("人次") == unit("人"));
  CHECK_FALSE(unit("工作日") == unit("天"));
  CHECK_FALSE(unit("美元").is_money());
  CHECK_FALSE(unit("元/人").is_money());
  CHECK_FALSE(unit("社区") == unit("个"));
  CHECK_FALSE(unit("千瓦") == unit("瓦"));
  CHECK(unit("千瓦").exponent() == 0);
  CHECK(unit("百货").exponent() == 0);
  CHECK_FALSE(unit("天").is_date());
  CHECK(unit("date").is_date());
}

TEST_CASE("a unit knows its power of ten", "[value][unit]") {
  CHECK(unit("元").exponent() == 0);
  CHECK(unit("千元").exponent() == 3);
  CHECK(unit("万元").exponent() == 4);
  CHECK(unit("百万元").exponent() == 6);
  CHECK(unit("千万元").exponent() == 7);
  CHECK(unit("亿元").exponent() == 8);
  CHECK(unit("万亿元").exponent() == 12);
  CHECK(unit("‰").exponent() == -1);
  CHECK(unit("万人次").exponent() == 4);
  CHECK(unit("元/万人").exponent() == -4);
  CHECK(unit("千米").exponent() == 0);
  CHECK(unit("万").exponent() == 4);
  CHECK(unit("万").is_number());
  CHECK_FALSE(unit("万元") == unit("元"));
}

TEST_CASE("all ways to write a rate per person and day are one", "[value][unit]") {
  const Unit rate = unit("元/人/天");
  for (const char* text :
       {"元/人·天", "元/(人*天)", "元/（人·天）", "元／人／日", "元/人、天", "元每人每天",
        "元/每人每天", "yuan/person/day", "元/人×天", "元 / 人 / 天", "元/人.天", "元/人天",
        "元/人日", "(元/人)/天", "元·人^-1·天^-1", "元/名/日"}) {
    CAPTURE(text);
    CHECK(unit(text) == rate);
  }
  CHECK_FALSE(unit("元·天/人") == rate);
  CHECK(unit("元·天/人") == unit("(元/人)·天"));
  CHECK(unit("元/(人/天)") == unit("元·天/人"));
}

TEST_CASE("unreadable units are refused", "[value][unit]") {
  const std::string long_name(65, 'x');
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += '(';
  deep += "x" + std::string(20, ')');
  for (const std::string& text : {std::string{},
                                  std::string{"   "},
                                  std::string{"元//人"},
                                  std::string{"3元"},
                                  std::string{"元/"},
                                  std::string{"/元"},
                                  std::string{"(元"},
                                  std::string{"元)"},
                                  std::string{"()"},
                                  std::string{"元·"},
                                  std::string{"元，人"},
                                  std::string{"元+人"},
                                  std::string{"12"},
                                  std::string{"^2"},
                                  std::string{"元^"},
                                  std::string{"元^99"},
                                  std::string{"\xff\xfe"},
                                  std::string{"元\xe5"},
                                  std::string{"元。"},
                                  std::string{"《元》"},
                                  std::string("\0", 1),
                                  long_name,
                                  deep,
                                  std::string(100000, '(')}) {
    CAPTURE(text);
    CHECK_FALSE(Unit::parse(text).has_value());
  }
  CHECK(Unit::parse(std::string(64, 'x')).has_value());
  CHECK(Unit::parse("(((((元)))))").has_value());
}

TEST_CASE("units multiply and divide", "[value][unit]") {
  const Unit cost = unit("人") * unit("天") * unit("元/人/天");
  CHECK(cost == Unit::money());
  CHECK(cost.text() == "元");
  CHECK((unit("人") / unit("人")).is_number());
  CHECK(unit("元") / unit("人") == unit("元/人"));
  CHECK((unit("元") / unit("人") / unit("天")).text() == "元/(人·天)");
  CHECK(Unit{} / unit("天") == unit("1/天"));
  CHECK((Unit{} / unit("天")).text() == "1/天");
  CHECK(unit("元") * Unit{} == unit("元"));
  CHECK((unit("万元") * unit("人")).exponent() == 4);
  CHECK(unit("人").power(2) == unit("人^2"));
  CHECK(unit("人").power(0).is_number());
  CHECK(unit("人").power(1000000).power(1000000).power(-1000000).same_dimension(
      unit("人").power(-1000000)));
}

TEST_CASE("what a product is called reads back as the product", "[value][unit]") {
  for (const char* text : {"元/人/天", "元·天/人", "人^2/天", "万元", "亿元/年", "千元", "‰",
                           "万元/人/天", "1/天", "期", "%"}) {
    const Unit product = unit(text).power(-1).power(-1);
    CAPTURE(text, product.text());
    CHECK(unit(product.text()) == unit(text));
  }
}

TEST_CASE("a base unit has no power of ten left", "[value][unit]") {
  CHECK(unit("万元").base() == Unit::money());
  CHECK(unit("万元").base().text() == "元");
  CHECK(unit("yuan").base().text() == "元");
  CHECK(unit("‰").base() == Unit::percent());
  CHECK(unit("万元/人/天").base() == unit("元/人/天"));
  CHECK(unit("万元").text() == "万元");
  CHECK(unit("社区").base().text() == "社区");
}

TEST_CASE("a unit tells what it measures", "[value][unit]") {
  CHECK(unit("元/人/天").counts_money());
  CHECK_FALSE(unit("人/元").counts_money());
  CHECK(unit("个工作日").is_time());
  CHECK(unit("日").is_time());
  CHECK_FALSE(unit("人·天").is_time());
  CHECK_FALSE(Unit{}.is_time());
  CHECK(Unit::date().is_date());
  CHECK(Unit{}.is_number());
  CHECK(Unit{}.text().empty());
}
