#include <algorithm>

#include "filing/rendering.hpp"
#include "page/html_page.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {
namespace {

const char* class_of(Role role) {
  switch (role) {
    case Role::title: return "title";
    case Role::subtitle: return "subtitle";
    case Role::banner: return "warn";
    case Role::heading: return "head";
    case Role::text: return "";
    case Role::centred: return "mid";
    case Role::number: return "num";
    case Role::sum: return "sum";
    case Role::note: return "note";
  }
  return "";
}

std::string with_breaks(std::string_view text) {
  const std::string escaped = page::html_escaped(text);
  std::string out;
  for (const char c : escaped) out += c == '\n' ? std::string("<br>") : std::string(1, c);
  return out;
}

}  // namespace

std::string html_table(const Grid& grid, std::string_view class_name) {
  double whole = 0;
  for (const double width : grid.widths) whole += width;
  std::string out = "<table class=\"paper " + std::string(class_name) + "\">\n<colgroup>";
  for (const double width : grid.widths)
    out += "<col style=\"width:" + value::plain(100 * width / whole, 2) + "%\">";
  out += "</colgroup>\n";
  std::vector<const GridCell*> sorted;
  for (const GridCell& cell : grid.cells) sorted.push_back(&cell);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
    return std::pair(a->row, a->column) < std::pair(b->row, b->column);
  });
  std::size_t row = 0;
  for (const GridCell* cell : sorted) {
    for (; row < cell->row; ++row) out += row == 0 ? "<tr>" : "</tr>\n<tr>";
    std::string classes = class_of(cell->role);
    if (cell->draft) classes += classes.empty() ? "draft" : " draft";
    out += "<td";
    if (!classes.empty()) out += " class=\"" + classes + "\"";
    if (cell->rows > 1) out += " rowspan=\"" + std::to_string(cell->rows) + "\"";
    if (cell->columns > 1) out += " colspan=\"" + std::to_string(cell->columns) + "\"";
    out += ">" + with_breaks(cell->text) + "</td>";
  }
  return out + (row > 0 ? "</tr>\n" : "") + "</table>\n";
}

std::string_view html_styles() {
  return R"css(<style>
@page { size: A4 portrait; margin: 12mm; } @page across { size: A4 landscape; margin: 12mm; }
main { max-width: 1100px; }
table.paper { border-collapse: collapse; table-layout: fixed; width: 100%; font-size: 13px; }
table.paper td { border: 1px solid var(--ink); padding: 5px 7px; vertical-align: middle; white-space: normal; overflow-wrap: anywhere; }
table.paper td.title { border: 0; font-size: 23px; font-weight: 700; text-align: center; padding: 4px 0; }
table.paper td.subtitle { border: 0; text-align: center; padding: 0 0 8px; }
table.paper td.note { border: 0; color: var(--quiet); font-size: 12px; }
table.paper td.warn { border: 0; background: var(--warn-soft); color: var(--warn); font-weight: 600; text-align: center; }
table.paper td.head { background: var(--soft); font-weight: 600; text-align: center; }
table.paper td.mid, table.paper td.sum { text-align: center; } table.paper td.sum { font-weight: 700; }
table.paper td.num { text-align: right; font-variant-numeric: tabular-nums; }
table.paper td.draft { background: var(--warn-soft); font-style: italic; }
section.paper + section.paper { margin-top: 40px; }
@media print { section.paper + section.paper { break-before: page; page: across; margin-top: 0; } table.paper { font-size: 9.5px; } table.paper td { padding: 2px 4px; line-height: 1.35; } table.paper td.title { font-size: 18px; } }
</style>
)css";
}

}  // namespace jixiao::filing
