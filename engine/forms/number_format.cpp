#include "forms/number_format.hpp"

#include <cmath>
#include <cstdint>

#include "value/date.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {

NumberFormat NumberFormat::of_code(std::string_view code) {
  code = code.substr(0, code.find(';'));  // positive numbers come first
  bool percent = false;
  bool year = false;
  bool month = false;
  bool day = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      i = std::min(code.find(']', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      percent = percent || c == '%';
      year = year || c == 'y' || c == 'Y' || c == 'e';
      month = month || c == 'm' || c == 'M';
      day = day || c == 'd' || c == 'D';
    }
  }
  if (percent) return {Kind::percent};
  if (day && (month || year)) return {Kind::day};
  if (year && month) return {Kind::month};
  return {};
}

NumberFormat NumberFormat::built_in(std::size_t id) {
  if (id == 9 || id == 10) return {Kind::percent};
  if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57)
    return {id == 17 || id == 27 || id == 52 || id == 57 ? Kind::month : Kind::day};
  if ((id >= 14 && id <= 16) || id == 22 || (id >= 28 && id <= 31) || (id >= 51 && id <= 58))
    return {Kind::day};
  return {};
}

std::string NumberFormat::show(const std::string& stored, bool dates_from_1904) const {
  const auto number = value::read_number(stored);
  if (!number) return stored;
  constexpr double last_serial = 2958465;  // 9999-12-31
  switch (kind) {
    case Kind::percent:
      if (const auto percent = value::read_number(value::plain(*number, 9), 2); percent)
        return value::plain(*percent, 9) + "%";
      return stored;
    case Kind::day:
    case Kind::month: {
      // before, serials count a day that never was
      if (!(*number >= 61 && *number <= last_serial)) return stored;
      constexpr std::int32_t epoch_1900 = -25569;
      constexpr std::int32_t epoch_1904 = -24107;
      const value::Date date{static_cast<std::int32_t>(std::floor(*number)) +
                             (dates_from_1904 ? epoch_1904 : epoch_1900)};
      if (kind == Kind::day) return date.iso();
      return std::to_string(date.year()) + "年" + std::to_string(date.month()) + "月";
    }
    default: return value::plain(*number, 9);
  }
}

}  // namespace jixiao::forms
