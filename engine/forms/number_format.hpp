// What a spreadsheet shows for a stored number, as far as its meaning goes: percents and dates.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jixiao::forms {

struct NumberFormat {
  enum class Kind { number, percent, day, month };  // month: a date shown without its day
  Kind kind = Kind::number;

  static NumberFormat of_code(std::string_view code);  // 0.00%, yyyy"年"m"月"d"日"
  static NumberFormat built_in(std::size_t id);        // the ids every spreadsheet program knows
  // The text of a stored number: "95%", "2020-11-30", "2020年11月"; a plain number at its full
  // value, never rounded to what is shown.
  [[nodiscard]] std::string show(const std::string& stored, bool dates_from_1904) const;
};

}  // namespace jixiao::forms
