#include "filing/rendering.hpp"

namespace jixiao::filing {

workbook::Look look_of(Role role, bool draft) {
  using workbook::Across;
  workbook::Look look;
  look.border = true;
  look.wrap = true;
  look.size = 10;
  switch (role) {
    case Role::title:
      look.border = false, look.bold = true, look.size = 18, look.across = Across::centre;
      break;
    case Role::subtitle: look.border = false, look.size = 12, look.across = Across::centre; break;
    case Role::banner:
      look.border = false, look.bold = true, look.across = Across::centre, look.ink = 0x8A5A00,
      look.fill = 0xFFF3D6;
      break;
    case Role::heading: look.bold = true, look.across = Across::centre, look.fill = 0xEEF1F5; break;
    case Role::text: look.across = Across::left; break;
    case Role::centred: look.across = Across::centre; break;
    case Role::number: look.across = Across::right; break;
    case Role::sum: look.bold = true, look.across = Across::centre; break;
    case Role::note:
      look.border = false, look.across = Across::left, look.size = 9, look.ink = 0x5B6673;
      break;
  }
  if (draft) look.italic = true, look.ink = 0x8A5A00, look.fill = 0xFFF9E8;
  return look;
}

workbook::Sheet& add_sheet(const Grid& grid, std::string_view name, workbook::Workbook& book) {
  workbook::Sheet& sheet = book.sheet(name);
  for (std::size_t i = 0; i < grid.widths.size(); ++i) sheet.width(i + 1, grid.widths[i]);
  for (const GridCell& cell : grid.cells) {
    workbook::Look look = look_of(cell.role, cell.draft);
    look.format = cell.format;
    if (cell.number)
      sheet.number(cell.row, cell.column, *cell.number, look);
    else
      sheet.text(cell.row, cell.column, cell.text, look);
    if (cell.rows > 1 || cell.columns > 1) sheet.merge(cell.rows, cell.columns);
  }
  sheet.fit_heights();
  sheet.grid = false;
  sheet.page.repeated_rows = grid.repeated_rows;
  return sheet;
}

}  // namespace jixiao::filing
