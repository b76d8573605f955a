// What the page has in place of the standard library's from_chars and to_chars, against those.
#define JIXIAO_STAND_IN stand_in
#include "webassembly/standard.hpp"

#include <array>
#include <bit>
#include <catch2/catch.hpp>
#include <charconv>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

std::vector<double> values() {
  std::vector<double> out{0.0,
                          -0.0,
                          1,
                          -1,
                          0.1,
                          1e15,
                          1e16,
                          1e21,
                          1e22,
                          123456789012345678.0,
                          5e-324,
                          1e-5,
                          0.0001,
                          1e300,
                          std::numeric_limits<double>::max(),
                          std::numeric_limits<double>::infinity(),
                          -std::numeric_limits<double>::infinity(),
                          std::numeric_limits<double>::quiet_NaN()};
  std::mt19937_64 random(20);
  for (int i = 0; i < 200'000; ++i) {
    const double any = std::bit_cast<double>(random());
    if (!std::isnan(any)) out.push_back(any);
    out.push_back(
        static_cast<double>(static_cast<std::int64_t>(random() % 2'000'000'000) - 1'000'000'000) /
        100);
    out.push_back(
        std::ldexp(static_cast<double>(random() >> 11U), static_cast<int>(random() % 40) - 60));
  }
  return out;
}

template <class Print>
std::string printed(const Print& print) {
  std::array<char, 400> room{};
  const auto [end, error] = print(room.data(), room.data() + room.size());
  return error == std::errc() ? std::string(room.data(), end)
                              : "error " + std::to_string(static_cast<int>(error));
}

}  // namespace

TEST_CASE("numbers are printed as the standard library prints them") {
  for (const double x : values()) {
    const std::string own = printed([&](char* a, char* b) { return stand_in::to_chars(a, b, x); });
    const std::string standard = printed([&](char* a, char* b) { return std::to_chars(a, b, x); });
    if (own != standard) FAIL(own << " instead of " << standard);
    for (const auto form : {std::chars_format::scientific, std::chars_format::fixed}) {
      const std::string one =
          printed([&](char* a, char* b) { return stand_in::to_chars(a, b, x, form); });
      const std::string other =
          printed([&](char* a, char* b) { return std::to_chars(a, b, x, form); });
      if (one != other) FAIL(one << " instead of " << other);
    }
    for (const int digits : {0, 2, 15, 16}) {
      for (const auto form :
           {std::chars_format::scientific, std::chars_format::fixed, std::chars_format::general}) {
        const std::string one =
            printed([&](char* a, char* b) { return stand_in::to_chars(a, b, x, form, digits); });
        const std::string other =
            printed([&](char* a, char* b) { return std::to_chars(a, b, x, form, digits); });
        if (one != other) FAIL(one << " instead of " << other << " with " << digits);
      }
    }
  }
}

TEST_CASE("numbers are read as the standard library reads them") {
  std::vector<std::string> texts{"",
                                 "+1",
                                 "-",
                                 ".",
                                 ".5",
                                 "5.",
                                 "1e",
                                 "1e+",
                                 "1e5",
                                 "1E-5",
                                 "0x10",
                                 "inf",
                                 "-inf",
                                 "nan",
                                 "1,5",
                                 "1e400",
                                 "-1e400",
                                 "1e-400",
                                 "0e-400",
                                 "00012",
                                 "1.2.3",
                                 "  1",
                                 "1 ",
                                 "--1",
                                 "0.1e",
                                 "infinity",
                                 "1e99999999999",
                                 "184467440737095516150"};
  for (const double x : values())
    texts.push_back(printed([&](char* a, char* b) { return std::to_chars(a, b, x); }));
  std::mt19937 random(7);
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (std::size_t k = random() % 12; k-- > 0;) text += "0123456789.-+eE "[random() % 16];
    texts.push_back(text);
  }
  for (const std::string& text : texts) {
    for (const auto form :
         {std::chars_format::general, std::chars_format::fixed, std::chars_format::scientific}) {
      double own = 7, standard = 7;
      const auto a = stand_in::from_chars(text.data(), text.data() + text.size(), own, form);
      const auto b = std::from_chars(text.data(), text.data() + text.size(), standard, form);
      const bool same =
          a.ec == b.ec && a.ptr == b.ptr &&
          (std::bit_cast<std::uint64_t>(own) == std::bit_cast<std::uint64_t>(standard) ||
           (std::isnan(own) && std::isnan(standard)));
      if (!same)
        FAIL("'" << text << "' form " << static_cast<int>(form) << ": " << own << " at "
                 << a.ptr - text.data() << ", " << standard << " at " << b.ptr - text.data());
    }
  }
}
