// Plain numbers to the last bit, cells that come back as they went, text that no spreadsheet runs.
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <cstring>
#include <random>

#include "table/cells.hpp"
#include "table/record_scan.hpp"
#include "value/rounding.hpp"

namespace jixiao::table {
namespace {

bool defined(std::string_view text, double& out) {
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '-') return false;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && std::isfinite(out) &&
         !text.empty();
}

TEST_CASE("plain numbers are read as from_chars reads them") {
  std::mt19937_64 random(3);
  const std::string signs = "0123456789.eE+-";
  for (int i = 0; i < 300000; ++i) {
    std::string text;
    if (i % 3 == 0) {
      for (std::size_t n = 1 + random() % 22; n > 0; --n)
        text += static_cast<char>('0' + random() % 10);
      if (random() % 2 == 0) text.insert(random() % text.size(), 1, '.');
      if (random() % 3 == 0) text.insert(0, 1, '-');
      if (random() % 4 == 0) text += "e" + std::to_string(static_cast<int>(random() % 640) - 330);
    } else {
      for (std::size_t n = 1 + random() % 6; n > 0; --n) text += signs[random() % signs.size()];
    }
    double expected = 0;
    double found = 0;
    const bool is_number = defined(text, expected);
    INFO(text);
    REQUIRE(read_plain(text, found) == is_number);
    if (is_number) REQUIRE(std::memcmp(&found, &expected, sizeof found) == 0);
  }
  for (const char* text : {"nan", "inf", "-inf", "0x10", "1,5", "１２", " 5", "", "-", ".", "+",
                           "5 ", "1e400", "+-5"}) {
    double found = 0;
    CHECK_FALSE(read_plain(text, found));
  }
}

TEST_CASE("a record may begin with a quote, stand alone, or be blank") {
  Piece piece;
  piece.first_line = 2;
  piece.text = "\"a, \"\"b\"\"\",1\n\n\"\",2\r\n\r\nc,\"3\n4\"\nd,5";
  Cells cells(2, ',', {Wanted::text, Wanted::number});
  cells.parse(piece);
  REQUIRE(cells.records() == 4);
  CHECK(cells.text(0)[0] == "a, \"b\"");
  CHECK(cells.text(0)[1].empty());
  CHECK(cells.text(1)[2] == "3\n4");
  CHECK(cells.text(0)[3] == "d");
  CHECK(cells.numbers(1)[1] == 2);
  CHECK(cells.numbers(1)[3] == 5);
  CHECK(cells.kinds(1)[2] == CellKind::text);
  CHECK(cells.line(0) == 2);
  CHECK(cells.line(1) == 4);
  CHECK(cells.line(2) == 6);
  CHECK(cells.line(3) == 8);
  CHECK(cells.ragged().empty());
}

TEST_CASE("plain decimals are printed as value::plain prints them") {
  std::mt19937_64 random(6);
  for (int i = 0; i < 200000; ++i) {
    double x = static_cast<double>(static_cast<std::int64_t>(random() % 2000000001) - 1000000000) /
               1e6;
    if (i % 3 == 0)
      x = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 150);
    if (i % 3 == 1) x = static_cast<double>(random() % 100000) / 1000 + 0.0005;  // ties
    const int digits = static_cast<int>(random() % 10);
    std::string found;
    append_plain(found, x, digits);
    REQUIRE(found == value::plain(x, digits));
  }
}

TEST_CASE("fixed numbers are printed as value::fixed prints them") {
  std::mt19937_64 random(5);
  for (int i = 0; i < 200000; ++i) {
    double x = static_cast<double>(static_cast<std::int64_t>(random() % 2000000001) - 1000000000) /
               1e4;
    if (i % 3 == 0)
      x = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 150);
    const int digits = static_cast<int>(random() % 7);
    std::string found;
    append_fixed(found, x, digits);
    REQUIRE(found == value::fixed(x, digits));
  }
  for (const double x : {0.0, -0.0, 2.675, 0.005, 5.6000000000000005, 1e300, -0.001}) {
    std::string found;
    append_fixed(found, x, 2);
    CHECK(found == value::fixed(x, 2));
  }
}

TEST_CASE("numbers come back to the same bits") {
  std::mt19937_64 random(9);
  for (int i = 0; i < 100000; ++i) {
    double x = 0;
    const std::uint64_t bits = random();
    std::memcpy(&x, &bits, sizeof x);
    if (!std::isfinite(x)) continue;
    std::string text;
    append_number(text, x);
    double found = 0;
    REQUIRE(read_plain(text, found));
    REQUIRE(found == x);
  }
}

TEST_CASE("cells come back as they went") {
  for (const std::string cell :
       {"", "a", "a,b", "say \"so\"", "two\nlines", " spaces ", "\"", "社区", "a\rb", "\ttab"}) {
    std::string record;
    append_cell(record, cell);
    record += ',';
    append_cell(record, cell);
    CHECK(split_record(record, ',') == std::vector<std::string>{cell, cell});
  }
}

}  // namespace
}  // namespace jixiao::table
