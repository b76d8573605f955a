#include "value/field.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "text/source.hpp"
#include "value/day_text.hpp"
#include "value/field_template.hpp"
#include "value/rounding.hpp"
#include "value/scanner.hpp"

namespace jixiao::value {
namespace {

constexpr std::size_t longest_field = 200;  // characters; longer text is a sentence
constexpr std::size_t longest_unit = 12;

// Words that say one thing, split by '|'.
struct Words {
  std::optional<Direction> direction;  // nothing: 约 and its kin
  std::string_view words;
};

// Before a value.
constexpr std::array openings{
    Words{Direction::at_least,
          "≥|≧|⩾|≮|>=|=>|不少于|不低于|不小于|不得少于|不得低于|不得小于|不早于|至少|最少|最低|"
          "达到|达|大于等于|"
          "大于或等于|高于或等于|at least|no less than|not less than"},
    Words{Direction::at_most,
          "≤|≦|⩽|≯|<=|=<|不超过|不高于|不大于|不多于|不得超过|不得高于|不得大于|未超过|不晚于|"
          "不迟于|截至|截止|截止到|"
          "至多|最多|最高|控制在|小于等于|小于或等于|低于或等于|at most|no more than|not more "
          "than|up to"},
    Words{Direction::more_than, ">|大于|高于|超过|多于|晚于|more than"},
    Words{Direction::less_than, "<|小于|低于|少于|不足|不到|早于|less than"},
    Words{Direction::equal, "=|==|等于"},
    Words{std::nullopt, "约|约为|大约|大概|近|about|approximately"},
};

// Behind a value.
constexpr std::array closings{
    Words{Direction::at_least, "以上|及以上|或以上|(含)以上|or more|or above"},
    Words{Direction::at_most, "以下|及以下|或以下|(含)以下|以内|及以内|之内|or less|or below"},
    Words{std::nullopt, "左右|上下"},
};

struct Heard {
  std::optional<Direction> direction;
  std::string_view word;  // as the table has it; empty when none is there
  std::string_view rest;  // of the text, without it
};

// The longest word of the table that `text` starts with, or ends with.
template <std::size_t size>
Heard hear(std::string_view text, const std::array<Words, size>& table, bool behind) {
  Heard heard;
  for (const Words& entry : table) {
    for (std::string_view words = entry.words; !words.empty();) {
      const std::string_view word = words.substr(0, words.find('|'));
      words.remove_prefix(std::min(words.size(), word.size() + 1));
      if (word.size() <= heard.word.size()) continue;
      if (behind) {
        if (text.ends_with(word))
          heard = {entry.direction, word, trimmed(text.substr(0, text.size() - word.size()))};
        continue;
      }
      Scanner scan(text);
      if (is_letter(word.front()) ? scan.take_word(word) : scan.take(word))
        heard = {entry.direction, word, trimmed(scan.rest())};
    }
  }
  return heard;
}

bool equals_word(std::string_view text, std::string_view word) {
  Scanner scan(text);
  return scan.take_word(word) && scan.at_end();
}

// Both when both speak and do not contradict each other: ≥95%以上, and the stricter sign of
// >95%以上.
struct Agreement {
  std::optional<Direction> direction;
  bool contradictory = false;
  bool doubtful = false;
};

Agreement agree(std::optional<Direction> sign, std::optional<Direction> word) {
  if (!sign || !word || *sign == *word) return {sign ? sign : word};
  const auto pair = [&](Direction strict, Direction loose) {
    return (*sign == strict && *word == loose) || (*sign == loose && *word == strict);
  };
  if (pair(Direction::more_than, Direction::at_least) ||
      pair(Direction::less_than, Direction::at_most))
    return {sign, false, true};
  return {sign, true, false};
}

Text contradiction() {
  return {"前后的比较方向互相矛盾", "the comparison words contradict each other"};
}

class FieldReader {
 public:
  FieldReader(std::string_view normal, int year, int bare_exponent)
      : rest_(normal), year_(year), bare_exponent_(bare_exponent) {}

