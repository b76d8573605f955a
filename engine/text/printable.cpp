#include "jixiao/printable.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

namespace jixiao {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t longest_character = 4;

bool is_between(utf8proc_int32_t point, utf8proc_int32_t first, utf8proc_int32_t last) {
  return point >= first && point <= last;
}

bool is_shown(utf8proc_int32_t point) {
  if (point < 0x20) return point == '\n' || point == '\t';
  if (point < 0x7F) return true;
  return !is_between(point, 0x7F, 0x9F) && point != 0x061C && !is_between(point, 0x200E, 0x200F) &&
         !is_between(point, 0x2028, 0x202E) && !is_between(point, 0x2066, 0x2069) &&
         !is_between(point, 0xFFF9, 0xFFFB) && !is_between(point, 0xE0000, 0xE007F) &&
         !is_between(point, 0xFDD0, 0xFDEF) && (point & 0xFFFE) != 0xFFFE;
}

// Whether so few bytes can be the beginning of a character.
bool may_go_on(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  const std::size_t whole = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  return first < 0xF5 && bytes.size() < whole &&
         std::all_of(bytes.begin() + 1, bytes.end(),
                     [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
}

// Returns how many bytes of `text` were told; without `is_whole` those of a character that may yet
// go on are left.
std::size_t append_printable(std::string& out, std::string_view text, bool is_whole) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c >= 0x20 && c < 0x7F) {
      out += c;
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t length =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (length <= 0) {
      if (!is_whole && text.size() - at < longest_character && may_go_on(text.substr(at)))
        return at;
      out += replacement;
      ++at;
      continue;
    }
    out += is_shown(point) ? text.substr(at, static_cast<std::size_t>(length)) : replacement;
    at += static_cast<std::size_t>(length);
  }
  return at;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_printable(out, text, true);
  return out;
}

std::string PrintableStream::put(std::string_view bytes) {
  kept_ += bytes;
  std::string out;
  out.reserve(kept_.size());
  kept_.erase(0, append_printable(out, kept_, false));
  return out;
}

std::string PrintableStream::finish() { return printable(std::exchange(kept_, {})); }

}  // namespace jixiao
