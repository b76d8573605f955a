#include "value/date.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using jixiao::value::Calendar;
using jixiao::value::Date;

namespace {

Date day(const char* iso) { return Date::parse_iso(iso).value(); }

// 2019 and 2020 with a few of their days moved.
Calendar calendar() {
  Calendar c;
  c.years = {2019, 2020};
  // the last one is a Saturday: off anyway
  c.holidays = {day("2020-01-01"), day("2020-10-01"), day("2020-10-02"), day("2020-10-03")};
  // the last one is a Monday: worked anyway
  c.workdays = {day("2020-01-19"), day("2020-09-27"), day("2020-09-28")};
  return c;
}

}  // namespace

TEST_CASE("days are counted from 1970-01-01", "[value][date]") {
  CHECK(day("1970-01-01").days == 0);
  CHECK(day("2020-11-30").days == 18596);
  CHECK(day("1969-12-31").days == -1);
  CHECK(day("2020-12-10").days - day("2020-11-30").days == 10);
}

TEST_CASE("every day reads back as it was written", "[value][date]") {
  for (int days = -20000; days < 40000; days += 13) {
    const Date date{days};
    REQUIRE(Date::parse_iso(date.iso()) == date);
    REQUIRE(Date::from_ymd(date.year(), date.month(), date.day()) == date);
  }
  CHECK(day("2020-11-30").iso() == "2020-11-30");
  CHECK(day("0001-01-01").iso() == "0001-01-01");
}

TEST_CASE("days that do not exist and text of another shape are refused", "[value][date]") {
  for (const char* text : {"2020-02-30", "2019-02-29", "2020-13-01", "2020-00-10", "2020-01-00",
                           "0000-01-01", "2020-1-1", "2020/01/01", "20200101", "2020-01-01 ", "",
                           "+020-01-01", "2020-01-1a", "2100-02-29"}) {
    CAPTURE(text);
    CHECK_FALSE(Date::parse_iso(text).has_value());
  }
  CHECK(Date::parse_iso("2020-02-29").has_value());
  CHECK_FALSE(Date::from_ymd(10000, 1, 1).has_value());
  CHECK_FALSE(Date::from_ymd(2020, -1, 1).has_value());
}

TEST_CASE("weeks start on Monday", "[value][date]") {
  CHECK(day("2020-11-30").weekday() == 1);
  CHECK(day("2020-12-06").weekday() == 7);
  CHECK(day("1970-01-01").weekday() == 4);
  CHECK(day("1969-12-28").weekday() == 7);
}

TEST_CASE("working days are counted after the first day, up to and including the last",
          "[value][date]") {
  const Calendar c = calendar();
  const auto between = [&](const char* from, const char* to) {
    return c.workdays_between(day(from).days, day(to).days);
  };
  CHECK(between("2020-11-30", "2020-12-10") == 8);
  CHECK(between("2020-12-10", "2020-11-30") == -8);
  CHECK(between("2020-11-30", "2020-11-30") == 0);
  CHECK(between("2020-12-04", "2020-12-06") == 0);  // Friday to Sunday
  CHECK(between("2020-09-30", "2020-10-09") == 5);  // two holidays on weekdays
  CHECK(between("2020-09-25", "2020-09-27") == 1);  // a Sunday worked
  CHECK(between("2020-09-25", "2020-09-28") == 2);
  CHECK(between("2019-12-31", "2020-01-02") == 1);
}

TEST_CASE("counting by weeks equals counting day by day", "[value][date]") {
  const Calendar c = calendar();
  const int start = day("2019-01-01").days;
  for (int from = start; from < start + 700; from += 11) {
    int count = 0;
    for (int to = from + 1; to <= day("2020-12-31").days; ++to) {
      count += c.is_workday(Date{to}) ? 1 : 0;
      if (to % 17 == 0) REQUIRE(c.workdays_between(from, to) == count);
    }
  }
}

TEST_CASE("a calendar says nothing about years it does not declare", "[value][date]") {
  const Calendar c = calendar();
  CHECK(std::isnan(c.workdays_between(day("2020-12-30").days, day("2021-01-04").days)));
  CHECK(std::isnan(c.workdays_between(day("2018-12-30").days, day("2019-01-04").days)));
  // the last day of 2018 itself is not counted
  CHECK(c.workdays_between(day("2018-12-31").days, day("2019-01-04").days) == 4);
  CHECK(std::isnan(c.workdays_between(day("1900-01-01").days, day("2500-01-01").days)));
  const double inf = std::numeric_limits<double>::infinity();
  for (const double absurd : {inf, -inf, std::nan(""), 1e300, -1e300, 1e10}) {
    CHECK(std::isnan(c.workdays_between(absurd, 18596)));
    CHECK(std::isnan(c.workdays_between(18596, absurd)));
    CHECK(std::isnan(c.workdays_between(absurd, absurd)));
  }
}

TEST_CASE("a day far outside every calendar is still some day", "[value][date]") {
  CHECK(Date{std::numeric_limits<int>::max()}.iso() == "9999-12-31");
  CHECK(Date{std::numeric_limits<int>::min()}.iso() == "0001-01-01");
  CHECK(Date{std::numeric_limits<int>::max()}.weekday() >= 1);
}
