// A stretch of rows of one table, and how fields are taken out of it. Private to this room.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "forms/document.hpp"
#include "forms/headings.hpp"

namespace jixiao::forms {

struct RowRange {
  const Table* table = nullptr;
  std::size_t first = 1, last = 0;
};

// Columns under one heading.
struct ColumnRange {
  std::size_t from = 0, to = 0;
  [[nodiscard]] bool there() const { return from != 0; }
};

Field field_of(const Table& table, std::size_t row, std::size_t column);
// What stands in `row` under a heading: the first cell with words in it, else the blank one. A cell
// that began in a row above counts only with `merged`.
Field field_under(const Table& table, std::size_t row, ColumnRange columns, bool merged = true);
// The next cell to the right of the one over that square; not on the form when there is none.
Field right_of(const Table& table, std::size_t row, std::size_t column);

// Where the indicators begin: their headings, over one or two rows.
struct IndicatorHeading {
  std::size_t first_row = 0, last_row = 0;
  std::vector<ColumnRange> columns =
      std::vector<ColumnRange>(static_cast<std::size_t>(Column::note) + 1);
  ColumnRange midterm_name;  // where the mid-term indicators stand in columns of their own
  [[nodiscard]] const ColumnRange& of(Column column) const {
    return columns[static_cast<std::size_t>(column)];
  }
  ColumnRange& of(Column column) { return columns[static_cast<std::size_t>(column)]; }
};
std::optional<IndicatorHeading> indicator_heading(const Table& table, std::size_t row);

// Reads what is below the heading, down to `last`.
void read_indicators(const Table& table, const IndicatorHeading& heading, std::size_t last,
                     Form& form, std::vector<Diagnostic>& diagnostics);
void read_money(const RowRange& rows, Form& form);
void read_goals(const RowRange& rows, Form& form);
void read_labels(const RowRange& rows, Form& form);
// What the words before the tables say: the items of 1.社区居委会工作经费：870000元.
void read_paragraphs(const std::vector<const Paragraph*>& paragraphs, Form& form);

}  // namespace jixiao::forms
