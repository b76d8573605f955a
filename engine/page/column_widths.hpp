// How the columns of a table share the width of a terminal.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace jixiao::page {

// Widths in terminal columns.
struct ColumnNeed {
  std::size_t natural = 0;  // of its widest cell or title; 0: the column is not shown
  std::size_t least = 0;    // of its widest piece that must not be broken, at most `natural`
  bool bar = false;         // drawn, not written: the first to be left out
};

// Columns that stand beside each other, in order, each with its width.
struct TableSheet {
  std::vector<std::size_t> columns;
  std::vector<std::size_t> widths;  // one per column of `columns`
  std::size_t gap = 2;              // spaces between two of them

  [[nodiscard]] std::size_t whole() const;  // the width of a line
};

// Lays the columns out in lines of `width`. Where they do not fit, bars are left out; then the
// widest columns give way, down to `least`; then the gaps do, down to 1; then the rest goes to
// further sheets, each of which begins with the first column again. A sheet is wider than `width`
// only where its first column and one more are, at their least. Returns no sheet when nothing is
// shown.
std::vector<TableSheet> table_sheets(std::span<const ColumnNeed> needs, std::size_t width);

// The widest piece of `text` between two places where a line may be broken, its indent included. A
// figure with its unit ("≤30,000元/个") is one piece.
std::size_t widest_piece(std::string_view text);

// Whether a line may be broken between two characters: after a space, and beside a Chinese one,
// but not behind an opening bracket or before closing punctuation.
bool breaks_between(std::string_view left, std::string_view right);

}  // namespace jixiao::page
