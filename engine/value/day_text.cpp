#include "value/day_text.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "value/scanner.hpp"

namespace jixiao::value {
namespace {

constexpr int earliest_year = 1900;
constexpr int latest_year = 2199;

enum class Span { year, half, quarter, month, ten_days, day };

// One end as written: the smallest stretch it names.
struct Point {
  std::optional<int> year;
  int month = 0;  // of a half or quarter: its first
  int day = 0;    // of ten days: their first
  Span span = Span::year;
  bool end = false;  // 底, 末: only the last day is meant
};

bool is_year(int n) { return n >= earliest_year && n <= latest_year; }

bool take_any(Scanner& scan, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (scan.take(word)) return true;
  }
  return false;
}

// 2020-11-30, 2020/11/30, 2020.11.30, 2020-11, 2020/11.
std::optional<Point> take_numeric(Scanner& scan) {
  const std::size_t from = scan.at();
  const auto year = scan.take_digits(4, 4);
  const char sign = scan.peek();
  if (year && is_year(*year) && (sign == '-' || sign == '/' || sign == '.')) {
    scan.go_to(scan.at() + 1);
    if (is_digit(scan.peek())) {
      if (const auto month = scan.take_digits(1, 2)) {
        const std::size_t after_month = scan.at();
        if (scan.peek() == sign) {
          scan.go_to(after_month + 1);
          if (is_digit(scan.peek())) {
            if (const auto day = scan.take_digits(1, 2))
              return Point{year, *month, *day, Span::day};
          }
          scan.go_to(after_month);
        }
        // Two numbers are a month only when they can be one: 2000-12 is, 2000-15 is a range
        // somebody turned round.
        const char next = scan.peek();
        const bool number_goes_on = next == '.' || next == '%' || next == ',';
        if (sign != '.' && *month >= 1 && *month <= 12 && !number_goes_on)
          return Point{year, *month, 0, Span::month};
      }
    }
  }
  scan.go_to(from);
  return std::nullopt;
}

bool take_end(Scanner& scan) { return take_any(scan, {"月底", "月末", "底", "末"}); }

// What follows the month: a day, a third of the month, its end, or nothing.
void take_in_month(Scanner& scan, Point& point) {
  constexpr std::array<std::string_view, 3> thirds = {"上旬", "中旬", "下旬"};
  const std::size_t from = scan.at();
  if (const auto day = scan.take_digits(1, 2)) {
    if (take_any(scan, {"日", "号"})) {
      point.day = *day;
      point.span = Span::day;
      return;
    }
    scan.go_to(from);
  }
  for (std::size_t i = 0; i < thirds.size(); ++i) {
    if (!scan.take(thirds[i])) continue;
    point.day = static_cast<int>(i) * 10 + 1;
    point.span = Span::ten_days;
    return;
  }
  point.end = take_end(scan);
}

// "11月", or the "6" of "6-7月" when a range may begin here.
bool take_month(Scanner& scan, Point& point, bool may_begin_range) {
  const std::size_t from = scan.at();
  if (const auto month = scan.take_digits(1, 2)) {
    if (take_any(scan, {"月份", "月"})) {
      point.month = *month;
      point.span = Span::month;
      take_in_month(scan, point);
      return true;
    }
    if (may_begin_range) {
      const std::size_t after = scan.at();
      scan.skip_space();
      scan.go_to(scan.at() + range_sign(scan.rest()));
      const bool months = scan.at() > after && scan.take_digits(1, 2) && scan.take("月");
      scan.go_to(after);
      if (months) {
        point.month = *month;
        point.span = Span::month;
        return true;
      }
    }
  }
  scan.go_to(from);
  return false;
}

// 上半年, 一季度, 第3季度, 年底.
bool take_part_of_year(Scanner& scan, Point& point, bool year_written) {
  constexpr std::array<std::array<std::string_view, 3>, 4> quarters = {
      {{"1", "一", "首"}, {"2", "二", "二"}, {"3", "三", "三"}, {"4", "四", "末"}}};
  const std::size_t from = scan.at();
  for (int half = 0; half < 2; ++half) {
    if (!scan.take(half == 0 ? "上半年" : "下半年")) continue;
    point.month = half * 6 + 1;
    point.span = Span::half;
    return true;
  }
  scan.take("第");
  for (std::size_t i = 0; i < quarters.size(); ++i) {
    for (const std::string_view number : quarters[i]) {
      const std::size_t before = scan.at();
      if (scan.take(number) && take_any(scan, {"个季度", "季度"})) {
        point.month = static_cast<int>(i) * 3 + 1;
        point.span = Span::quarter;
        point.end = take_end(scan);
        return true;
      }
      scan.go_to(before);
    }
  }
  scan.go_to(from);
  if (take_any(scan, {"年年底", "年底", "年末", "年终"}) ||
      (year_written && take_any(scan, {"底", "末", "终"}))) {
    point.span = Span::year;
    point.end = true;
    return true;
  }
  scan.go_to(from);
  return false;
}

// Whether "-2020年" follows: the year before it had no 年 of its own.
bool begins_years(Scanner scan) {
  scan.skip_space();
  const std::size_t sign = range_sign(scan.rest());
  scan.go_to(scan.at() + sign);
  return sign > 0 && scan.take_digits(4, 4) && scan.take("年");
}

// `before` is the point at the other side of a range sign; it lends its month to a day alone.
std::optional<Point> take_point(Scanner& scan, const Point* before) {
  if (auto numeric = take_numeric(scan)) return numeric;
  const std::size_t from = scan.at();
  Point point;
  if (const auto year = scan.take_digits(4, 4); year && is_year(*year)) {
    point.year = year;
    if (before == nullptr && begins_years(scan)) return point;
    if (!scan.take("年")) {
      scan.go_to(from);
      return std::nullopt;
    }
    scan.take("度");
    if (!take_month(scan, point, before == nullptr)) take_part_of_year(scan, point, true);
    return point;
  }
  scan.go_to(from);
  if (take_month(scan, point, before == nullptr) || take_part_of_year(scan, point, false))
    return point;
  if (before != nullptr && before->span == Span::day) {
    const auto day = scan.take_digits(1, 2);
    if (day && take_any(scan, {"日", "号"}))
      return Point{before->year, before->month, *day, Span::day};
  }
  scan.go_to(from);
  return std::nullopt;
}

std::optional<Date> last_of_month(int year, int month) {
  const auto next = month == 12 ? Date::from_ymd(year + 1, 1, 1)
                                : Date::from_ymd(year, month + 1, 1);
  if (!next || month < 1 || month > 12) return std::nullopt;
  return Date{next->days - 1};
}

// First and last day of a point whose year is known.
std::optional<std::pair<Date, Date>> days_of(const Point& point) {
  std::optional<Date> first;
  std::optional<Date> last;
  const int year = *point.year;
  switch (point.span) {
    case Span::year:
      first = Date::from_ymd(year, 1, 1);
      last = Date::from_ymd(year, 12, 31);
      break;
    case Span::half:
    case Span::quarter:
      first = Date::from_ymd(year, point.month, 1);
      last = last_of_month(year, point.month + (point.span == Span::half ? 5 : 2));
      break;
    case Span::month:
      first = Date::from_ymd(year, point.month, 1);
      last = last_of_month(year, point.month);
      break;
    case Span::ten_days:
      first = Date::from_ymd(year, point.month, point.day);
      last = point.day == 21 ? last_of_month(year, point.month)
                             : Date::from_ymd(year, point.month, point.day + 9);
      break;
    case Span::day: first = last = Date::from_ymd(year, point.month, point.day); break;
  }
  if (!first || !last) return std::nullopt;
  return std::pair(point.end ? *last : *first, *last);
}

Text no_such_day(std::string_view text) {
  return {fmt::format("“{}”：没有这一天", text), fmt::format("'{}': there is no such day", text)};
}

// The end of the text: 前, 内, 后, 左右, 完成. False when something else stands there.
bool read_tail(Scanner& scan, const Point& point, DayText& out) {
  const bool before = take_any(scan, {"之前", "以前", "前"});
  const bool within = !before && take_any(scan, {"之内", "以内", "内"});
  const bool after = !before && !within && take_any(scan, {"之后", "以后", "后"});
  out.approximate = take_any(scan, {"左右"});
  take_any(scan, {"全部完成", "完成", "完工"});
  scan.skip_space();
  if (!scan.at_end() || (out.range && (before || after))) return false;
  if (before) {
    out.direction = Direction::at_most;
    if (point.span == Span::day && Date{out.last.days + 1}.day() != 1) {
      const std::string day = out.last.iso();
      out.doubts.push_back({fmt::format("“前”按含{}当天读", day),
                            fmt::format("'before' is read as including {} itself", day)});
    } else if (point.span != Span::day && !point.end) {
      out.last = Date{out.first.days - 1};
      out.first = out.last;
    }
  } else if (after) {
    out.direction = Direction::more_than;
  } else if ((within || point.end) && !out.range) {
    out.direction = Direction::at_most;
  }
  return true;
}

}  // namespace

