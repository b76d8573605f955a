// Field text as people type it into forms: ≥50个, 约3万元, 600人--700人, 2020年11月底, 98%以上,
// 全部完成.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/text.hpp"
#include "value/date.hpp"
#include "value/unit.hpp"

namespace jixiao::value {

// >= > <= < = range
enum class Direction { at_least, more_than, at_most, less_than, equal, between };
// what a value is; phrase: words no reader here understands
enum class Kind { number, date, yes_no, grade, key_points, phrase };

// What was read, and how sure that is.
struct Field {
  Kind kind = Kind::phrase;
  std::optional<Direction> direction;  // when the text itself says it; 约 and a bare number say
                                       // nothing
  double low = 0;  // the value in the base unit (元 not 万元, percent points, days for a date); the
                   // lower end of a range
  double high = 0;  // the upper end; equals low when there is no range
  Unit unit;  // as written, its exponent already applied to low and high; empty when the text has
              // none
  bool approximate = false;  // 约, 左右
  bool yes = false;          // yes_no: 是 / 否
  std::vector<Text> doubts;  // each a guess that was made: a doubled hyphen read as a range, a year
                             // taken from the form
};

// Reads a field; nothing when the text is empty.
// Numbers are read decimally: 1.2亿元 is 120000000 exactly, 89.99% is 89.99. One may be followed by
// a unit of up to 12 characters without digits. A range whose ends have different units
// (600人-700个) is a phrase with a doubt. Dates: 11月底 and 11月底前 are the last day of the month,
// 11月前 the last day before it, 11月15日前 that day itself; with 前, 底 or 内 a date is a deadline
// (at_most). A bare month or year is its last day and has no direction; after ≥ or < it is its
// first day. `year` completes dates without one (9月前, 11月底), which is a doubt; without it (0),
// and for a day that does not exist (2020-02-30), the text is a phrase with a doubt saying so.
std::optional<Field> read_field(std::string_view text, int year = 0);

// Decimal reading of a plain number, thousand separators and full-width digits allowed:
// "1,200,000", "－3.5". The exponent is applied to the text, not multiplied: read_number("1.2", 8)
// is 120000000. Nothing unless the whole text is one finite number; digits such as ², ① or ½ are
// none.
std::optional<double> read_number(std::string_view text, int exponent = 0);

// A number in the base unit of `unit`, for people: 95%, 30,000元, 2020-11-30, 29个. Up to 4
// decimals; thousands are grouped for money, and for other numbers from 10,000 on.
std::string show(double value, const Unit& unit);

const char* name(Direction direction);  // "at_least" ...
const char* sign(Direction direction);  // "≥" ...
const char* name(Kind kind);            // as in files: "number" ...
Text words_for(Kind kind);              // as people say it: "数", "a number"

}  // namespace jixiao::value
