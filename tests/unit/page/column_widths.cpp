#include <catch2/catch.hpp>

#include <sstream>

#include "page/column_widths.hpp"
#include "page/table.hpp"
#include "text/source.hpp"

using namespace jixiao;
using namespace jixiao::page;

namespace {

// Names in two languages, figures of many widths, a bar and a remark: what reports show.
Table crowded_table(std::size_t figures) {
  std::vector<Column> columns{{"indicator"}, {"", Align::bar}};
  for (std::size_t i = 0; i < figures; ++i) columns.push_back({"figure", Align::decimal});
  columns.push_back({"remark"});
  Table table(columns);
  const std::vector<std::string> names{"社区居民委员会工作经费标准执行情况",
                                       "  capability of community cadres improved", "b"};
  for (const std::string& name : names) {
    std::vector<Cell> cells{{name}, {bar(0.5, 20)}};
    for (std::size_t i = 0; i < figures; ++i)
      cells.push_back({"≤" + std::to_string(1'000'000 + i) + ".50元/人/天"});
    cells.push_back({"cannot lose this rating alone 单独不会失守"});
    table.row(cells);
  }
  return table;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

}  // namespace

TEST_CASE("a table keeps to any width, breaks no figure and loses no cell", "[page]") {
  for (std::size_t figures = 1; figures <= 9; ++figures) {
    const Table table = crowded_table(figures);
    for (std::size_t width = 60; width <= 200; ++width) {
      const std::string text = table.text(width, TerminalStyle(false), 2);
      INFO(figures << " figures at " << width << "\n" << text);
      for (const std::string& line : lines_of(text)) REQUIRE(text::display_width(line) <= width);
      for (std::size_t i = 0; i < figures; ++i) {
        const std::string figure = "≤" + std::to_string(1'000'000 + i) + ".50元/人/天";
        std::size_t found = 0;
        for (auto at = text.find(figure); at != std::string::npos; at = text.find(figure, at + 1))
          ++found;
        REQUIRE(found == 3);
      }
    }
  }
}

TEST_CASE("the bar goes before a name is wrapped", "[page]") {
  Table table({{"name"}, {"share", Align::decimal}, {"", Align::bar}});
  table.row({{"a name of some thirty columns."}, {"12.5%"}, {bar(0.5, 20)}});
  CHECK(lines_of(table.text(60, TerminalStyle(false))).back() ==
        "a name of some thirty columns.  12.5%  " + bar(0.5, 20));
  CHECK(lines_of(table.text(58, TerminalStyle(false))).back() ==
        "a name of some thirty columns.  12.5%");
}

TEST_CASE("figures of different units are right-aligned", "[page]") {
  Table table({{"kept", Align::decimal}});
  table.row({{"53,385元/个"}});
  table.row({{"22.1%"}});
  CHECK(lines_of(table.text(60, TerminalStyle(false))).back() == "      22.1%");
}

TEST_CASE("a figure with its unit is one piece", "[page]") {
  CHECK(widest_piece("≤30,000元/个") == 12);
  CHECK(widest_piece("30 000 yuan") == 11);
  CHECK(widest_piece("社区干部") == 2);
  CHECK(widest_piece("  two words") == 7);
}
