#include "value/field.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <optional>
#include <string>

using namespace jixiao::value;

namespace {

constexpr int form_year = 2020;

Field field(const std::string& text, int year = form_year) {
  CAPTURE(text);
  const auto read = read_field(text, year);
  REQUIRE(read.has_value());
  for (const jixiao::Text& doubt : read->doubts) {
    CHECK_FALSE(doubt.zh.empty());
    CHECK_FALSE(doubt.en.empty());
  }
  return *read;
}

double days_of(const std::string& iso) { return Date::parse_iso(iso).value().days; }

struct NumberRow {
  const char* text;
  std::optional<Direction> direction;
  double low;
  double high;
  const char* unit;  // "" for none
};

constexpr std::optional<Direction> silent;

}  // namespace

TEST_CASE("numbers with signs, words and units are read", "[value][field]") {
  using enum Direction;
  const NumberRow rows[] = {
      {"29个", silent, 29, 29, "个"},
      {"≥50个", at_least, 50, 50, "个"},
      {"≧50个", at_least, 50, 50, "个"},
      {">=50个", at_least, 50, 50, "个"},
      {"> = 50个", at_least, 50, 50, "个"},
      {"＞＝５０个", at_least, 50, 50, "个"},
      {"≮50", at_least, 50, 50, ""},
      {"＞50", more_than, 50, 50, ""},
      {">50", more_than, 50, 50, ""},
      {"≤50", at_most, 50, 50, ""},
      {"≦50", at_most, 50, 50, ""},
      {"<=50", at_most, 50, 50, ""},
      {"≯50", at_most, 50, 50, ""},
      {"＜50", less_than, 50, 50, ""},
      {"=100%", equal, 100, 100, "%"},
      {"＝100%", equal, 100, 100, "%"},
      {"═100%", equal, 100, 100, "%"},
      {"﹦100%", equal, 100, 100, "%"},
      {"不少于200人", at_least, 200, 200, "人"},
      {"不低于 95%", at_least, 95, 95, "%"},
      {"不小于3", at_least, 3, 3, ""},
      {"达到95%以上", at_least, 95, 95, "%"},
      {"98%以上", at_least, 98, 98, "%"},
      {"200人次及以上", at_least, 200, 200, "人次"},
      {"30天以内", at_most, 30, 30, "天"},
      {"15天内", at_most, 15, 15, "天"},
      {"30个工作日内", at_most, 30, 30, "工作日"},
      {"5%以下", at_most, 5, 5, "%"},
      {"不超过3万元", at_most, 30000, 30000, "元"},
      {"不高于300元/人/天", at_most, 300, 300, "元/(人·天)"},
      {"不大于5", at_most, 5, 5, ""},
      {"小于5", less_than, 5, 5, ""},
      {"低于5%", less_than, 5, 5, "%"},
      {"大于5", more_than, 5, 5, ""},
      {"高于5", more_than, 5, 5, ""},
      {"超过5天", more_than, 5, 5, "天"},
      {"at least 95 %", at_least, 95, 95, "%"},
      {"95% or more", at_least, 95, 95, "%"},
      {"100.00%", silent, 100, 100, "%"},
      {"98 %", silent, 98, 98, "%"},
      {"98％", silent, 98, 98, "%"},
      {"100百分比", silent, 100, 100, "%"},
      {"百分之95", silent, 95, 95, "%"},
      {"5‰", silent, 0.5, 0.5, "%"},
      {"≥290%", at_least, 290, 290, "%"},
      {"89.99%", silent, 89.99, 89.99, "%"},
      {"120万元", silent, 1200000, 1200000, "元"},
      {"1.2亿元", silent, 120000000, 120000000, "元"},
      {"0.3千元", silent, 300, 300, "元"},
      {"5万", silent, 50000, 50000, ""},
      {"5 万 元", silent, 50000, 50000, "元"},
      {"1,200,000元", silent, 1200000, 1200000, "元"},
      {"１，２００元", silent, 1200, 1200, "元"},
      {"－3.5", silent, -3.5, -3.5, ""},
      {"−3.5%", silent, -3.5, -3.5, "%"},
      {"0", silent, 0, 0, ""},
      {"200㎡", silent, 200, 200, "平方米"},
      {"200m²", silent, 200, 200, "平方米"},
      {"2次/年", silent, 2, 2, "次/年"},
      {"300元每人每天", silent, 300, 300, "元/人/天"},
      {"29个。", silent, 29, 29, "个"},
      {"\xe2\x80\x8b"
       "29个\xef\xbb\xbf",
       silent, 29, 29, "个"},
      {"　29　个　", silent, 29, 29, "个"},
  };
  for (const NumberRow& row : rows) {
    CAPTURE(row.text);
    const Field read = field(row.text);
    CHECK(name(read.kind) == std::string("number"));
    CHECK(read.direction == row.direction);
    CHECK(read.low == row.low);
    CHECK(read.high == row.high);
    CHECK(read.doubts.empty());
    CHECK_FALSE(read.approximate);
    CHECK(read.unit.same_dimension(row.unit[0] == '\0' ? Unit() : Unit::parse(row.unit).value()));
  }
}

