// Hashes of names and cells: the same for equal text in every run and on every machine.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace jixiao::system {

inline std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29U);
}

// Bytes as a little-endian number, whatever the machine.
template <class Word>
std::uint64_t word_at(const char* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    word = static_cast<Word>(__builtin_bswap64(word) >> (64 - 8 * sizeof word));
  }
  return word;
}

// Continues `hash` with the bytes of `text` and their number. The last word overlaps the one before
// it rather than being put together byte by byte.
inline std::uint64_t hashed(std::uint64_t hash, std::string_view text) {
  const char* const at = text.data();
  const std::size_t n = text.size();
  std::uint64_t last = 0;
  if (n >= 8) {
    for (std::size_t i = 0; i + 8 < n; i += 8) hash = mixed(hash, word_at<std::uint64_t>(at + i));
    last = word_at<std::uint64_t>(at + n - 8);
  } else if (n >= 4) {
    last = word_at<std::uint32_t>(at) | word_at<std::uint32_t>(at + n - 4) << 32U;
  } else {
    for (std::size_t i = 0; i < n; ++i)
      last |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
  }
  // The number of bytes goes into all bits: in those of one character it would make up for that
  // character, and p1113 would be p11110.
  return mixed(hash ^ std::uint64_t{n} * 0xff51afd7ed558ccdU, last);
}

// Spread over all its bits.
inline std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = hashed(0xcbf29ce484222325U, text);
  hash = (hash ^ (hash >> 32U)) * 0xd6e8feb86659fd93U;
  return hash ^ (hash >> 32U);
}

// Equal bytes: short texts are compared here a few times a record, where a call would cost more
// than the comparing.
inline bool equal_bytes(const char* a, const char* b, std::size_t n) {
  if (n >= 8) {
    std::uint64_t difference = 0;
    for (std::size_t i = 0; i + 8 < n; i += 8)
      difference |= word_at<std::uint64_t>(a + i) ^ word_at<std::uint64_t>(b + i);
    return (difference | (word_at<std::uint64_t>(a + n - 8) ^ word_at<std::uint64_t>(b + n - 8))) ==
           0;
  }
  if (n >= 4) {
    return ((word_at<std::uint32_t>(a) ^ word_at<std::uint32_t>(b)) |
            (word_at<std::uint32_t>(a + n - 4) ^ word_at<std::uint32_t>(b + n - 4))) == 0;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}
inline bool equal_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && equal_bytes(a.data(), b.data(), a.size());
}

}  // namespace jixiao::system
