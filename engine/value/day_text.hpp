// Days as forms write them: 2020年11月底, 2020/12/13, 11月前, 6月至7月. Private to this room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "jixiao/text.hpp"
#include "value/date.hpp"
#include "value/field.hpp"

namespace jixiao::value {

enum class DayReading {
  none,
  impossible,
  read
};  // impossible: written as days, but there is no such day, or no year to put it in

struct DayText {
  Date first;  // of the day, month, year or range that is named
  Date last;
  bool range = false;                  // two ends were written
  bool approximate = false;            // 左右
  std::optional<Direction> direction;  // 前, 底, 内 and 后 say one
  std::vector<Text> doubts;
};

// Reads all of `text`, in normal_form(). `year` as in read_field(). Doubts are filled for
// `impossible` too.
DayReading read_days(std::string_view text, int year, DayText& out);

}  // namespace jixiao::value
