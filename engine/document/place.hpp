// Where something stands in a document.
#pragma once

#include <cstddef>
#include <string>

namespace jixiao::forms {

// Where a field stands. `table` counts from 1 (a worksheet, a table of a document, a run of lines
// of a text); so do `row` and `column`. 0: nowhere. `sheet` is the worksheet's name where there are
// worksheets.
struct FormPlace {
  std::size_t table = 0;  // 0: outside the tables; `row` is then the paragraph
  std::size_t row = 0;
  std::size_t column = 0;
  std::string sheet = {};
  std::size_t line = 0;     // of a text file; 0 elsewhere
  bool transposed = false;  // the table was read on its side: `row` counts its columns, `column`
                            // its rows
};

}  // namespace jixiao::forms
