// What people write around a value: marks of notes, brackets, 余 and 近, comparisons with last
// year, numerals, remarks. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/draft.hpp"

namespace jixiao::forms {

struct Remark {
  Text words;
  Sure sure = Sure::likely;
};

// A cell's words with what surrounds the value taken off, each step said. `text` is the folded cell
// where nothing was.
struct CellValue {
  std::string text;
  std::vector<Remark> remarks;
  bool about = false;        // 200余人, 近500人: not the exact value
  bool placeholder = false;  // **, XX: nobody filled it in
  bool downwards = false;    // 下降8%: the value is how much less
  bool upwards = false;
};

// `words`: folded. `name`: of the indicator, for the words its value repeats.
CellValue read_cell_value(const std::string& words, std::string_view name, int year);

// 二十 is 20, 一百五十 150, 两 2; nothing for other text.
std::optional<double> read_numeral(std::string_view text);
// 20 to 60 thousand and some: the day a spreadsheet counts to that number, as 2023-11-20; nothing
// outside 2000 to 2099.
std::optional<std::string> day_of_serial(std::string_view text);

}  // namespace jixiao::forms
