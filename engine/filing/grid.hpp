// A page as rows of cells, some over several squares: what a form looks like on paper, whatever
// file it goes into. Rows and columns count from 1.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace jixiao::filing {

// What a cell is, which decides how it looks.
enum class Role {
  title,
  subtitle,
  banner,   // a warning over the whole page: illustrative results
  heading,  // of columns and rows
  text,
  centred,
  number,
  sum,  // a number or its heading in a row of sums
  note,
};

struct GridCell {
  std::size_t row = 1, column = 1;
  std::size_t rows = 1, columns = 1;
  Role role = Role::text;
  std::string text;              // what is printed
  std::optional<double> number;  // the same as a number, at its full value
  std::string format;            // how a spreadsheet shows it: "0.00"
  bool draft = false;            // proposed by us, to be edited
};

struct Grid {
  std::vector<double> widths;  // of the columns, in half-width characters
  std::vector<GridCell> cells;
  std::size_t repeated_rows = 0;  // headings that are printed again on a second page

  [[nodiscard]] std::size_t rows() const;
};

}  // namespace jixiao::filing
