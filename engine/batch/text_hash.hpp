// Hashes of names and cells: the same for equal text in every run and on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace jixiao::batch {

inline std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29U);
}

// Continues `hash` with the bytes of `text` and their number. Little-endian words, whatever the machine.
inline std::uint64_t hashed(std::uint64_t hash, std::string_view text) {
  const auto word_at = [&](std::size_t at, std::size_t bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes; ++i) word |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
    return word;
  };
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) hash = mixed(hash, word_at(at, 8));
  return mixed(hash, word_at(at, text.size() - at) ^ (std::uint64_t{text.size()} << 56U));
}

// Spread over all its bits.
inline std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = hashed(0xcbf29ce484222325U, text);
  hash = (hash ^ (hash >> 32U)) * 0xd6e8feb86659fd93U;
  return hash ^ (hash >> 32U);
}

// Equal bytes: short texts are compared here a few times a record, where a call would cost more than the comparing.
inline bool equal_bytes(const char* a, const char* b, std::size_t n) {
  const auto differ = [&](std::size_t at) {
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    std::memcpy(&x, a + at, 8);
    std::memcpy(&y, b + at, 8);
    return x ^ y;
  };
  if (n >= 8) {
    std::uint64_t difference = 0;
    for (std::size_t at = 0; at + 8 < n; at += 8) difference |= differ(at);
    return (difference | differ(n - 8)) == 0;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}
inline bool equal_text(std::string_view a, std::string_view b) { return a.size() == b.size() && equal_bytes(a.data(), b.data(), a.size()); }

}  // namespace jixiao::batch
