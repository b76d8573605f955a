// Where records end: the one place that knows how quotes work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::table {

inline constexpr std::size_t npos = std::string_view::npos;

// A quote opens a quoted cell only at the start of a cell; inside, two quotes are one, and line
// ends and separators are text. Position behind the line end of the record that begins at `begin`;
// npos when the text stops before that.
std::size_t find_record_end(std::string_view text, std::size_t begin, char separator,
                            char line_end);
// Records of a text that begins at a record's start; blank lines are none.
std::uint64_t count_records(std::string_view text, char separator, char line_end);
// The same in one fast pass: every line end, wherever it stands, and the records when no quote
// makes them another number than lines.
struct LineCount {
  std::uint64_t line_ends = 0;
  std::uint64_t records = 0;
  bool quoted = false;
};
LineCount count_lines(std::string_view text, char line_end);
// Nothing but a line end.
bool is_blank(std::string_view record);
// The cells of one record, unquoted, spaces around unquoted ones taken off; a line end at its end
// is dropped.
std::vector<std::string> split_record(std::string_view record, char separator);
// The cell in `column`; empty when there is none.
std::string cell_of(std::string_view record, std::size_t column, char separator);

// Steps over one cell that begins at `at`: its text (quotes taken off, into `buffer` where doubled
// quotes had to be undone), and `at` behind the cell, on its separator or at the end.
std::string_view take_cell(std::string_view record, std::size_t& at, char separator,
                           std::string& buffer);
std::string_view without_line_end(std::string_view record);
std::string_view trimmed(std::string_view cell);

}  // namespace jixiao::table