TEST_CASE("about is heard but is no direction", "[value][field]") {
  for (const char* text : {"约3万元", "大约30000元", "约为3万元", "3万元左右", "近3万元",
                           "约 30,000 元", "3万余元", "3万多元"}) {
    CAPTURE(text);
    const Field read = field(text);
    CHECK(read.approximate);
    CHECK_FALSE(read.direction.has_value());
    CHECK(read.low == 30000);
    CHECK(read.unit.is_money());
  }
  CHECK(field("不超过约6期").direction == Direction::at_most);
}

TEST_CASE("ranges are read with either end's unit", "[value][field]") {
  struct Row {
    const char* text;
    double low, high;
    const char* unit;
    std::size_t doubts;
  };
  const Row rows[] = {{"600人--700人", 600, 700, "人", 1},
                      {"600-700人", 600, 700, "人", 0},
                      {"18—54", 18, 54, "", 0},
                      {"600～700人", 600, 700, "人", 0},
                      {"600至700人", 600, 700, "人", 0},
                      {"600人到700人", 600, 700, "人", 0},
                      {"5-10万元", 50000, 100000, "元", 0},
                      {"5万-10万元", 50000, 100000, "元", 0},
                      {"5000元-1万元", 5000, 10000, "元", 0},
                      {"90%-100%", 90, 100, "%", 0},
                      {"600人-700", 600, 700, "人", 1},
                      {"700-600人", 600, 700, "人", 1},
                      {"-5~-3", -5, -3, "", 0},
                      {"100±5%", 95, 105, "%", 0},
                      {"0.3±0.1", 0.2, 0.4, "", 0},
                      {"±5%", -5, 5, "%", 0},
                      {"在600至700人之间", 600, 700, "人", 0},
                      {"1,000-1,500元", 1000, 1500, "元", 0}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Field read = field(row.text);
    CHECK(read.kind == Kind::number);
    CHECK(read.direction == Direction::between);
    CHECK(read.low == row.low);
    CHECK(read.high == row.high);
    CHECK(read.doubts.size() == row.doubts);
    CHECK(read.unit.same_dimension(row.unit[0] == '\0' ? Unit() : Unit::parse(row.unit).value()));
  }
  CHECK(field("约600-700人").approximate);
}

TEST_CASE("what cannot be one value is a phrase that says why", "[value][field]") {
  for (const char* text :
       {"600人--700个", "≥95%以下", "≥≤5", "≥600-700人以上", "2020-02-30", "2020年2月30日",
        "2020年13月", "2020/13/01", "13月", "7月至6月", "2020年12月至2020年11月", "10²", "①100人",
        "½天", "\xff\xfe", "50\xe4个", ">6月至7月"}) {
    CAPTURE(text);
    const Field read = field(text);
    CHECK(read.kind == Kind::phrase);
    CHECK(read.doubts.size() == 1);
  }
}

TEST_CASE("words are phrases, without a guess", "[value][field]") {
  for (const char* text : {"全部完成",
                           "完成",
                           "优秀",
                           "≥良好",
                           "5个，完成",
                           "50/100",
                           "—",
                           "1,20元",
                           "12,34",
                           "1.2.3",
                           "2020年6月拨付",
                           "第3名",
                           "5a6",
                           "≥5≤3",
                           "29个村改居社区居民委员会工作经费补助",
                           "m²",
                           "以上",
                           "≥",
                           "±",
                           "约",
                           "--",
                           "100%-",
                           "3个1天",
                           "1-2-3",
                           "2020-11-30 12:00"}) {
    CAPTURE(text);
    const Field read = field(text);
    CHECK(read.kind == Kind::phrase);
    CHECK(read.doubts.empty());
  }
  CHECK(field(std::string(100000, '9')).kind == Kind::phrase);
  for (const char* text : {"", " ", "　", "\t\r\n", "\xe2\x80\x8b"})
    CHECK_FALSE(read_field(text, form_year).has_value());
}