  Field read() {
    drop_full_stop();
    if (!is_digit(rest_.front())) {
      if (read_yes_no()) return field_;
      read_openings();
    }
    const DayReading days = read_date();
    if (days == DayReading::read || (days == DayReading::none && read_number_text())) return field_;
    Field phrase;
    if (refusal_) phrase.doubts.push_back(*refusal_);
    return phrase;
  }

 private:
  void drop_full_stop() {
    for (const std::string_view stop : {"。", ";", "；", "，", ",", "、"}) {
      if (rest_.size() > stop.size() && rest_.ends_with(stop))
        rest_ = trimmed(rest_.substr(0, rest_.size() - stop.size()));
    }
  }

  bool read_yes_no() {
    for (const std::string_view yes : {"是", "有", "yes", "true", "√", "✓", "✔"}) {
      if (equals_word(rest_, yes)) return set_yes_no(true);
    }
    for (const std::string_view no : {"否", "无", "no", "false", "×", "✗", "✘"}) {
      if (equals_word(rest_, no)) return set_yes_no(false);
    }
    return false;
  }

  bool set_yes_no(bool yes) {
    field_.kind = Kind::yes_no;
    field_.yes = yes;
    field_.low = field_.high = yes ? 1 : 0;
    return true;
  }

  void read_openings() {
    for (bool found = true; found;) {
      found = false;
      if (const Heard heard = hear(rest_, openings, false); !heard.word.empty()) {
        found = true;
        rest_ = heard.rest;
        // "> =" and "> ═" are one sign.
        const bool half = (heard.word == ">" || heard.word == "<") && rest_.starts_with('=');
        if (half) rest_ = trimmed(rest_.substr(1));
        const Direction whole = heard.word == ">" ? Direction::at_least : Direction::at_most;
        note(half ? whole : heard.direction, opening_);
      }
      for (const std::string_view empty :
           {"完成时间", "完成日期", "完成时限", "介于", "为", "于", "在", ":"}) {
        Scanner scan(rest_);
        if (scan.take(empty)) {
          rest_ = trimmed(scan.rest());
          found = true;
        }
      }
    }
  }

  void note(std::optional<Direction> said, std::optional<Direction>& so_far) {
    if (!said) {
      field_.approximate = true;
      return;
    }
    const Agreement agreement = agree(so_far, said);
    contradictory_ = contradictory_ || agreement.contradictory;
    so_far = agreement.direction;
  }

  // The direction both ends of the text agree on; false when they do not.
  bool settle(std::optional<Direction> closing) {
    const Agreement agreement = agree(opening_, closing);
    if (contradictory_ || agreement.contradictory) return refuse(contradiction());
    if (agreement.doubtful) {
      const char* kept = sign(*agreement.direction);
      field_.doubts.push_back(
          {fmt::format("前后用词不一，按“{}”读", kept),
           fmt::format("the words before and behind differ, read as '{}'", kept)});
    }
    field_.direction = agreement.direction;
    return true;
  }

  bool refuse(Text why) {
    if (!refusal_) refusal_ = std::move(why);
    return false;
  }

  // What is written as days is never tried as a number: 7月至6月 is no 6 to 7 months.
  DayReading read_date() {
    DayText days;
    const DayReading reading = read_days(rest_, year_, days);
    if (reading == DayReading::impossible) refuse(days.doubts.front());
    if (reading != DayReading::read) return reading;
    field_.doubts = std::move(days.doubts);
    if (days.range) {
      if (opening_ && *opening_ != Direction::equal)
        return refuse(contradiction()), DayReading::impossible;
      field_.direction = Direction::between;
      // a month's end is a deadline only where no sign says otherwise
    } else if (!settle(opening_ ? std::nullopt : days.direction)) {
      return DayReading::impossible;
    }
    const bool from_start = field_.direction == Direction::at_least ||
                            field_.direction == Direction::less_than;
    field_.kind = Kind::date;
    field_.unit = Unit::date();
    field_.approximate = field_.approximate || days.approximate;
    field_.low = days.range || from_start ? days.first.days : days.last.days;
    field_.high = days.range ? days.last.days : field_.low;
    return DayReading::read;
  }

