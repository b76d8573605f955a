#include <catch2/catch.hpp>

#include <sstream>

#include "page/numbers.hpp"
#include "page/table.hpp"
#include "text/source.hpp"

using namespace jixiao;
using namespace jixiao::page;

TEST_CASE("text is clipped by terminal columns, not by characters", "[report]") {
  CHECK(clipped("社区干部", 8) == "社区干部");
  CHECK(clipped("社区干部", 7) == "社区干…");
  CHECK(clipped("社区干部", 6) == "社区…");
  CHECK(clipped("cadres", 5) == "cadr…");
  CHECK(clipped("cadres", 0).empty());
  CHECK(padded("社区", 6) == "社区  ");
  CHECK(padded_left("社区", 6) == "  社区");
}

TEST_CASE("lines break at spaces, between Chinese characters, never before closing punctuation",
          "[report]") {
  CHECK(wrapped("one two three", 8) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("完成率低，不得分", 8) == std::vector<std::string>{"完成率", "低，不得", "分"});
  CHECK(wrapped("abcdefghij", 4) == std::vector<std::string>{"abcd", "efgh", "ij"});
  CHECK(wrapped("", 10) == std::vector<std::string>{""});
  for (const std::string& line :
       wrapped("186 >= 200 ? 6.25 : 6.25*186/200 按完成率计分，低于及格线不得分", 20))
    CHECK(text::display_width(line) <= 20);
}

TEST_CASE("a terminal gets no control characters but our own colours", "[report]") {
  CHECK(terminal_safe("a\x1b[2Jb", true) == "a\xEF\xBF\xBD[2Jb");
  const std::string red = TerminalStyle(true)("red", Color::red);
  CHECK(terminal_safe(red, true) == "\x1b[31mred\x1b[0m");
  CHECK(terminal_safe(red, false) == "red");
  CHECK(terminal_safe("\x1b[31mred\x1b[0m", true) == "\xEF\xBF\xBD[31mred\xEF\xBF\xBD[0m");
  CHECK(terminal_safe("\x1b[31mred", false) == "\xEF\xBF\xBD[31mred");
  CHECK(terminal_safe("a\u202Eb", false) ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(terminal_safe("end  \nnext", false) == "end\nnext");
}

TEST_CASE("bars are as long as asked", "[report]") {
  CHECK(bar(1, 4) == "████");
  CHECK(bar(0.5, 4) == "██··");
  CHECK(bar(0, 3) == "···");
  CHECK(bar(-1, 3) == "···");
  for (int i = 0; i <= 100; ++i) CHECK(text::character_count(bar(i / 100.0, 10)) == 10);
}

TEST_CASE("decimal points of a column stand under each other", "[report]") {
  Table table({{"指标"}, {"得分", Align::decimal}});
  table.row({{"预算"}, {"9.40"}});
  table.row({{"产出指标"}, {"46.8542"}});
  table.row({{"无"}, {"–"}});
  CHECK(table.text(80, TerminalStyle(false)) ==
        "指标         得分\n"
        "─────────────────\n"
        "预算       9.40\n"
        "产出指标  46.8542\n"
        "无         –\n");
}

TEST_CASE("a table too wide gives way in its first column, and breaks no figure", "[report]") {
  Table table({{"name"}, {"value", Align::right, 6}});
  table.row({{"  one indicator with a long name"}, {"12345"}});
  table.row({{"short"}, {"1234567890"}});
  CHECK(table.text(22, TerminalStyle(false)) ==
        "name             value\n"
        "──────────────────────\n"
        "  one            12345\n"
        "  indicator\n"
        "  with a\n"
        "  long name\n"
        "short       1234567890\n");
}

TEST_CASE("columns without any text are left out", "[report]") {
  Table table({{"a"}, {"b"}, {"c"}});
  table.row({{"1"}, {}, {"3"}});
  CHECK(table.text(80, TerminalStyle(false)) == "a  c\n────\n1  3\n");
}

TEST_CASE("points show all their decimals up to four", "[report]") {
  CHECK(points_text(9.4, 2) == "9.40");
  CHECK(points_text(5.8125, 2) == "5.8125");
  CHECK(points_text(7 * 0.8, 2) == "5.60");
  CHECK(points_text(46.85416666, 2) == "46.8542");
  CHECK(points_text(0.1 + 0.2, 2) == "0.30");
  CHECK(points_text(std::numeric_limits<double>::quiet_NaN(), 2) == "–");
}

TEST_CASE("findings are counted in words", "[report]") {
  std::vector<Diagnostic> diagnostics(3);
  diagnostics[2].severity = Severity::warning;
  CHECK(count_text(diagnostics, Language::en) == "2 errors, 1 warning");
  CHECK(count_text(diagnostics, Language::zh) == "2 个错误，1 个警告");
  CHECK(count_text({}, Language::en) == "no findings");
}

TEST_CASE("the least certain citation gives the evidence status", "[report]") {
  const std::vector<Cited> cites{{"a", "verified", ""}, {"b", "background", ""}, {"c", "form", ""}};
  CHECK(worst_evidence(cites) == "background");
  CHECK(joined_text(cites) == "a; b; c");
  CHECK(worst_evidence({}).empty());
}

TEST_CASE("blocks that are not added up lose nothing of their weights", "[report]") {
  Scorecard card;
  card.blocks = {{"a", {}, 60, 50, 1}, {"b", {}, 40, 40, 1}};
  CHECK(block_lost(card, card.blocks[0]) == 10);
  CHECK(block_lost(card, card.blocks[1]) == 0);
  card.scale = 1;
  CHECK_FALSE(weights_add_up(card));
  CHECK(block_lost(card, card.blocks[0]) == 0);
}