TEST_CASE("yes and no are words of their own", "[value][field]") {
  for (const char* text : {"是", "有", "yes", "TRUE", " 是 ", "√"}) {
    CAPTURE(text);
    CHECK(field(text).kind == Kind::yes_no);
    CHECK(field(text).yes);
  }
  for (const char* text : {"否", "无", "No", "false"}) {
    CAPTURE(text);
    CHECK(field(text).kind == Kind::yes_no);
    CHECK_FALSE(field(text).yes);
  }
  CHECK(field("是否").kind == Kind::phrase);
  CHECK(field("none").kind == Kind::phrase);
}

TEST_CASE("days are read in every spelling", "[value][field]") {
  using enum Direction;
  struct Row {
    const char* text;
    const char* iso;
    std::optional<Direction> direction;
    std::size_t doubts;
  };
  const Row rows[] = {{"2020-11-30", "2020-11-30", silent, 0},
                      {"2020/12/13", "2020-12-13", silent, 0},
                      {"2019/1/3", "2019-01-03", silent, 0},
                      {"2020.11.30", "2020-11-30", silent, 0},
                      {"2020年11月30日", "2020-11-30", silent, 0},
                      {"2020 年 11 月 30 日", "2020-11-30", silent, 0},
                      {"２０２０年１１月３０日", "2020-11-30", silent, 0},
                      {"2020年11月30号", "2020-11-30", silent, 0},
                      {"2020年6月", "2020-06-30", silent, 0},
                      {"2020年2月", "2020-02-29", silent, 0},
                      {"2020-11", "2020-11-30", silent, 0},
                      {"2020年", "2020-12-31", silent, 0},
                      {"2020年上半年", "2020-06-30", silent, 0},
                      {"2020年第三季度", "2020-09-30", silent, 0},
                      {"2020年12月中旬", "2020-12-20", silent, 0},
                      {"9月", "2020-09-30", silent, 1},
                      {"2020年11月底", "2020-11-30", at_most, 0},
                      {"2020年11月底前", "2020-11-30", at_most, 0},
                      {"2020年11月底前完成", "2020-11-30", at_most, 0},
                      {"2020年11月前", "2020-10-31", at_most, 0},
                      {"2020年1月前", "2019-12-31", at_most, 0},
                      {"2021年12月31日前", "2021-12-31", at_most, 0},
                      {"2020年11月15日前", "2020-11-15", at_most, 1},
                      {"2020年底前", "2020-12-31", at_most, 0},
                      {"2020年内", "2020-12-31", at_most, 0},
                      {"11月前", "2020-10-31", at_most, 1},
                      {"11月底", "2020-11-30", at_most, 1},
                      {"11月底前", "2020-11-30", at_most, 1},
                      {"年底前", "2020-12-31", at_most, 1},
                      {"≤2020-11-30", "2020-11-30", at_most, 0},
                      {"不晚于2020年11月底", "2020-11-30", at_most, 0},
                      {"早于2020年11月", "2020-11-01", less_than, 0},
                      {"2020年11月后", "2020-11-30", more_than, 0}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Field read = field(row.text);
    REQUIRE(name(read.kind) == std::string("date"));
    CHECK(Date{static_cast<int>(read.low)}.iso() == row.iso);
    CHECK(read.high == read.low);
    CHECK(read.direction == row.direction);
    CHECK(read.doubts.size() == row.doubts);
    CHECK(read.unit.is_date());
  }
}

TEST_CASE("a range of days runs from its first to its last", "[value][field]") {
  struct Row {
    const char* text;
    const char* from;
    const char* to;
    std::size_t doubts;
  };
  const Row rows[] = {{"2020年6月至7月", "2020-06-01", "2020-07-31", 0},
                      {"6月至7月", "2020-06-01", "2020-07-31", 1},
                      {"6-7月", "2020-06-01", "2020-07-31", 1},
                      {"2020年6-7月", "2020-06-01", "2020-07-31", 0},
                      {"2020年1月-12月", "2020-01-01", "2020-12-31", 0},
                      {"2020年11月至2021年3月", "2020-11-01", "2021-03-31", 0},
                      {"2020-06-01至2020-07-15", "2020-06-01", "2020-07-15", 0},
                      {"2020年1月1日至31日", "2020-01-01", "2020-01-31", 0},
                      {"2018-2020年", "2018-01-01", "2020-12-31", 0},
                      {"2020年6月--7月", "2020-06-01", "2020-07-31", 1}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Field read = field(row.text);
    REQUIRE(read.kind == Kind::date);
    CHECK(read.direction == Direction::between);
    CHECK(read.low == days_of(row.from));
    CHECK(read.high == days_of(row.to));
    CHECK(read.doubts.size() == row.doubts);
  }
}

