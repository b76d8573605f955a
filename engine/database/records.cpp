#include "database/records.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "database/failure.hpp"
#include "table/cells.hpp"

namespace jixiao::database {
namespace {

// U+FFFD in the place of each byte that is none.
std::string repaired(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    out += length > 0 ? text.substr(at, static_cast<std::size_t>(length)) : "\xEF\xBF\xBD";
    at += length > 0 ? static_cast<std::size_t>(length) : 1;
  }
  return out;
}

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    constexpr std::size_t stride = 8;
    std::uint64_t word = 0;
    if (at + stride <= text.size()) {
      std::memcpy(&word, text.data() + at, stride);
      if ((word & 0x8080808080808080U) == 0) {
        at += stride;
        continue;
      }
    }
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (length <= 0) return false;
    at += static_cast<std::size_t>(length);
  }
  return true;
}

}  // namespace

std::size_t RecordSource::read(std::span<char> room) {
  while (at_ == text_.size()) {
    if (ended_) return 0;
    text_.clear();
    at_ = 0;
    ended_ = !append_records(text_);
    if (!is_utf8(text_)) text_ = repaired(text_);
  }
  const std::size_t bytes = std::min(room.size(), text_.size() - at_);
  std::memcpy(room.data(), text_.data() + at_, bytes);
  at_ += bytes;
  handed_over_ += bytes;
  return bytes;
}

void end_record(std::string& to, std::size_t start) {
  if (to.size() == start) to += "\"\"";
  to += '\n';
}

void append_real(std::string& to, double value) {
  if (std::isinf(value)) {
    to += value > 0 ? "inf" : "-inf";
  } else {
    table::append_number(to, value);
  }
}

}  // namespace jixiao::database
