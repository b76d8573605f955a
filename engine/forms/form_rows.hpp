// A stretch of rows of one table, and how fields are taken out of it. Private to this room.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "document/document.hpp"
#include "forms/headings.hpp"
#include "forms/recognition.hpp"

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

// At most so many bytes of a text, cut between characters, with … where something is left out.
std::string short_text(std::string_view text, std::size_t bytes);
Field field_of(const Table& table, std::size_t row, std::size_t column);
// What stands in `row` under a heading: the first cell with words in it, else the blank one. A cell
// that began in a row above counts only with `merged`.
Field field_under(const Table& table, std::size_t row, ColumnRange columns, bool merged = true);
// The next cell to the right of the one over that square; not on the form when there is none.
Field right_of(const Table& table, std::size_t row, std::size_t column);

// One heading over the indicators, known or not.
struct HeadingCell {
  std::optional<Column> role;
  ColumnRange range;
  std::string text;  // with the wider heading above it in front, where there is one
  std::string year;  // that it speaks of; empty when it names none
  Variant variant = Variant::none;
  std::optional<Column> level;  // the points of a block or type, behind its name
  Text kept_because;  // why it is not the column its role is read from; empty when it is, or has no
                      // role
  FormPlace place;
};

// Where the indicators begin: their headings, over one or two rows.
struct IndicatorHeading {
  std::size_t first_row = 0, last_row = 0;
  std::vector<ColumnRange> columns =
      std::vector<ColumnRange>(static_cast<std::size_t>(Column::note) + 1);
  ColumnRange midterm_name;        // where the mid-term indicators stand in columns of their own
  std::vector<HeadingCell> cells;  // from the left
  bool longterm = false;           // the indicators of more than a year, in a block of their own
  bool given = false;              // by --columns
  bool scoring = false;            // a scoring table: points, and no targets
  bool flat = false;               // no column of types, and none of blocks beside one of names
  ColumnRange block_weight, type_weight, block_points, type_points;
  [[nodiscard]] const ColumnRange& of(Column column) const {
    return columns[static_cast<std::size_t>(column)];
  }
  ColumnRange& of(Column column) { return columns[static_cast<std::size_t>(column)]; }
};
std::optional<IndicatorHeading> indicator_heading(const Table& table, std::size_t row);
// The heading that was given: columns by their letters, in that row or, where it names none, in the
// row nearest to a heading.
std::optional<IndicatorHeading> given_heading(const Table& table, const GivenColumns& given);
// How many headings of indicators per row has, and their cells; for a row that is none.
std::vector<HeadingCell> headings_in(const Table& table, std::size_t row);
// Of several columns of one kind, the one that is meant in a form of that year; the others say why
// they are kept aside.
void choose_columns(IndicatorHeading& heading, const std::string& year, ReadingMap& map);

// How the headings were understood; its rows are still to come.
TableReading reading_of(const Table& table, const IndicatorHeading& heading);
// Reads what is below the heading, down to `last`.
void read_indicators(const Table& table, const IndicatorHeading& heading, std::size_t last,
                     Form& form, std::vector<Diagnostic>& diagnostics);
// Whether a table without headings goes on with the rows of one that ended before it; and reading
// it so.
bool goes_on(const Table& table, const IndicatorHeading& heading);
void read_on(const Table& table, const IndicatorHeading& heading, Form& form,
             std::vector<Diagnostic>& diagnostics);
void read_money(const RowRange& rows, Form& form);
void read_goals(const RowRange& rows, Form& form);
void read_labels(const RowRange& rows, Form& form);
// What the words before the tables say: the items of 1.社区居委会工作经费：870000元.
void read_paragraphs(const std::vector<const Paragraph*>& paragraphs, Form& form);
// Lists every cell with words that none of the form's values came from and no heading or label is:
// `map.unread`.
void account_for(const std::vector<RowRange>& rows, Form& form);

}  // namespace jixiao::forms
