// Numbers of a few digits, read as one word: most cells of most tables.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace jixiao::table {

// digits / 10^decimals
struct ShortDecimal {
  std::uint32_t digits = 0;
  std::uint32_t decimals = 0;  // 0 to 7

  // Both are exact, so that one division rounds once: the nearest double.
  [[nodiscard]] double value() const {
    constexpr std::array<double, 8> powers = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    return static_cast<double>(digits) / powers[decimals];
  }
};

// The last `size` bytes of a word (the first in memory are its low ones) as a number: 1 to 8
// digits, a point among them or not. False for anything else, as a sign or an exponent.
inline bool read_word(std::uint64_t word, std::size_t size, ShortDecimal& out) {
  constexpr std::uint64_t each = 0x0101010101010101;
  constexpr std::uint64_t zeros = '0' * each;
  if (size < 8) {
    const auto others = static_cast<unsigned>(8 * (8 - size));
    word = (word >> others << others) | (zeros >> (64 - others));
  }
  const std::uint64_t points = word ^ ('.' * each);
  const std::uint64_t is_point = (points - each) & ~points & (0x80 * each);
  out.decimals = 0;
  if (is_point != 0) {
    // The digits before the first point move into its place.
    const auto at = static_cast<unsigned>(std::countr_zero(is_point)) / 8;
    if (size == 1) return false;
    const std::uint64_t before = word & ((std::uint64_t{1} << (8 * at)) - 1);
    const std::uint64_t behind = at == 7 ? 0 : word >> (8 * (at + 1)) << (8 * (at + 1));
    word = behind | before << 8 | '0';
    out.decimals = 7 - at;
  }
  const std::uint64_t high_halves = word & (0xf0 * each);
  const std::uint64_t if_six_more = (word + 0x06 * each) & (0xf0 * each);
  if ((high_halves | if_six_more >> 4) != 0x33 * each) return false;
  // Neighbours together: pairs, fours, eight.
  word -= zeros;
  word = word * 10 + (word >> 8);
  constexpr std::uint64_t mask = 0x000000ff000000ff;
  const std::uint64_t number =
      (((word & mask) * 0x000f424000000064) + (((word >> 16) & mask) * 0x0000271000000001)) >> 32;
  out.digits = static_cast<std::uint32_t>(number);
  return true;
}

// The number in the `size` bytes before `end`, as read_plain would read it where it is as short as
// that. The eight bytes before `end` are readable.
inline bool read_short(const char* end, std::size_t size, double& out) {
  if (std::endian::native != std::endian::little || size - 1 >= 8) return false;
  std::uint64_t word = 0;
  std::memcpy(&word, end - 8, 8);
  ShortDecimal decimal;
  if (!read_word(word, size, decimal)) return false;
  out = decimal.value();
  return true;
}

// The same of a text that nothing is known about.
inline bool read_short(std::string_view text, ShortDecimal& out) {
  const std::size_t n = text.size();
  if (std::endian::native != std::endian::little || n - 1 >= 8) return false;
  const char* const at = text.data();
  const auto four = [](const char* from) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, from, 4);
    return std::uint64_t{bytes};
  };
  std::uint64_t word = 0;
  if (n >= 4) {  // the two overlap where they are the same
    word = four(at) << (8 * (8 - n)) | four(at + n - 4) << 32;
  } else {
    for (std::size_t i = 0; i < n; ++i)
      word |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * (8 - n + i));
  }
  return read_word(word, n, out);
}

}  // namespace jixiao::table
