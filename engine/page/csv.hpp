// CSV as RFC 4180 has it, with '\n' line ends.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace jixiao::page {

// Quoted when needed; a text a spreadsheet would take for a formula (= + - @, also full-width, tab)
// gets a leading ' unless it is a number.
std::string csv_cell(std::string_view text);
std::string csv_line(std::span<const std::string> cells);

}  // namespace jixiao::page
