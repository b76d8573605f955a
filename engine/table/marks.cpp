#include "table/marks.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "system/clones.hpp"

namespace jixiao::table {

namespace {

constexpr std::size_t stride = 64;

#if defined(__SSE2__)
// Bit i: byte i is `wanted`.
[[gnu::always_inline]] inline std::uint64_t where_equal(const __m128i (&bytes)[4], __m128i wanted) {
  std::uint64_t mask = 0;
  for (unsigned part = 0; part < 4; ++part) {
    mask |= static_cast<std::uint64_t>(
                static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[part], wanted))))
            << (16 * part);
  }
  return mask;
}

// Whole strides; returns behind the last of them. `to` has room for as many marks as bytes.
JIXIAO_CLONES std::size_t mark_strides(std::string_view text, char separator, char line_end,
                                       std::uint32_t*& to, MarkCount& count) {
  const __m128i separators = _mm_set1_epi8(separator);
  const __m128i line_ends = _mm_set1_epi8(line_end);
  const __m128i quotes = _mm_set1_epi8('"');
  std::uint32_t* out = to;
  std::size_t at = 0;
  for (; at + stride <= text.size(); at += stride) {
    __m128i bytes[4];
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const std::uint64_t ends = where_equal(bytes, line_ends);
    const std::uint64_t quoting = where_equal(bytes, quotes);
    std::uint64_t mask = where_equal(bytes, separators) | ends | quoting;
    count.line_ends += static_cast<std::size_t>(std::popcount(ends));
    if (quoting != 0) count.quotes += static_cast<std::size_t>(std::popcount(quoting));
    std::uint32_t* const behind = out + std::popcount(mask);
    // Some at a time, more than there are rather than one by one: a guess that is wrong costs more
    // than a mark too many.
    while (true) {
      for (unsigned k = 0; k < 6; ++k, mask &= mask - 1)
        out[k] = static_cast<std::uint32_t>(at) +
                 static_cast<std::uint32_t>(std::countr_zero(mask));
      out += 6;
      if (out >= behind) break;
    }
    out = behind;
  }
  to = out;
  return at;
}
#endif

}  // namespace

MarkCount find_marks(std::string_view text, char separator, char line_end,
                     std::vector<std::uint32_t>& marks) {
  constexpr std::size_t beyond = 8;  // marks too many
  if (marks.size() < text.size() + beyond) marks.resize(text.size() + beyond);
  MarkCount count;
  std::uint32_t* to = marks.data();
  std::size_t at = 0;
#if defined(__SSE2__)
  at = mark_strides(text, separator, line_end, to, count);
#endif
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c != separator && c != line_end && c != '"') continue;
    *to++ = static_cast<std::uint32_t>(at);
    count.line_ends += c == line_end ? 1 : 0;
    count.quotes += c == '"' ? 1 : 0;
  }
  count.all = static_cast<std::size_t>(to - marks.data());
  return count;
}

#if defined(__SSE2__)
namespace {

__m128i two_words(const char* first, const char* second, std::size_t bytes) {
  std::int64_t a = 0;
  std::int64_t b = 0;
  std::memcpy(&a, first, bytes);
  std::memcpy(&b, second, bytes);
  return _mm_set_epi64x(b, a);
}

bool is_special(__m128i bytes) {
  const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  return _mm_movemask_epi8(
             _mm_or_si128(_mm_or_si128(is(','), is('"')), _mm_or_si128(is('\n'), is('\r')))) != 0;
}

}  // namespace

bool has_special(std::string_view text) {
  // Bytes at both ends are looked at twice rather than one by one.
  const char* const first = text.data();
  const std::size_t n = text.size();
  if (n >= 16) {
    bool found = false;
    for (std::size_t at = 0; at < n; at += 16) {
      __m128i bytes;
      std::memcpy(&bytes, first + (at + 16 <= n ? at : n - 16), sizeof bytes);
      found = found || is_special(bytes);
    }
    return found;
  }
  if (n >= 8) return is_special(two_words(first, first + n - 8, 8));
  if (n >= 4) return is_special(two_words(first, first + n - 4, 4));
  for (const char c : text) {
    if (c == ',' || c == '"' || c == '\n' || c == '\r') return true;
  }
  return false;
}
#else
bool has_special(std::string_view text) {
  return text.find_first_of(",\"\n\r") != std::string_view::npos;
}
#endif

}  // namespace jixiao::table
