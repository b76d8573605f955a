#include "database/records.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "database/failure.hpp"
#include "table/cells.hpp"

namespace jixiao::database {
namespace {

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
    const utf8proc_ssize_t length =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
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
    if (!is_utf8(text_)) {
      throw table::StreamFailure(unreadable(
          where(), {"数据库里有不是 UTF-8 的文字", "the database holds text that is not UTF-8"},
          {"请先在数据库里把这些文字转成 UTF-8",
           "convert that text to UTF-8 in the database first"}));
    }
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
