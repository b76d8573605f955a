#include "database/records.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "table/cells.hpp"
#include "text/utf8.hpp"

namespace jixiao::database {
std::size_t RecordSource::read(std::span<char> room) {
  while (at_ == text_.size()) {
    if (ended_) return 0;
    text_.clear();
    at_ = 0;
    ended_ = !append_records(text_);
    if (!text::is_utf8(text_)) text_ = text::repaired_utf8(text_);
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