DayReading read_days(std::string_view text, int year, DayText& out) {
  Scanner scan(text);
  scan.skip_space();
  auto first = take_point(scan, nullptr);
  if (!first) return DayReading::none;
  std::optional<Point> second;
  const std::size_t after_first = scan.at();
  scan.skip_space();
  if (const std::size_t sign = range_sign(scan.rest()); sign > 0) {
    const bool doubled = scan.rest().starts_with("--");
    scan.go_to(scan.at() + sign);
    second = take_point(scan, &*first);
    if (second && doubled) out.doubts.push_back({"“--”按起止之间读", "'--' is read as a range"});
  }
  if (!second) scan.go_to(after_first);
  out.range = second.has_value();

  if (second && !second->year) second->year = first->year;
  if (second && !first->year && second->year) {
    first->year = second->year;
  }
  if (!first->year) {
    // Only text that is a date to its very end may complain of its year.
    DayText dry = out;
    Scanner probe = scan;
    if (!read_tail(probe, second ? *second : *first, dry)) return DayReading::none;
    if (!is_year(year)) {
      out.doubts.push_back(
          {fmt::format("“{}”没有写年份", text), fmt::format("'{}' does not say its year", text)});
      return DayReading::impossible;
    }
    first->year = year;
    if (second) second->year = year;
    out.doubts.push_back({fmt::format("没有写年份，按{}年读", year),
                          fmt::format("the year is not written, read as {}", year)});
  }
  const auto from = days_of(*first);
  const auto to = second ? days_of(*second) : from;
  if (!from || !to) {
    DayText dry;
    dry.range = out.range;
    if (!read_tail(scan, second ? *second : *first, dry)) return DayReading::none;
    out.doubts = {no_such_day(text)};
    return DayReading::impossible;
  }
  out.first = from->first;
  out.last = to->second;
  if (!read_tail(scan, second ? *second : *first, out)) return DayReading::none;
  if (out.first > out.last) {
    out.doubts = {
        {fmt::format("“{}”：止在起之前", text), fmt::format("'{}' ends before it begins", text)}};
    return DayReading::impossible;
  }
  return DayReading::read;
}

}  // namespace jixiao::value
