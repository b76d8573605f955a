// A workbook as plain data, and its bytes as .xlsx. Rows and columns count from 1.
//
// Text is text: whatever it begins with, it is never a formula. A number that is NaN or infinite is
// a blank cell. A formula comes only from formula(), with the value it has now, so that a reader
// that does not calculate sees the same.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "jixiao/diagnostic.hpp"

namespace jixiao::workbook {

using Colour = std::uint32_t;  // 0xRRGGBB
inline constexpr Colour no_colour = 0xFFFFFFFF;

enum class Across { by_content, left, centre, right };

struct Look {
  bool bold = false;
  bool italic = false;
  bool wrap = false;
  bool border = false;
  bool top = false;  // at the top of the cell; else in its middle
  Across across = Across::by_content;
  double size = 11;  // points
  Colour ink = no_colour;
  Colour fill = no_colour;
  std::string format;  // of numbers: "0.00", "#,##0.00"; "": as they come

  friend bool operator==(const Look&, const Look&) = default;
  friend bool operator<(const Look& a, const Look& b) {
    const auto all = [](const Look& look) {
      return std::tie(look.bold, look.italic, look.wrap, look.border, look.top, look.across,
                      look.size, look.ink, look.fill, look.format);
    };
    return all(a) < all(b);
  }
};

struct Formula {
  std::string text;                         // "SUM(B2:B9)", with or without "="
  std::variant<double, std::string> value;  // what it gives now; NaN: blank text
};

// One cell, over several squares when `rows` or `columns` is more than 1.
struct Cell {
  std::size_t row = 1, column = 1;
  std::size_t rows = 1, columns = 1;
  std::variant<std::monostate, std::string, double, Formula> content;
  Look look;
};

struct Range {
  std::size_t row = 1, column = 1;  // the upper left corner
  std::size_t rows = 1, columns = 1;
};

// Bars inside number cells, from 0 to `most` (none: the largest of them).
struct Bars {
  Range over;
  Colour colour = 0x8FB8DE;
  std::optional<double> most = {};
};

struct Series {
  std::string name;
  std::string sheet;  // "": the chart's own
  Range names, values;
  Colour colour = 0x3B6EA5;
};

enum class ChartKind { bar, stacked_bar, column, doughnut };

struct Chart {
  ChartKind kind = ChartKind::bar;
  std::string title;
  std::vector<Series> series;
  std::size_t row = 1, column = 1;     // of its upper left corner
  unsigned width = 480, height = 288;  // pixels
  bool legend = false;
  std::optional<double> most = {};  // end of the value axis
};

struct Page {
  bool landscape = false;
  std::size_t repeated_rows = 0;  // from the top, on every printed page
  std::string footer;             // in the middle; "&P" is the page, "&N" how many there are
  bool one_page = false;          // all on one page; else as long as it is, one page wide
};

// What was put into a square last is what stands there.
class Sheet {
 public:
  explicit Sheet(std::string name) : name_(std::move(name)) {}

  void text(std::size_t row, std::size_t column, std::string_view words, const Look& look = {});
  void number(std::size_t row, std::size_t column, double x, const Look& look = {});
  // none: blank
  void number(std::size_t row, std::size_t column, std::optional<double> x, const Look& look = {});
  void formula(std::size_t row, std::size_t column, Formula formula, const Look& look = {});
  void blank(std::size_t row, std::size_t column, const Look& look);
  void put(Cell cell) { cells_.push_back(std::move(cell)); }
  // The cell that was put last covers so many squares. Merged cells must not overlap.
  void merge(std::size_t rows, std::size_t columns);

  void width(std::size_t column, double characters);
  void height(std::size_t row, double points);
  // Heights for rows that have none, so that wrapped text is seen: after widths and cells.
  void fit_heights();
  void freeze(std::size_t rows, std::size_t columns = 0);
  void bars(Bars bars) { bars_.push_back(bars); }
  void chart(Chart chart) { charts_.push_back(std::move(chart)); }

  Page page;
  bool grid = true;  // grid lines on the screen
  Colour tab = no_colour;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }

 private:
  friend class XlsxWriter;

  struct Size {
    std::size_t at;
    double size;
  };

  std::string name_;
  std::vector<Cell> cells_;
  std::vector<Size> widths_, heights_;
  std::size_t frozen_rows_ = 0, frozen_columns_ = 0;
  std::vector<Bars> bars_;
  std::vector<Chart> charts_;
};

struct Workbook {
  std::string title;  // document property
  std::string font = "宋体";
  std::deque<Sheet> sheets;  // which keeps references to them valid

  // A sheet of that name, made fit for a sheet's name: at most 31 characters, without []:*?/\ and
  // quotes at its ends, not there twice.
  Sheet& sheet(std::string_view name);
};

// "B7"; "$B$7" when fixed; "'sheet 2'!B7" with a sheet.
std::string cell_name(std::size_t row, std::size_t column, bool fixed = false);
std::string cell_name(const Sheet& sheet, std::size_t row, std::size_t column);
std::string column_name(std::size_t column);  // "AA"
std::string range_name(const Range& range);
// What a cell can hold: valid UTF-8 without control characters, at most 32,767 characters; what is
// cut off leaves an ellipsis.
std::string clean(std::string_view text);

// The file's bytes, the same for the same workbook. Nothing with an error (file.unwritable, of
// `file`) where libxlsxwriter is not installed or fails.
std::optional<std::string> to_xlsx(const Workbook& workbook, const std::string& file,
                                   std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::workbook
