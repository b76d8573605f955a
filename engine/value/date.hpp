// Calendar days, and the working days a rule set's calendar declares.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace jixiao::value {

// Days since 1970-01-01; as a number in a formula it is this count, so A - T is days late.
struct Date {
  std::int32_t days = 0;

  // nothing for a day that does not exist
  static std::optional<Date> from_ymd(int year, int month, int day);
  // "2020-12-10" only (four, two and two digits). Field text such as 2020年11月底 is read by
  // read_field().
  static std::optional<Date> parse_iso(std::string_view text);
  [[nodiscard]] int year() const;
  [[nodiscard]] int month() const;
  [[nodiscard]] int day() const;
  [[nodiscard]] int weekday() const;  // 1 Monday .. 7 Sunday
  [[nodiscard]] std::string iso() const;
  friend auto operator<=>(const Date&, const Date&) = default;
};

// Which days are worked. Only the declared years are known: a question that touches another year
// has no answer.
class Calendar {
 public:
  std::string id;
  std::set<int> years;
  std::set<Date> holidays;  // weekdays off
  std::set<Date> workdays;  // Saturdays and Sundays worked instead

  [[nodiscard]] bool is_workday(Date day) const;
  // Working days after `from` up to and including `to`; negative when `to` is earlier; NaN outside
  // the declared years.
  [[nodiscard]] double workdays_between(double from, double to) const;
};

}  // namespace jixiao::value
