// A template and numbers give what reading the whole text gives.
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "value/field_template.hpp"

using jixiao::value::cut_field;
using jixiao::value::Field;
using jixiao::value::FieldTemplate;
using jixiao::value::read_field_in;

namespace {

bool same_field(const std::optional<Field>& a, const std::optional<Field>& b) {
  if (!a || !b) return !a && !b;
  return a->kind == b->kind && a->direction == b->direction && a->low == b->low &&
         a->high == b->high && a->unit == b->unit && a->unit.text() == b->unit.text() &&
         a->approximate == b->approximate && a->doubts.size() == b->doubts.size();
}

// A whole cell with '#' where a number goes.
const std::vector<std::string> field_words = {
    "#",       "≥#",      "#人",   "≥#个",     "#-#",     "#-#人", "=#-#件", "不少于#处", "#%",
    "≥#%",     "#万元",   "≤ #元", "#以上",    "约#个",   "#年",   "#月前",  "-#",        "−#",
    "＋#",     "#千克",   "1,#",   "#,000",    "第#名",   "#天内", "#.",     "＝#",       "# 人",
    "每人#元", "百分之#", "#m²",   "#km2",     "#余人",   "± #",   "±#人",   "5±#",       "#个月",
    "第#季度", "#万",     "#-#万", "#-#月",    "#月-#月", "#/人",  "#、",    "(#)",       "#(%)",
    "#‰",      "１#人",   "#２",   "①#",       "#^2",     "零#",   "#e",     "#e#",       "#:#",
    "#季度",   "# 年",    "#日",   "#号前",    "是#",     "#以内", "#之间",  "＞#％",     "#%-#%",
    "#--#",    "#~#",     "达到#", "#%以上。", "#亿元",   "\x01#", "#.人"};

}  // namespace

TEST_CASE("texts of one template read alike but for their numbers", "[value]") {
  std::mt19937 random(3);
  const auto number = [&]() -> std::string {
    switch (random() % 9) {
      case 0: return std::to_string(1895 + random() % 400);
      case 1: return std::to_string(random() % 13);
      case 2: return std::to_string(random() % 100) + "." + std::to_string(random() % 1000);
      case 3: return "0";
      case 4:
        return std::vector<std::string>{"20201130", "202011", "2020.5",
                                        "2020.11",  "007",    "1000000000000000000000",
                                        "0.10"}[random() % 7];
      case 5: return std::to_string(1000 + random() % 9000);
      default: return std::to_string(random() % 100000);
    }
  };
  const auto filled = [&](std::string text) {
    for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#'))
      text.replace(at, 1, number());
    return text;
  };
  std::size_t applied = 0;
  for (int i = 0; i < 200000; ++i) {
    const std::string& form = field_words[random() % field_words.size()];
    const int year = random() % 3 == 0 ? 0 : 2023;
    const int exponent = std::vector<int>{0, 0, 4, 8, -1}[random() % 5];
    const std::string first = filled(form);
    const auto made = FieldTemplate::of(first, year, exponent);
    if (!made) continue;
    const auto own = cut_field(first);
    REQUIRE(own);
    const std::string other = filled(form);
    const auto slots = cut_field(other);
    if (!slots || slots->before != own->before || slots->between != own->between ||
        slots->after != own->after)
      continue;
    const auto got = made->apply(*slots);
    INFO(first << " | " << other << " | 10^" << exponent);
    if (!got) {  // looked at closely
      CHECK(slots->is_range());
      continue;
    }
    CHECK(same_field(got, read_field_in(other, year, exponent)));
    ++applied;
  }
  CHECK(applied > 50000);
  // What is understood once, most of all.
  for (const char* text :
       {"186人", "≥6382平方米", "95%", "≤3.5万元", "600-700人", "12", "百分之95", "35m²"})
    CHECK(FieldTemplate::of(text, 2023, 0));
  // Dates, signs and thousands depend on more than a number's value.
  for (const char* text : {"2020年", "11月底", "-5", "1,150", "2020-11", "±5人", "5±1人", "很多"})
    CHECK(!FieldTemplate::of(text, 2023, 0));
}
