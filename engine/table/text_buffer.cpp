#include "table/text_buffer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "table/cells.hpp"
#include "table/marks.hpp"

namespace jixiao::table {

namespace {

constexpr std::size_t least_room = 4096;

// What a character means at the start or the end of a cell.
constexpr std::uint8_t blank = 1;  // would be taken off by a reader
constexpr auto meanings = [] {
  std::array<std::uint8_t, 256> table{};
  for (const char c : {' ', '\t'}) table[static_cast<unsigned char>(c)] |= blank;
  return table;
}();

std::uint8_t meaning(char c) { return meanings[static_cast<unsigned char>(c)]; }

}  // namespace

void TextBuffer::grow(std::size_t bytes) {
  const std::size_t held = size();
  const std::size_t wanted = std::max({held + bytes, held * 2, least_room});
  auto larger = std::make_unique_for_overwrite<char[]>(wanted);
  if (held > 0) std::memcpy(larger.get(), begin_.get(), held);
  begin_ = std::move(larger);
  at_ = begin_.get() + held;
  limit_ = begin_.get() + wanted;
}

void TextBuffer::put_cell(std::string_view text) {
  if (text.empty()) return;
  if (((meaning(text.front()) | meaning(text.back())) & blank) == 0 && !has_special(text))
    return put(text);
  std::string cell;
  append_cell(cell, text);
  put(cell);
}

}  // namespace jixiao::table
