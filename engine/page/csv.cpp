#include "page/csv.hpp"

#include "table/cells.hpp"
#include "table/guard.hpp"

namespace jixiao::page {

std::string csv_cell(std::string_view text) {
  std::string out;
  table::append_cell(out, table::guarded(text));
  return out;
}

std::string csv_line(std::span<const std::string> cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + csv_cell(cells[i]);
  return out + '\n';
}

}  // namespace jixiao::page
