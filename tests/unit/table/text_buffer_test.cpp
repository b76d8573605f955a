// Text put together in a buffer: the same bytes as in a string; short numbers and line counts
// against the slow ways.
#include "table/text_buffer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <random>
#include <string>

#include "table/cells.hpp"
#include "table/record_scan.hpp"
#include "table/short_number.hpp"

namespace jixiao::table {
namespace {

TEST_CASE("a buffer holds what was put into it") {
  std::mt19937_64 random(1);
  const std::string letters = "ab,\"\r\n =-+@\t'1.5社";
  TextBuffer buffer;
  for (int round = 0; round < 300; ++round) {
    std::string expected;
    buffer.clear();
    for (int i = 0; i < 60; ++i) {
      std::string text;
      for (std::size_t n = random() % (round % 10 == 0 ? 90 : 20); n > 0; --n)
        text += letters[random() % letters.size()];
      switch (random() % 3) {
        case 0: buffer.put(text), expected += text; break;
        case 1: buffer.put_cell(text), append_cell(expected, text); break;
        default: buffer.put(','), expected += ','; break;
      }
    }
    REQUIRE(buffer.view() == expected);
    buffer.cut(expected.size() / 2);
    REQUIRE(buffer.view() == std::string_view(expected).substr(0, expected.size() / 2));
  }
}

TEST_CASE("numbers in a buffer are those of a string") {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100000; ++i) {
    double x = static_cast<double>(static_cast<std::int64_t>(random() % 2000001) - 1000000) / 1e4;
    if (i % 3 == 0)
      x = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 150);
    if (i % 100 == 0) x = i % 200 == 0 ? std::nan("") : -0.0;
    const int digits = static_cast<int>(random() % 10);
    TextBuffer found;
    std::string expected;
    found.put_fixed(x, digits), append_fixed(expected, x, digits);
    found.put_plain(x, digits), append_plain(expected, x, digits);
    found.put_number(x), append_number(expected, x);
    REQUIRE(found.view() == expected);
  }
}

TEST_CASE("short numbers are read as all others") {
  std::mt19937_64 random(3);
  const std::string letters = "00123456789..,-+e x/:";
  std::size_t numbers = 0;
  for (int i = 0; i < 300000; ++i) {
    std::string text = "........";  // what stands before is none of its business
    const std::size_t size = 1 + random() % 9;
    for (std::size_t n = size; n > 0; --n)
      text += i % 2 == 0 ? letters[random() % 12] : letters[random() % letters.size()];
    const std::string_view cell = std::string_view(text).substr(8);
    double expected = 0;
    const bool is_number = read_plain(cell, expected);
    double found = 0;
    ShortDecimal decimal;
    INFO(cell);
    const bool read = read_short(cell.data() + cell.size(), cell.size(), found);
    REQUIRE(read_short(cell, decimal) == read);
    // A sign or an exponent is left to read_plain, but no digits of eight at most are.
    if (read) {
      REQUIRE(is_number);
      REQUIRE(std::memcmp(&found, &expected, sizeof found) == 0);
      REQUIRE(decimal.value() == found);
      ++numbers;
    } else if (is_number) {
      REQUIRE((cell.size() > 8 || cell.find_first_of("+-e") != std::string_view::npos));
    }
  }
  CHECK(numbers > 50000);
}

TEST_CASE("as many records are counted as are read") {
  std::mt19937_64 random(4);
  for (int i = 0; i < 20000; ++i) {
    const std::string letters = i % 2 == 0 ? "a,\n\r" : "a,\n\r\"\"";
    Piece piece;
    std::string text;
    for (std::size_t n = random() % (i % 50 == 0 ? 900 : 30); n > 0; --n)
      text += letters[random() % letters.size()];
    if (text.find('\n') == std::string::npos) text += '\n';
    piece.text = text;
    Cells cells(2, ',', {Wanted::text, Wanted::text});
    const LineCount count = count_lines(text, '\n');
    CHECK(count.line_ends ==
          static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
    CHECK(count.quoted == (text.find('"') != std::string::npos));
    if (count.quoted) continue;
    cells.parse(piece);
    INFO(text);
    const std::size_t in_all = cells.records() + cells.blank_records();
    REQUIRE(count.records == in_all);
    REQUIRE(count_records(text, ',', '\n') == in_all);
  }
}

}  // namespace
}  // namespace jixiao::table
