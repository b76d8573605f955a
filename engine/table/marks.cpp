#include "table/marks.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace jixiao::table {

namespace {

constexpr std::size_t stride = 64;

#if defined(__SSE2__)
// Bit i: byte i is one of the three.
std::uint64_t marks_of(const char* bytes, __m128i separator, __m128i line_end, __m128i quote) {
  std::uint64_t mask = 0;
  for (unsigned part = 0; part < 4; ++part) {
    __m128i chunk;
    std::memcpy(&chunk, bytes + 16 * part, sizeof chunk);
    const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(chunk, separator), _mm_cmpeq_epi8(chunk, line_end)), _mm_cmpeq_epi8(chunk, quote));
    mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found))) << (16 * part);
  }
  return mask;
}
#endif

}  // namespace

void find_marks(std::string_view text, char separator, char line_end, std::vector<std::uint32_t>& marks) {
  marks.clear();
  std::size_t at = 0;
#if defined(__SSE2__)
  const __m128i separators = _mm_set1_epi8(separator);
  const __m128i line_ends = _mm_set1_epi8(line_end);
  const __m128i quotes = _mm_set1_epi8('"');
  for (; at + stride <= text.size(); at += stride) {
    std::uint64_t mask = marks_of(text.data() + at, separators, line_ends, quotes);
    const auto count = static_cast<std::size_t>(std::popcount(mask));
    const std::size_t before = marks.size();
    marks.resize(before + count);
    for (std::uint32_t* to = marks.data() + before; mask != 0; mask &= mask - 1) *to++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(mask));
  }
#endif
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == separator || c == line_end || c == '"') marks.push_back(static_cast<std::uint32_t>(at));
  }
}

bool has_special(std::string_view text) {
  static constexpr auto special = [] {
    std::array<std::uint8_t, 256> table{};
    for (const char c : {',', '"', '\n', '\r'}) table[static_cast<unsigned char>(c)] = 1;
    return table;
  }();
  std::uint8_t found = 0;
  for (const char c : text) found = static_cast<std::uint8_t>(found | special[static_cast<unsigned char>(c)]);
  return found != 0;
}

}  // namespace jixiao::table
