// The short way to a row's numbers gives what the long way gives, or does not go.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "batch/row_reader.hpp"
#include "property/made_up.hpp"
#include "value/rounding.hpp"

namespace jixiao::batch {
namespace {

// Bits, so that two NaN are the same.
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

TEST_CASE("a remembered row means what its cells mean") {
  for (const char* id : {"cn-mof-2020", "soft-default"}) {
    const ruleset::RuleSet& rules = made_up::rules_named(id);
    std::mt19937 random(11);
    const std::vector<std::string> units = {"人", "%",        "元",     "万元", "亿元", "个", "",
                                            "年", "元/人/天", "平方米", "吨",   "天",   "‰",  "万"};
    const std::vector<std::string> ops = {">=", "<=", "=", "", ">", "range"};
    const auto number = [&]() -> std::string {
      switch (random() % 10) {
        case 0: return std::to_string(random() % 4000);
        case 1: return value::plain(static_cast<double>(random() % 100000) / 100, 2);
        case 2: return std::to_string(1995 + random() % 30);
        case 3: return value::plain(static_cast<double>(random() % 200) / 100, 2);
        case 4: return std::to_string(random() % 3);
        case 5:
          return std::vector<std::string>{"1,150",     "184.",   ".5",
                                          "0.0000001", "00012",  "1e3",
                                          "20201130",  "202011", "123456789012345678",
                                          "0",         "0.0",    "１８６"}[random() % 12];
        default: return std::to_string(random() % 100000000);
      }
    };
    RowReader reader(rules, std::uint64_t{1} << 20);
    std::size_t short_ways = 0;
    for (int i = 0; i < 30000; ++i) {
      if (i % 5000 == 0) reader.begin_piece();
      const std::vector<std::string> texts = {
          "≥#",    "#人",   "≥#个", "不少于#处", "#%",      "≥#%",     "#万元", "≤#元",
          "#以上", "约#个", "#年",  "#月前",     "-#",      "#千克",   "1,#",   "第#名",
          "#天内", "#.",    "＝#",  "# 人",      "每人#元", "百分之#", "#m²",   "#余人",
          "−#人",  "± #",   "±#人", "5±#",       "#个月",   "第#季度", "#万"};
      const auto written = [&](const std::string& digits) {
        if (random() % 8 == 0) return digits + "-" + number() + (random() % 2 == 0 ? "人" : "");
        std::string text = random() % 3 == 0 ? "#" : texts[random() % texts.size()];
        return text.replace(text.find('#'), 1, digits);
      };
      const std::string target = written(number());
      const std::string actual = written(number());
      RowCells cells;
      cells.block = random() % 20 == 0 ? "" : "output";
      cells.type = random() % 2 == 0 ? "quantity" : "cost";
      cells.op = ops[random() % ops.size()];
      cells.unit = units[random() % units.size()];
      cells.target = target;
      cells.actual = actual;
      cells.year = random() % 2 == 0 ? 2020 : 0;
      const ReadRow got = reader.read(cells);
      const Row& row = *got.row;
      const Row alone = reader.interpret(cells);
      INFO(id << ": " << cells.block << " " << cells.type << " " << cells.op << " " << target
              << " [" << cells.unit << "] " << actual);
      short_ways += got.own_actual ? 1 : 0;
      REQUIRE(row.bound == alone.bound);
      CHECK(row.refused == alone.refused);
      CHECK(row.failed == alone.failed);
      CHECK(row.block == alone.block);
      CHECK(row.method == alone.method);
      CHECK(row.state == alone.state);
      CHECK(same(row.weight, alone.weight));
      CHECK((got.own_actual ? value::CellState::ok : row.actual.state) == alone.actual.state);
      CHECK((got.own_actual ? got.actual : row.actual.value) == alone.actual.value);
      CHECK(same(got.own_target ? got.target : row.target, alone.target));
      CHECK(same(got.own_target ? got.upper : row.upper, alone.upper));
      CHECK((got.own_actual ? value::show(got.actual, row.unit) : row.actual_shown) ==
            alone.actual_shown);
      CHECK((got.own_target ? shown(got.target, got.upper, row.unit) : row.target_shown) ==
            alone.target_shown);
      CHECK(row.sign == alone.sign);
      REQUIRE(row.findings.size() == alone.findings.size());
      for (std::size_t f = 0; f < row.findings.size(); ++f) {
        CHECK(row.findings[f].role == alone.findings[f].role);
        CHECK(row.findings[f].code == alone.findings[f].code);
        CHECK(row.findings[f].message.zh == alone.findings[f].message.zh);
        CHECK(row.findings[f].message.en == alone.findings[f].message.en);
      }
    }
    CHECK(short_ways > 500);
  }
}

TEST_CASE("amounts are read the short way as the long way") {
  std::mt19937 random(5);
  AmountReader fresh;
  AmountReader reader;
  for (int i = 0; i < 3000; ++i) {
    const std::string amount = value::plain(static_cast<double>(random() % 100000000) / 1000, 3);
    const std::string unit =
        std::vector<std::string>{"元", "万元", "千元", "亿元", "", "人"}[random() % 6];
    const value::Cell cell = reader.read(amount, unit);
    const bool wrong = !reader.findings().empty();
    // never the short way
    const value::Cell words = fresh.read(amount + (unit.empty() ? "元" : unit), "");
    INFO(amount << unit);
    CHECK(wrong == !fresh.findings().empty());
    CHECK(cell.state == words.state);
    CHECK(cell.value == words.value);
  }
  CHECK(reader.read("1,200,000", "元").value == 1200000);
  CHECK(reader.read("", "元").state == value::CellState::missing);
  CHECK(!reader.read("多少", "元").ok());
  CHECK(!reader.findings().empty());
}

}  // namespace
}  // namespace jixiao::batch
