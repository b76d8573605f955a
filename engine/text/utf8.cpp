#include "text/utf8.hpp"

#include <utf8proc.h>

#include <bit>
#include <cstdint>
#include <cstring>

namespace jixiao::text {
namespace {

// Bytes of the character at `at`; 0 when there is none.
std::size_t character_at(std::string_view bytes, std::size_t at) {
  utf8proc_int32_t point = 0;
  const auto* data = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
  const utf8proc_ssize_t length =
      utf8proc_iterate(data + at, static_cast<utf8proc_ssize_t>(bytes.size() - at), &point);
  return length > 0 ? static_cast<std::size_t>(length) : 0;
}

// Most characters beyond ASCII have three bytes, the first of them E1 to EC.
bool is_common(const char* at) {
  const auto byte = [&](int i) { return static_cast<unsigned char>(at[i]); };
  return byte(0) >= 0xE1U && byte(0) <= 0xECU && (byte(1) & 0xC0U) == 0x80U &&
         (byte(2) & 0xC0U) == 0x80U;
}

// How many of the next bytes are ASCII: at most eight, or one where fewer are left.
std::size_t ascii_ahead(std::string_view bytes, std::size_t at) {
  std::uint64_t word = 0;
  if (at + sizeof word > bytes.size() || std::endian::native != std::endian::little)
    return static_cast<unsigned char>(bytes[at]) < 0x80U ? 1 : 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  const std::uint64_t beyond = word & 0x8080808080808080U;
  return beyond == 0 ? sizeof word : static_cast<std::size_t>(std::countr_zero(beyond)) / 8;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    at += ascii_ahead(bytes, at);
    while (at + 3 <= bytes.size() && is_common(bytes.data() + at)) at += 3;
    if (at == bytes.size() || static_cast<unsigned char>(bytes[at]) < 0x80U) continue;
    const std::size_t length = character_at(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string repaired_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = character_at(bytes, at);
    out += length > 0 ? bytes.substr(at, length) : "\xEF\xBF\xBD";
    at += length > 0 ? length : 1;
  }
  return out;
}

}  // namespace jixiao::text
