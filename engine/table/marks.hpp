// Where a text has separators, line ends and quotes, found 64 bytes at a time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace jixiao::table {

// Positions in `text`, ascending, of every `separator`, `line_end` and quote: the first `all` of
// `marks`, which is only ever made longer. `text` is shorter than 4 GB.
struct MarkCount {
  std::size_t all = 0;
  std::size_t line_ends = 0;
  std::size_t quotes = 0;
};
MarkCount find_marks(std::string_view text, char separator, char line_end,
                     std::vector<std::uint32_t>& marks);

// Whether one of the bytes , " LF CR is in the text.
bool has_special(std::string_view text);

}  // namespace jixiao::table
