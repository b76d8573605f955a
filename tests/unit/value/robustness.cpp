// Text from strangers: whatever the bytes, a reader answers and stays in its contract. Meant to be
// run under the sanitizers too.
#include <array>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <random>
#include <string>

#include "value/field.hpp"
#include "value/unit.hpp"

using namespace jixiao::value;

namespace {

constexpr std::array pieces = {"0",
                               "1",
                               "2",
                               "5",
                               "9",
                               "30",
                               "2020",
                               "11",
                               "12",
                               "-",
                               "--",
                               "—",
                               "~",
                               "～",
                               "至",
                               "到",
                               ".",
                               ",",
                               "，",
                               "e",
                               "E5",
                               "+",
                               "±",
                               "≥",
                               "≧",
                               ">",
                               "=",
                               "＝",
                               "<",
                               "≤",
                               "═",
                               "不少于",
                               "不超过",
                               "以上",
                               "以下",
                               "以内",
                               "内",
                               "约",
                               "左右",
                               "达到",
                               "年",
                               "月",
                               "2020年",
                               "11月",
                               "2020-11-30",
                               "日",
                               "号",
                               "底",
                               "末",
                               "前",
                               "后",
                               "旬",
                               "上旬",
                               "季度",
                               "第",
                               "上半年",
                               "年底",
                               "万",
                               "亿",
                               "千",
                               "百",
                               "十",
                               "元",
                               "万元",
                               "人",
                               "天",
                               "个",
                               "次",
                               "%",
                               "％",
                               "‰",
                               "百分之",
                               "百分比",
                               "/",
                               "÷",
                               "·",
                               "*",
                               "×",
                               "(",
                               ")",
                               "（",
                               "）",
                               "^",
                               "每",
                               "、",
                               " ",
                               "　",
                               "²",
                               "①",
                               "½",
                               "㎡",
                               "m",
                               "km",
                               "yuan",
                               "percent",
                               "million ",
                               "at least",
                               "or more",
                               "是",
                               "否",
                               "true",
                               "全部完成",
                               "余",
                               "多",
                               "之间",
                               "\xff",
                               "\xe5",
                               "\xe5\x85",
                               "\xc0\x80",
                               "\xed\xa0\x80",
                               "\xf4\x90\x80\x80",
                               "\xef\xbf\xbd",
                               "\xe2\x80\x8b",
                               "\xef\xbb\xbf",
                               "\xcc\x81",
                               "𝟗",
                               "🀄",
                               "ﷺ"};

std::string any_text(std::mt19937& random) {
  std::string text;
  const unsigned count = random() % 12 + (random() % 50 == 0 ? 200 : 0);
  for (unsigned i = 0; i < count; ++i) {
    if (random() % 20 == 0) {
      text += static_cast<char>(random() % 256);
    } else {
      text += pieces[random() % pieces.size()];
    }
  }
  return text;
}

void check(const Field& field) {
  REQUIRE(std::isfinite(field.low));
  REQUIRE(std::isfinite(field.high));
  REQUIRE(field.low <= field.high);
  REQUIRE((field.direction == Direction::between || field.low == field.high));
  REQUIRE((field.kind != Kind::date || field.unit.is_date()));
  REQUIRE((field.kind != Kind::phrase ||
           (field.low == 0 && !field.direction && field.unit.text().empty())));
  REQUIRE_FALSE(show(field.low, field.unit).empty());
}

}  // namespace

TEST_CASE("readers answer to any bytes", "[value][robustness]") {
  std::mt19937 random(20201130);
  std::array<int, 6> kinds{};
  int units = 0;
  int numbers = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string text = any_text(random);
    CAPTURE(round, text);
    if (const auto field = read_field(text, round % 3 == 0 ? 0 : 2020)) {
      check(*field);
      ++kinds[static_cast<std::size_t>(field->kind)];
    }
    if (const auto unit = Unit::parse(text)) {
      ++units;
      REQUIRE_FALSE(unit->text().empty());
      REQUIRE((*unit / *unit).is_number());
      REQUIRE(unit->power(-1).power(-1) == *unit);
      REQUIRE(unit->base().exponent() == 0);
    }
    if (const auto number = read_number(text, static_cast<int>(random() % 30) - 10)) {
      ++numbers;
      REQUIRE(std::isfinite(*number));
    }
  }
  // The alphabet is worth something only while it reaches every reader.
  CHECK(kinds[static_cast<std::size_t>(Kind::number)] > 100);
  CHECK(kinds[static_cast<std::size_t>(Kind::date)] > 20);
  CHECK(kinds[static_cast<std::size_t>(Kind::yes_no)] > 5);
  CHECK(units > 100);
  CHECK(numbers > 100);
}

TEST_CASE("long text is answered at once", "[value][robustness]") {
  for (const char* piece : {"(", "万", "5", "5-", "≥", "约", "元/", "2020年", "--", "\xff"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    CAPTURE(piece);
    CHECK(read_field(text, 2020)->kind == Kind::phrase);
    CHECK_FALSE(Unit::parse(text).has_value());
    CHECK_FALSE(read_number(text).has_value());
  }
}

TEST_CASE("numbers written out read back to their bits", "[value][robustness]") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 5000; ++round) {
    const double x =
        std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 100) - 80);
    std::array<char, 40> shortest{};
    const auto printed =
        std::to_chars(shortest.data(), shortest.data() + shortest.size(), round % 2 == 0 ? x : -x);
    const std::string text(shortest.data(), printed.ptr);
    CAPTURE(text);
    REQUIRE(read_number(text).value() == (round % 2 == 0 ? x : -x));
  }
}
