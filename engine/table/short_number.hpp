// Numbers of a few digits, read as one word: most cells of most tables.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace jixiao::table {

// The number in the `size` bytes before `end`, as read_plain would read it: 1 to 8 digits, a point among them or not. False for anything
// else. The eight bytes before `end` are readable.
inline bool read_short(const char* end, std::size_t size, double& out) {
  if constexpr (std::endian::native != std::endian::little) return false;
  if (size - 1 >= 8) return false;
  constexpr std::uint64_t each = 0x0101010101010101;
  constexpr std::uint64_t zeros = '0' * each;
  // Below 2^53 both are exact, so that one division rounds once: the nearest double.
  constexpr std::array<double, 8> powers = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
  std::uint64_t word = 0;
  std::memcpy(&word, end - 8, 8);
  if (size < 8) {
    const auto others = static_cast<unsigned>(8 * (8 - size));
    word = (word >> others << others) | (zeros >> (64 - others));
  }
  const std::uint64_t points = word ^ ('.' * each);
  const std::uint64_t is_point = (points - each) & ~points & (0x80 * each);
  std::size_t decimals = 0;
  if (is_point != 0) {
    // The digits before the first point move into its place.
    const auto at = static_cast<unsigned>(std::countr_zero(is_point)) / 8;
    if (size == 1) return false;
    const std::uint64_t before = word & ((std::uint64_t{1} << (8 * at)) - 1);
    const std::uint64_t behind = at == 7 ? 0 : word >> (8 * (at + 1)) << (8 * (at + 1));
    word = behind | before << 8 | '0';
    decimals = 7 - at;
  }
  const std::uint64_t high_halves = word & (0xf0 * each);
  const std::uint64_t if_six_more = (word + 0x06 * each) & (0xf0 * each);
  if ((high_halves | if_six_more >> 4) != 0x33 * each) return false;
  // Neighbours together: pairs, fours, eight.
  word -= zeros;
  word = word * 10 + (word >> 8);
  constexpr std::uint64_t mask = 0x000000ff000000ff;
  const std::uint64_t number = (((word & mask) * 0x000f424000000064) + (((word >> 16) & mask) * 0x0000271000000001)) >> 32;
  out = static_cast<double>(static_cast<std::int64_t>(number & 0xffffffff)) / powers[decimals];
  return true;
}

}  // namespace jixiao::table
