// Text laid out for a terminal: colours, and tables whose columns line up when Chinese characters
// take two.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "page/column_widths.hpp"

namespace jixiao::page {

enum class Color { none, bold, dim, red, green, yellow, cyan, banner };

// Puts terminal colours around text, or leaves it alone.
class TerminalStyle {
 public:
  explicit TerminalStyle(bool on) : on_(on) {}
  [[nodiscard]] std::string operator()(std::string_view text, Color color) const;
  [[nodiscard]] bool on() const { return on_; }

 private:
  bool on_;
};

// One line of it: line ends and tabs become spaces.
std::string one_line(std::string_view text);
// At most `columns` terminal columns, a longer text ends in "…".
std::string clipped(std::string_view text, std::size_t columns);
// Followed by (or, for `padded_left`, after) the spaces that make it `columns` wide.
std::string padded(std::string_view text, std::size_t columns);
std::string padded_left(std::string_view text, std::size_t columns);
std::string repeated(std::string_view piece, std::size_t times);
// Lines of at most `columns`: broken at spaces, between Chinese characters, and inside words that
// fit nowhere.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);
// A bar of `columns` blocks, `share` (0..1) of them full, to an eighth of a column.
std::string bar(double share, std::size_t columns);

// What may go to a terminal: colours pass when `colour` is on, every other control character and
// every character that turns the writing direction becomes U+FFFD; lines lose their trailing
// spaces.
std::string terminal_safe(std::string_view text, bool colour);

struct Cell {
  std::string text;
  Color color = Color::none;
};

// decimal: points stand under each other unless units differ or a cell is a range, cells are never
// broken; bar: drawn by bar(), left out where the line is too narrow for it.
enum class Align { left, right, decimal, bar };

struct Column {
  std::string title;
  Align align = Align::left;
  std::size_t at_most = 0;  // wider cells are wrapped, figures excepted; 0: no limit
};

// Columns two apart. What does not fit the width gives way as table_sheets() says: bars are left
// out, words are wrapped, then columns follow in a second table below. Figures are never broken.
// Columns without any text are left out.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void row(std::vector<Cell> cells);                             // missing cells are empty
  void line();                                                   // a rule across
  void note(std::string text, Color color, std::size_t indent);  // a text under the row, wrapped
  [[nodiscard]] std::string text(std::size_t width, const TerminalStyle& terminal,
                                 std::size_t margin = 0) const;

 private:
  struct Row {
    enum class Kind { cells, line, note } kind;
    std::vector<Cell> cells;
    std::size_t indent = 0;
  };
  struct Setting {
    const std::vector<std::size_t>& tails;  // one per column: decimal_tails()
    const TerminalStyle& terminal;
    std::size_t width;
    std::size_t margin;
    bool first;  // of several sheets: the one with the notes
  };

  [[nodiscard]] std::vector<std::size_t> decimal_tails() const;
  [[nodiscard]] std::vector<ColumnNeed> needs(const std::vector<std::size_t>& tails) const;
  void put_sheet(std::string& out, const TableSheet& sheet, const Setting& setting) const;
  void put_row(std::string& out, const std::vector<Cell>& cells, const TableSheet& sheet,
               const Setting& setting, bool is_title) const;
  void put_line(std::string& out, const std::vector<Cell>& cells, const TableSheet& sheet,
                const Setting& setting, bool is_title) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace jixiao::page