  bool read_number_text() {
    std::optional<Direction> closing;
    const bool bare = !rest_.empty() && (is_digit(rest_.back()) || rest_.back() == '%');
    for (Heard heard = bare ? Heard{} : hear(rest_, closings, true); !heard.word.empty();
         heard = hear(rest_, closings, true)) {
      rest_ = heard.rest;
      note(heard.direction, closing);
    }
    if (rest_.ends_with("之间"))
      rest_ = trimmed(rest_.substr(0, rest_.size() - std::string_view("之间").size()));

    if (is_zero_in_words()) {
      field_.kind = Kind::number;
      field_.unit = read_unit(rest_.substr(std::string_view("零").size())).value_or(Unit());
      return settle(closing);
    }
    std::string_view per = take_per();
    Scanner scan(rest_);
    std::string_view implied;  // 百分之95 has its unit in front
    if (scan.take("百分之"))
      implied = "%";
    else if (scan.take("千分之"))
      implied = "‰";
    if (scan.take("±")) {
      const auto width = scan.take_number();
      return width && read_tolerance(NumberText{"0"}, *width, scan.rest(), closing);
    }
    const auto number = scan.take_number();
    if (!number) return false;
    std::string_view tail = trimmed(scan.rest());
    if (!implied.empty()) {
      if (!tail.empty()) return false;
      tail = implied;
    }
    if (tail.starts_with("±")) {
      Scanner behind(tail.substr(std::string_view("±").size()));
      const auto width = behind.take_number();
      return width && read_tolerance(*number, *width, behind.rest(), closing);
    }
    std::string whole_unit(tail);
    if (!per.empty()) tail = whole_unit += "/" + std::string(per);
    for (std::size_t at = 0; at < tail.size(); ++at) {
      const std::size_t sign = range_sign(tail.substr(at));
      if (sign == 0) continue;
      Scanner behind(tail.substr(at + sign));
      if (const auto other = behind.take_number()) {
        return read_range(*number, tail.substr(0, at), *other, behind.rest(), tail.substr(at, sign),
                          closing);
      }
      at += sign - 1;
    }
    return read_single(*number, tail, closing);
  }

  // 零起, 零投诉; not 零星.
  [[nodiscard]] bool is_zero_in_words() const {
    constexpr std::string_view zero = "零";
    if (!rest_.starts_with(zero)) return false;
    const std::string_view unit = rest_.substr(zero.size());
    for (const std::string_view known :
         {"", "起", "次", "件", "例", "人", "个", "宗", "处", "投诉", "事故"}) {
      if (unit == known) return true;
    }
    return false;
  }

  // The 人 of 每人300元, taken off; at most two characters, so that no sign is mistaken for it.
  std::string_view take_per() {
    constexpr std::string_view each = "每";
    constexpr std::size_t longest = 6;  // bytes
    if (!rest_.starts_with(each)) return {};
    std::size_t end = each.size();
    while (end < rest_.size() && !is_digit(rest_[end])) ++end;
    const std::string_view per = rest_.substr(each.size(), end - each.size());
    if (end == rest_.size() || per.empty() || per.size() > longest) return {};
    rest_ = rest_.substr(end);
    return per;
  }

  bool read_single(const NumberText& number, std::string_view tail,
                   std::optional<Direction> closing) {
    std::string unit_text(tail);
    drop_more(unit_text);
    auto unit = read_unit(unit_text);
    constexpr std::string_view within = "内";
    if (unit_text.ends_with(within)) {
      const auto time =
          read_unit(std::string_view(unit_text).substr(0, unit_text.size() - within.size()));
      if (time && time->is_time()) {
        unit = time;
        note(Direction::at_most, closing);
      }
    }
    if (!unit) return false;
    const auto value = number.value(exponent_in(*unit));
    if (!value || !settle(closing)) return false;
    field_.kind = Kind::number;
    field_.unit = *unit;
    field_.low = field_.high = *value;
    return true;
  }

  bool read_tolerance(const NumberText& middle, const NumberText& width, std::string_view tail,
                      std::optional<Direction> closing) {
    const auto unit = read_unit(tail);
    if (!unit) return false;
    const auto centre = middle.value(exponent_in(*unit));
    const auto reach = width.value(exponent_in(*unit));
    if (!centre || !reach || *reach < 0) return false;
    if (opening_ || closing) return refuse(contradiction());
    const Rounding nine{9};  // 0.3 - 0.1 is 0.2
    field_.kind = Kind::number;
    field_.unit = *unit;
    field_.direction = Direction::between;
    field_.low = nine(*centre - *reach);
    field_.high = nine(*centre + *reach);
    return true;
  }

