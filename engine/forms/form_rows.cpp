#include "forms/form_rows.hpp"

namespace jixiao::forms {

Field field_of(const Table& table, std::size_t row, std::size_t column) {
  const DocumentCell* cell = table.at(row, column);
  if (cell == nullptr) return {};
  return {cell->text, table.place(row, column)};
}

Field field_under(const Table& table, std::size_t row, ColumnRange columns, bool merged) {
  Field blank;
  for (std::size_t column = columns.from; columns.there() && column <= columns.to; ++column) {
    const DocumentCell* cell = table.at(row, column);
    if (cell == nullptr) continue;
    Field field{cell->text, table.place(row, column)};
    if (!merged && cell->row != row) field.text.clear();
    if (!field.blank()) return field;
    if (!blank.on_form()) blank = field;
  }
  return blank;
}

Field right_of(const Table& table, std::size_t row, std::size_t column) {
  const DocumentCell* here = table.at(row, column);
  const std::size_t next = here == nullptr ? column + 1 : here->column + here->columns;
  return field_of(table, row, next);
}

namespace {

void put(IndicatorHeading& heading, Column column, ColumnRange range) {
  ColumnRange& known = heading.of(column);
  // Two names in a row: the mid-term indicators stand before the annual ones. Of two targets the
  // first is then theirs.
  if (column == Column::name && known.there()) heading.midterm_name = known;
  if (column == Column::target && known.there()) heading.of(Column::midterm_target) = known;
  if ((column == Column::points || column == Column::weight || column == Column::actual ||
       column == Column::block) &&
      known.there())
    return;
  known = range;
}

bool begins(const DocumentCell& cell, std::size_t row, std::size_t column) {
  return cell.row == row && cell.column == column;
}

// The second row of headings: what stands under a wide one (指标性质, 指标值, 度量单位).
bool is_second_row(const Table& table, std::size_t row, const IndicatorHeading& heading) {
  const Field name = field_under(table, row, heading.of(Column::name), false);
  if (!name.blank() && !indicator_column(name.text)) return false;
  std::size_t known = 0;
  for (const DocumentCell* cell : table.row(row)) {
    if (cell->text.empty()) continue;
    if (!indicator_column(cell->text)) return false;
    ++known;
  }
  return known > 0;
}

}  // namespace

std::optional<IndicatorHeading> indicator_heading(const Table& table, std::size_t row) {
  IndicatorHeading out;
  out.first_row = out.last_row = row;
  std::size_t known = 0;
  const auto take = [&](std::size_t from_row) {
    for (std::size_t column = 1; column <= table.columns(); ++column) {
      const DocumentCell* cell = table.at(from_row, column);
      if (cell == nullptr || !begins(*cell, from_row, column)) continue;
      const auto role = indicator_column(cell->text);
      if (!role) continue;
      put(out, *role, {column, column + cell->columns - 1});
      ++known;
    }
  };
  take(row);
  const bool levels = out.of(Column::name).there() &&
                      (out.of(Column::block).there() || out.of(Column::type).there());
  const bool values = out.of(Column::target).there() || out.of(Column::op).there() ||
                      out.of(Column::actual).there();
  if (!levels || !values || known < 3) return std::nullopt;
  if (row < table.rows() && is_second_row(table, row + 1, out)) {
    // Narrow headings under a wide one replace it.
    for (ColumnRange& range : out.columns) {
      if (!range.there() || range.from == range.to) continue;
      const DocumentCell* below = table.at(row + 1, range.from);
      if (below != nullptr && begins(*below, row + 1, range.from) && indicator_column(below->text))
        range = {};
    }
    out.last_row = row + 1;
    take(row + 1);
  }
  return out;
}

}  // namespace jixiao::forms
