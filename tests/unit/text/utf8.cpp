#include "text/utf8.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>

using jixiao::text::is_utf8;
using jixiao::text::repaired_utf8;

namespace {

// Character by character, by the table of RFC 3629.
bool is_utf8_by_the_table(const std::string& bytes) {
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned first = byte(i), second = byte(i + 1);
    if (first < 0x80U) {
      i += 1;
    } else if (first >= 0xC2U && first <= 0xDFU && follows(i + 1)) {
      i += 2;
    } else if (first >= 0xE0U && first <= 0xEFU && follows(i + 1) && follows(i + 2) &&
               !(first == 0xE0U && second < 0xA0U) && !(first == 0xEDU && second > 0x9FU)) {
      i += 3;
    } else if (first >= 0xF0U && first <= 0xF4U && follows(i + 1) && follows(i + 2) &&
               follows(i + 3) && !(first == 0xF0U && second < 0x90U) &&
               !(first == 0xF4U && second > 0x8FU)) {
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("bytes are UTF-8 exactly when the table says so") {
  const char* pieces[] = {
      "a",    "12345678",     ",",           "\xE5\x8A\xA1", "\xC3\xA9",         "\xF0\xA0\x80\x80",
      "\xE5", "\x8A",         "\xC0\x80",    "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE0\x80\x80",
      "\xFF", "\xEC\xBF\xBF", "\xEF\xBC\x85"};
  std::mt19937 draw(5);
  std::size_t sound = 0, wrong = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string bytes;
    const unsigned kinds = i % 2 == 0 ? 6 : 15;  // half of them without faults
    for (unsigned n = draw() % 12; n > 0; --n) bytes += pieces[draw() % kinds];
    const bool is = is_utf8_by_the_table(bytes);
    (is ? sound : wrong) += 1;
    if (is_utf8(bytes) != is) FAIL(i);
    if (!is_utf8_by_the_table(repaired_utf8(bytes))) FAIL(i);
  }
  CHECK(sound > 100000);
  CHECK(wrong > 50000);
}