  bool read_range(const NumberText& first, std::string_view first_tail, const NumberText& second,
                  std::string_view second_tail, std::string_view sign_text,
                  std::optional<Direction> closing) {
    const auto first_unit = read_unit(first_tail);
    auto second_unit = read_unit(second_tail);
    if (!first_unit || !second_unit) return false;
    if (contradictory_ || closing || (opening_ && *opening_ == Direction::more_than) ||
        (opening_ && *opening_ == Direction::less_than)) {
      return refuse(contradiction());
    }
    int low_exponent = exponent_in(*first_unit);
    std::vector<Text> doubts;
    if (first_unit->text().empty()) {
      low_exponent = exponent_in(*second_unit);
    } else if (second_unit->text().empty()) {
      second_unit = first_unit;
      doubts.push_back(
          {fmt::format("后一个数没有单位，按“{}”读", first_unit->text()),
           fmt::format("the second number has no unit, read as '{}'", first_unit->text())});
    } else if (!first_unit->is_number() && !first_unit->same_dimension(*second_unit)) {
      return refuse(
          {fmt::format("区间两端的单位不同：“{}”和“{}”", first_unit->text(), second_unit->text()),
           fmt::format("the ends of the range have different units: '{}' and '{}'",
                       first_unit->text(), second_unit->text())});
    }
    const auto low = first.value(low_exponent);
    const auto high = second.value(exponent_in(*second_unit));
    if (!low || !high) return false;
    if (opening_ && *opening_ != Direction::equal) {
      const char* said = sign(*opening_);
      doubts.push_back({fmt::format("既有“{}”又有区间，按区间读", said),
                        fmt::format("both '{}' and a range, read as the range", said)});
    }
    field_.doubts = std::move(doubts);
    if (sign_text == "--") field_.doubts.push_back({"“--”按起止之间读", "'--' is read as a range"});
    field_.kind = Kind::number;
    field_.unit = *second_unit;
    field_.direction = Direction::between;
    field_.low = *low;
    field_.high = *high;
    if (*low > *high) {
      std::swap(field_.low, field_.high);
      field_.doubts.push_back({"区间的起比止大，按从小到大读",
                               "the range begins above its end, read from small to large"});
    }
    return true;
  }

  // 200余人, 5万多元: a little more than the number.
  void drop_more(std::string& unit_text) {
    std::size_t at = 0;
    for (bool found = true; found;) {
      found = false;
      for (const std::string_view magnitude : {"十", "百", "千", "万", "亿"}) {
        if (!std::string_view(unit_text).substr(at).starts_with(magnitude)) continue;
        at += magnitude.size();
        found = true;
      }
    }
    for (const std::string_view more : {"余", "多"}) {
      if (!std::string_view(unit_text).substr(at).starts_with(more)) continue;
      unit_text.erase(at, more.size());
      field_.approximate = true;
      return;
    }
  }

  // A number without unit or magnitude is in the unit of the form.
  [[nodiscard]] int exponent_in(const Unit& unit) const {
    return unit.is_number() && unit.exponent() == 0 ? bare_exponent_ : unit.exponent();
  }

  // No text is no unit; nothing when the text is no unit a form would write.
  static std::optional<Unit> read_unit(std::string_view text) {
    text = trimmed(text);
    // 98%(百分比), 98(%): said twice, or in parentheses.
    for (const std::string_view again : {"(百分比)", "(百分数)", "(%)"}) {
      if (text.size() > again.size() && text.ends_with(again))
        text = trimmed(text.substr(0, text.size() - again.size()));
    }
    if (text.starts_with('(') && text.ends_with(')') && text.find('(', 1) == std::string_view::npos)
      text = trimmed(text.substr(1, text.size() - 2));
    if (text.empty()) return Unit();
    bool area = text == "m2" || text == "m3" || text == "km2";
    for (const std::string_view last : {"/m2", "/m3", "/km2"})
      area = area ||
             (text.ends_with(last) &&
              std::none_of(text.begin(), text.end() - static_cast<std::ptrdiff_t>(last.size()),
                           is_digit));
    if ((!area && std::any_of(text.begin(), text.end(), is_digit)) ||
        text::character_count(text) > longest_unit)
      return std::nullopt;
    auto unit = Unit::parse(text);
    if (unit && unit->is_date()) return std::nullopt;
    return unit;
  }

