// The lower part of the calculation: blocks, total, adjustments, vetoes, rating. Private to this
// room.
#pragma once

#include <span>

#include "filing/calculation_rows.hpp"

namespace jixiao::filing {

void write_totals(const Calculation& calculation, const ProjectCells& head,
                  std::span<const RowCells> rows, workbook::Sheet& sheet);

}  // namespace jixiao::filing
