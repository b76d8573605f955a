// CSV as RFC 4180 has it, with '\n' line ends.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace jixiao::page {

// Quoted when needed, guarded against being taken for a formula: the same bytes as the tables of
// `batch` (table/guard.hpp).
std::string csv_cell(std::string_view text);
std::string csv_line(std::span<const std::string> cells);

}  // namespace jixiao::page
