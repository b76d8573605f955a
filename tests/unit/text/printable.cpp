// What goes to a terminal has no control characters and is UTF-8.
#include <catch2/catch.hpp>

#include <random>

#include "jixiao/printable.hpp"
#include "text/utf8.hpp"

namespace jixiao {
namespace {

const std::string mark = "\xEF\xBF\xBD";

TEST_CASE("control characters, marks of direction and what is no text are replaced", "[text]") {
  CHECK(printable("社区 a\tb\n≥5") == "社区 a\tb\n≥5");
  for (const std::string& bad : std::vector<std::string>{
           "\x1b", "\r", "\x07", "\x7f", "\xC2\x9B", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\xA8",
           "\xD8\x9C", "\xEF\xBF\xBE", "\xF3\xA0\x80\xA1", "\xEF\xBF\xB9"})
    CHECK(printable("a" + bad + "b") == "a" + mark + "b");
  CHECK(printable(std::string_view("a\0b", 3)) == "a" + mark + "b");
  CHECK(printable("\x1b[8mhidden") == mark + "[8mhidden");
  CHECK(printable("a\xFF\xE4\xB8z") == "a" + mark + mark + mark + "z");
}

TEST_CASE("a stream is shown as the whole text is, wherever it is cut", "[text]") {
  std::mt19937_64 random(3);
  const std::vector<std::string> pieces{"a",        "社", "\x1b[2J", "\xE2\x80\xAE", "\xFF",
                                        "\xE4\xB8", "\n", "𝒳",       "\xC2\x85"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t n = random() % 8; n > 0; --n) text += pieces[random() % pieces.size()];
    PrintableStream stream;
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t bytes = 1 + random() % 3;
      shown += stream.put(std::string_view(text).substr(at, bytes));
      at += bytes;
    }
    shown += stream.finish();
    REQUIRE(shown == printable(text));
    REQUIRE(text::is_utf8(shown));
  }
}

TEST_CASE("UTF-8 is told from other bytes", "[text]") {
  CHECK(text::is_utf8("社区abcdefgh社é𝒳"));
  for (const std::string& bad : std::vector<std::string>{
           "\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "abcdefghij\x80"}) {
    CHECK_FALSE(text::is_utf8(bad));
    CHECK(text::is_utf8(text::repaired_utf8(bad)));
  }
  CHECK(text::repaired_utf8("a\xD6\xD0z") == "a" + mark + mark + "z");
}

}  // namespace
}  // namespace jixiao