TEST_CASE("a date without a year needs the form's", "[value][field]") {
  CHECK(field("11月底", 2021).low == days_of("2021-11-30"));
  const Field unknown = field("11月底", 0);
  CHECK(unknown.kind == Kind::phrase);
  CHECK(unknown.doubts.size() == 1);
  CHECK(field("11月底", -5).kind == Kind::phrase);
  CHECK(field("11月底", 2147483647).kind == Kind::phrase);
  CHECK(field("2月29日", 2020).low == days_of("2020-02-29"));
  CHECK(field("2月29日", 2021).kind == Kind::phrase);
}

TEST_CASE("numbers are read as decimals", "[value][field]") {
  CHECK(read_number("1.2", 8) == 120000000);
  CHECK(read_number("0.0001", 4) == 1);
  CHECK(read_number("0.57", 2) == 57);  // 0.57 * 100 is 56.99999999999999
  CHECK(read_number("1.005", 3) == 1005);
  CHECK(read_number("5", -1) == 0.5);
  CHECK(read_number("1,200,000") == 1200000);
  CHECK(read_number("－3.5") == -3.5);
  CHECK(read_number("+3.5") == 3.5);
  CHECK(read_number("１２") == 12);
  CHECK(read_number(" 12 ") == 12);
  CHECK(read_number("1e5") == 100000);
  CHECK(read_number("1.5E-3") == 0.0015);
  CHECK(read_number(".5") == 0.5);
  CHECK_FALSE(std::signbit(read_number("-0").value()));
  CHECK(read_number("89.99") == 89.99);
}

TEST_CASE("what is not one finite number is none", "[value][field]") {
  for (const std::string& text : {std::string{},         std::string{" "},
                                  std::string{"nan"},    std::string{"inf"},
                                  std::string{"0x1p3"},  std::string{"1,5"},
                                  std::string{"12,34"},  std::string{"1,2345"},
                                  std::string{"1.2.3"},  std::string{"1 2"},
                                  std::string{"5个"},    std::string{"--5"},
                                  std::string{"1e999"},  std::string{"1e99999999999999999999"},
                                  std::string(400, '9'), std::string{"10²"},
                                  std::string{"½"},      std::string{"1."},
                                  std::string{"."},      std::string{"-"},
                                  std::string{"e5"},     std::string{"1e"},
                                  std::string{",123"},   std::string{"1234,567"},
                                  std::string{"\xff"},   std::string("1\0", 2)}) {
    CAPTURE(text);
    CHECK_FALSE(read_number(text).has_value());
  }
  CHECK_FALSE(read_number("1", 400).has_value());
  CHECK_FALSE(read_number("1", 2147483647).has_value());
}

TEST_CASE("numbers are shown with their unit", "[value][field]") {
  CHECK(show(95, Unit::percent()) == "95%");
  CHECK(show(93.333333, Unit::percent()) == "93.3333%");
  CHECK(show(30000, Unit::money()) == "30,000元");
  CHECK(show(30000, Unit::parse("万元").value()) == "30,000元");
  CHECK(show(870000, Unit::parse("yuan").value()) == "870,000元");
  CHECK(show(1300, Unit::parse("元/人/天").value()) == "1,300元/人/天");
  CHECK(show(29, Unit::parse("个").value()) == "29个");
  CHECK(show(186, Unit::parse("人").value()) == "186人");
  CHECK(show(2020, Unit::parse("年").value()) == "2020年");
  CHECK(show(120000, Unit::parse("万人").value()) == "120,000人");
  CHECK(show(5, Unit::parse("km").value()) == "5 km");
  CHECK(show(0.5, Unit{}) == "0.5");
  CHECK(show(0.5, Unit::parse("‰").value()) == "0.5%");
  CHECK(show(days_of("2020-11-30"), Unit::date()) == "2020-11-30");
  CHECK(show(1e300, Unit::date()).size() > 10);
  CHECK(show(std::nan(""), Unit::date()) == "nan");
}

TEST_CASE("every direction and kind has a name", "[value][field]") {
  CHECK(name(Direction::at_least) == std::string("at_least"));
  CHECK(name(Direction::between) == std::string("between"));
  CHECK(sign(Direction::at_least) == std::string("≥"));
  CHECK(sign(Direction::equal) == std::string("="));
  CHECK(name(Kind::yes_no) == std::string("yes_no"));
  CHECK(name(Kind::key_points) == std::string("key_points"));
}