  std::string_view rest_;
  int year_;
  int bare_exponent_;
  Field field_;
  std::optional<Direction> opening_;
  bool contradictory_ = false;
  std::optional<Text> refusal_;
};

}  // namespace

std::optional<Field> read_field(std::string_view text, int year) {
  return read_field_in(text, year, 0);
}

std::optional<Field> read_field_in(std::string_view text, int year, int bare_exponent) {
  if (trimmed(text).empty()) return std::nullopt;
  if (text.size() > 8 * longest_field) return Field{};
  const auto normal = normal_form(text);
  if (!normal) {
    Field phrase;
    phrase.doubts.push_back(
        {"含有不能当作数字读的字符", "there are characters in it that cannot be read as digits"});
    return phrase;
  }
  if (normal->empty()) return std::nullopt;
  if (text::character_count(*normal) > longest_field) return Field{};
  return FieldReader(*normal, year, bare_exponent).read();
}

std::optional<double> read_number(std::string_view text, int exponent) {
  // Most numbers are plain; a CSV has millions of them.
  const std::size_t lead = !text.empty() && text.front() == '-' ? 1 : 0;
  if (exponent == 0 && text.size() > lead && is_digit(text[lead]) && is_digit(text.back())) {
    double x = 0;
    const auto read =
        std::from_chars(text.data(), text.data() + text.size(), x, std::chars_format::fixed);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size()) return x + 0.0;
  }
  const auto normal = normal_form(text);
  if (!normal) return std::nullopt;
  Scanner scan(*normal);
  const auto number = scan.take_number();
  if (!number || !scan.at_end()) return std::nullopt;
  return number->value(exponent);
}

std::string show(double value, const Unit& unit) {
  constexpr double last_shown_day = 2'932'896;  // 9999-12-31
  if (unit.is_date() && std::abs(value) <= last_shown_day) {
    const Date date{static_cast<std::int32_t>(std::floor(value))};
    if (date.year() > 1) return date.iso();
  }
  const Unit base = unit.exponent() == 0 ? unit : unit.base();
  const bool grouped = unit.counts_money() || (std::abs(value) >= 10'000 && !unit.is_percent());
  std::string text = plain(value, 4, grouped);
  if (unit.is_number() || unit.is_date()) return text;
  if (unit.is_percent()) return text + "%";
  if (unit.is_money()) return text + Unit::money().text();
  const std::string& name = base.text();
  return text + (is_letter(name.front()) ? " " : "") + name;
}

const char* name(Direction direction) {
  switch (direction) {
    case Direction::at_least: return "at_least";
    case Direction::more_than: return "more_than";
    case Direction::at_most: return "at_most";
    case Direction::less_than: return "less_than";
    case Direction::equal: return "equal";
    case Direction::between: return "between";
  }
  return "";
}

const char* sign(Direction direction) {
  switch (direction) {
    case Direction::at_least: return "≥";
    case Direction::more_than: return ">";
    case Direction::at_most: return "≤";
    case Direction::less_than: return "<";
    case Direction::equal: return "=";
    case Direction::between: return "–";
  }
  return "";
}

const char* name(Kind kind) {
  switch (kind) {
    case Kind::number: return "number";
    case Kind::date: return "date";
    case Kind::yes_no: return "yes_no";
    case Kind::grade: return "grade";
    case Kind::key_points: return "key_points";
    case Kind::phrase: return "phrase";
  }
  return "";
}

Text words_for(Kind kind) {
  switch (kind) {
    case Kind::number: return {"数", "a number"};
    case Kind::date: return {"日期", "a date"};
    case Kind::yes_no: return {"是或否", "yes or no"};
    case Kind::grade: return {"等级", "a grade"};
    case Kind::key_points: return {"要点", "key points"};
    case Kind::phrase: return {"文字", "words"};
  }
  return {};
}

}  // namespace jixiao::value
