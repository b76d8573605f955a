#include "value/date.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>

namespace jixiao::value {
namespace {

constexpr int first_year = 1;
constexpr int last_year = 9999;

constexpr std::int32_t count_days(std::chrono::year_month_day day) {
  return static_cast<std::int32_t>(std::chrono::sys_days(day).time_since_epoch().count());
}

constexpr std::int32_t first_day =
    count_days({std::chrono::year(first_year), std::chrono::January, std::chrono::day(1)});
constexpr std::int32_t last_day =
    count_days({std::chrono::year(last_year), std::chrono::December, std::chrono::day(31)});

std::chrono::year_month_day civil(std::int32_t days) {
  return std::chrono::sys_days(std::chrono::days(std::clamp(days, first_day, last_day)));
}

// Mondays to Fridays up to and including day `days`, counted from a Monday long before every date.
std::int64_t weekdays_up_to(std::int64_t days) {
  constexpr std::int64_t monday = -3 - 7LL * 200'000;  // 1970-01-01 was a Thursday
  const std::int64_t since = days - monday;
  return since / 7 * 5 + std::min<std::int64_t>(since % 7 + 1, 5);
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < first_year || year > last_year || month < 1 || month > 12 || day < 1 || day > 31)
    return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(year),
                                        std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date{count_days(ymd)};
}

std::optional<Date> Date::parse_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {};
  const std::size_t starts[3] = {0, 5, 8};
  const std::size_t lengths[3] = {4, 2, 2};
  for (int part = 0; part < 3; ++part) {
    for (const char c : text.substr(starts[part], lengths[part])) {
      if (c < '0' || c > '9') return std::nullopt;
      parts[part] = parts[part] * 10 + (c - '0');
    }
  }
  return from_ymd(parts[0], parts[1], parts[2]);
}

int Date::year() const { return static_cast<int>(civil(days).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(days).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(days).day())); }

int Date::weekday() const {
  const std::int64_t since_monday = std::int64_t{days} + 3;
  return static_cast<int>((since_monday % 7 + 7) % 7) + 1;
}

std::string Date::iso() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }

bool Calendar::is_workday(Date day) const {
  return day.weekday() <= 5 ? !holidays.contains(day) : workdays.contains(day);
}

double Calendar::workdays_between(double from, double to) const {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  const auto known = [](double x) { return x >= first_day && x < last_day + 1.0; };  // NaN is not
  if (!known(from) || !known(to)) return unknown;
  const Date start{static_cast<std::int32_t>(std::floor(std::min(from, to)))};
  const Date end{static_cast<std::int32_t>(std::floor(std::max(from, to)))};
  if (start == end) return 0;
  const int last = end.year();
  for (int year = Date{start.days + 1}.year(); year <= last; ++year) {
    if (!years.contains(year)) return unknown;
  }
  std::int64_t count = weekdays_up_to(end.days) - weekdays_up_to(start.days);
  for (auto day = holidays.upper_bound(start); day != holidays.end() && *day <= end; ++day)
    count -= day->weekday() <= 5 ? 1 : 0;
  for (auto day = workdays.upper_bound(start); day != workdays.end() && *day <= end; ++day)
    count += day->weekday() > 5 ? 1 : 0;
  return static_cast<double>(to < from ? -count : count);
}

}  // namespace jixiao::value
