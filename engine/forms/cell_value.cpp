#include "forms/cell_value.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "document/readers.hpp"
#include "forms/headings.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

using value::Kind;

std::optional<value::Field> number_in(const std::string& words, int year) {
  auto read = value::read_field(words, year);
  if (!read || read->kind == Kind::phrase || !read->doubts.empty()) return std::nullopt;
  if (read->kind != Kind::number && read->kind != Kind::date) return std::nullopt;
  return read;
}

bool starts_with_any(std::string_view text, std::string_view words, std::size_t& length) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find('|'));
    if (text.starts_with(word)) {
      length = word.size();
      return true;
    }
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return false;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Where the digits of the one number in a text begin and end; nothing when it has none or several.
std::optional<std::pair<std::size_t, std::size_t>> only_number(std::string_view text) {
  std::optional<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() &&
           (is_digit(text[end]) || ((text[end] == '.' || text[end] == ',') &&
                                    end + 1 < text.size() && is_digit(text[end + 1]))))
      ++end;
    if (out) return std::nullopt;
    out = {at, end};
    at = end;
  }
  return out;
}

std::string quoted(const std::string& words) { return "“" + words + "”"; }

class Reader {
 public:
  Reader(const std::string& words, std::string_view name, int year)
      : written_(words), name_(name), year_(year) {
    out_.text = words;
  }

  CellValue read() {
    if (is_placeholder()) {
      out_.placeholder = true;
      return std::move(out_);
    }
    // A remark or 余 behind a number would be read as its unit.
    known_units();
    strip_marks();
    about();
    limit_in_parentheses();
    decimal_comma();
    if (reads()) return std::move(out_);
    strip_brackets();
    numerals();
    about();
    if (reads()) return std::move(out_);
    comparison();
    if (reads()) return std::move(out_);
    condition();
    if (reads()) return std::move(out_);
    words_before();
    if (reads()) return std::move(out_);
    // Nothing of it helped: as it was.
    out_ = {};
    out_.text = written_;
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool reads() const { return number_in(out_.text, year_).has_value(); }

  void say(Sure sure, const Text& words) { out_.remarks.push_back({words, sure}); }

  [[nodiscard]] bool is_placeholder() const {
    if (is_any(written_, "待定|待填|待填写|待补充|TBD|tbd|暂缺|未填|请填写")) return true;
    std::string rest = written_;
    for (const std::string_view mark :
         {"*", "×", "X", "x", "_", "□", "○", "◯", "?", "…", "·", "%", "个", "人", "元", "万"})
      replace_all(rest, mark, "");
    if (!rest.empty()) return false;
    std::string marks = written_;
    for (const std::string_view unit : {"%", "个", "人", "元", "万"}) replace_all(marks, unit, "");
    return marks.size() >= 2;
  }

  // Spellings of one unit: a target and its result must not differ by them.
  void known_units() {
    for (const auto& [from, to] :
         {std::pair{"μg/m3", "微克/立方米"}, std::pair{"µg/m3", "微克/立方米"},
          std::pair{"ug/m3", "微克/立方米"}, std::pair{"μg/m³", "微克/立方米"},
          std::pair{"µg/m³", "微克/立方米"}, std::pair{"微克每立方米", "微克/立方米"},
          std::pair{"μg/立方米", "微克/立方米"}, std::pair{"mg/L", "毫克/升"},
          std::pair{"mg/l", "毫克/升"}, std::pair{"个百分点", "%"}, std::pair{"个百分比", "%"},
          std::pair{"百分点", "%"}, std::pair{"%%", "%"}, std::pair{"%(百分比)", "%"},
          std::pair{"(百分比)", "%"}})
      replace_all(out_.text, from, to);
    for (const std::string_view sign : {"¥", "￥", "RMB", "人民币"}) {
      const std::size_t at = out_.text.find(sign);
      if (at == std::string::npos) continue;
      out_.text.erase(at, sign.size());
      if (out_.text.find("元") == std::string::npos) out_.text += "元";
    }
  }

  // 97%*, ★200人, 97%[1], 97%(注2)
  void strip_marks() {
    const std::string before = out_.text;
    std::size_t length = 0;
    while (starts_with_any(out_.text, "★|☆|▲|△|●|◆|※|*|√|✓", length)) out_.text.erase(0, length);
    for (bool found = true; found && !out_.text.empty();) {
      found = false;
      for (const std::string_view mark :
           {"*", "★", "☆", "※", "#", "。", ";", ",", "、", "①", "②", "③", "√", "✓"}) {
        if (out_.text.size() > mark.size() && out_.text.ends_with(mark))
          out_.text.resize(out_.text.size() - mark.size()), found = true;
      }
      const std::size_t open = std::max(
          {out_.text.rfind('[') + 1, out_.text.rfind("(注") + 1, out_.text.rfind("〔") + 1});
      if (open > 1 &&
          (out_.text.ends_with("]") || out_.text.ends_with(")") || out_.text.ends_with("〕")) &&
          out_.text.size() - open <= 12) {
        const std::string inner = out_.text.substr(open - 1);
        const bool mark = inner.starts_with("(注") ||
                          inner.find_first_not_of("[]0123456789") == std::string::npos;
        if (mark) out_.text.resize(open - 1), found = true;
      }
    }
    if (out_.text != before && !out_.text.empty())
      say(Sure::likely, {quoted(written_) + "的标号不读，读作" + quoted(out_.text),
                         "the marks of '" + written_ + "' are not read: '" + out_.text + "'"});
    if (out_.text.empty()) out_.text = before;
  }

  // (200人), 【95%】
  void strip_brackets() {
    for (const auto& [open, close] :
         {std::pair{"(", ")"}, std::pair{"[", "]"}, std::pair{"【", "】"}, std::pair{"〔", "〕"},
          std::pair{"“", "”"}, std::pair{"\"", "\""}, std::pair{"《", "》"}, std::pair{"<", ">"}}) {
      const std::string_view first = open, last = close;
      if (out_.text.size() <= first.size() + last.size() || !out_.text.starts_with(first) ||
          !out_.text.ends_with(last))
        continue;
      const std::string inner =
          out_.text.substr(first.size(), out_.text.size() - first.size() - last.size());
      if (inner.find(first) != std::string::npos || !number_in(inner, year_)) continue;
      out_.text = inner;
      say(Sure::guess, {quoted(written_) + "写在括号里，读作" + quoted(inner),
                        "'" + written_ + "' stands in brackets: read as '" + inner + "'"});
      return;
    }
  }

  // 87,5: no thousands, so a decimal comma.
  void decimal_comma() {
    const std::size_t comma = out_.text.find(',');
    if (comma == std::string::npos || comma == 0 ||
        out_.text.find(',', comma + 1) != std::string::npos || !is_digit(out_.text[comma - 1]))
      return;
    std::size_t end = comma + 1;
    while (end < out_.text.size() && is_digit(out_.text[end])) ++end;
    if (end == comma + 1 || end - comma > 3) return;
    std::string text = out_.text;
    text[comma] = '.';
    if (!number_in(text, year_)) return;
    out_.text = text;
    say(Sure::guess, {quoted(written_) + "的逗号按小数点读：" + text,
                      "the comma of '" + written_ + "' is read as a decimal point: " + text});
  }

  // 三场, 百分之九十五, ≥二十人
  void numerals() {
    std::string text = out_.text;
    std::size_t sign = 0;
    if (!starts_with_any(text, "≥|≤|>=|<=|>|<|=|不少于|不低于|不超过|不高于|不大于|不小于|约",
                         sign))
      sign = 0;
    std::string rest = text.substr(sign);
    const bool percent = rest.starts_with("百分之");
    if (percent) rest.erase(0, std::string_view("百分之").size());
    std::size_t end = 0;
    std::size_t length = 0;
    while (end < rest.size() &&
           starts_with_any(std::string_view(rest).substr(end),
                           "零|〇|一|二|两|三|四|五|六|七|八|九|十|百|千|万|亿", length))
      end += length;
    if (end == 0) return;
    const auto number = read_numeral(std::string_view(rest).substr(0, end));
    std::string unit = rest.substr(end);
    std::string behind;
    for (const std::string_view word : {"以上", "以下", "以内", "左右"}) {
      if (unit.ends_with(word)) behind = word, unit.resize(unit.size() - word.size());
    }
    if (!number || unit.find_first_of("0123456789") != std::string::npos) return;
    // One word that begins like a number is no number: 一批, 三公经费.
    if (!percent && !is_any(unit,
                            "个|次|人|人次|名|场|场次|期|份|户|件|项|套|台|辆|所|天|日|月|年|家|篇|"
                            "册|座|处|公里|亩|门|条|起|本|批次|元|万元|个月|小时|平方米|吨|幅|%|分|"
                            "余人|多人|余户|多户|余次|多次|余场|多场|余个|多个|余家|多家"))
      return;
    out_.text = text.substr(0, sign) + value::plain(*number, 4) + (percent ? "%" : unit) + behind;
    say(Sure::likely, {quoted(written_) + "读作" + quoted(out_.text),
                       "'" + written_ + "' is read as '" + out_.text + "'"});
  }

  // 200余人, 90多人, 3万余人, 近500人
  void about() {
    std::string text = out_.text;
    bool found = false;
    std::size_t length = 0;
    if (starts_with_any(text, "将近|接近|大约为|大约|大概|约为|近|差不多", length) &&
        length < text.size() && (is_digit(text[length]))) {
      text.erase(0, length);
      found = true;
    }
    const auto number = only_number(text);
    if (!number) return;
    std::size_t at = number->second;
    while (starts_with_any(std::string_view(text).substr(at), "万|亿|千|百", length)) at += length;
    for (bool again = true; again;) {
      again = false;
      if (starts_with_any(std::string_view(text).substr(at), "余|多|来|几", length)) {
        // 多 may begin a word of its own: 3多功能厅 is none of these.
        text.erase(at, length);
        found = again = true;
      }
    }
    if (text.starts_with("不到") || text.starts_with("不足")) {
      text.erase(0, 6);
      found = true;
    } else if (text.ends_with("上下") || text.ends_with("不到")) {
      text.resize(text.size() - 6);
      found = true;
    }
    if (!found || !number_in(text, year_)) return;
    out_.about = true;
    out_.text = "约" + text;
    say(Sure::guess, {quoted(written_) + "不是确数，按约数 " + text + " 保留",
                      "'" + written_ + "' is no exact number: kept as about " + text});
  }

  // 900元/人(上限), 100%(其中:优秀率≥30%), 98%(百分比)
  void limit_in_parentheses() {
    const std::size_t open = out_.text.find('(');
    if (open == 0 || open == std::string::npos || !out_.text.ends_with(")")) return;
    if (out_.text[open - 1] == '/') return;  // 元/(人*天)
    const std::string before = out_.text.substr(0, open);
    const std::string inner = out_.text.substr(open + 1, out_.text.size() - open - 2);
    const auto read = number_in(before, year_);
    if (!read) return;
    if (is_any(inner, "前|之前|以前|内|以内|底|底前") && read->kind == Kind::date) {
      out_.text = before + inner;
      return;
    }
    const bool upper = has_any(inner, "上限|以内|不超|最高|封顶|以下|不高于");
    const bool lower = has_any(inner, "下限|以上|最低|不少于|不低于|至少|起");
    if ((upper || lower) && inner.find_first_of("0123456789") == std::string::npos) {
      out_.text = read->direction ? before : (upper ? "≤" : "≥") + before;
      say(Sure::likely, {quoted(written_) + "读作" + quoted(out_.text),
                         "'" + written_ + "' is read as '" + out_.text + "'"});
      return;
    }
    out_.text = before;
    const bool digits = inner.find_first_of("0123456789") != std::string::npos;
    say(digits ? Sure::guess : Sure::likely,
        {quoted(written_) + "读作" + quoted(before) + "，括号里的“" + inner + "”没有读",
         "'" + written_ + "' is read as '" + before + "'; the remark '" + inner +
             "' was not read"});
  }

  // 下降8%, 较上年提高5%, 同比增长≥3%
  void comparison() {
    std::string text = out_.text;
    std::size_t length = 0;
    bool compared = false;
    for (bool again = true; again;) {
      again = false;
      if (starts_with_any(text,
                          "较上年同期|较去年同期|比上年同期|较上年度|较上年|较去年|较上一年|"
                          "比上年度|比上年|比去年|与上年相比|"
                          "与去年相比|同比|环比|年均|较往年|较基期|相比上年|较同期|"
                          "同期|相比|累计|平均|总体|有效|逐年|稳步|,",
                          length)) {
        text.erase(0, length);
        compared = again = true;
      }
    }
    const std::size_t sign_first = starts_with_any(text, "≥|≤|>=|<=|>|<|=", length) ? length : 0;
    const std::string sign = text.substr(0, sign_first);
    std::string rest = text.substr(sign_first);
    std::size_t verb = 0;
    const bool down = starts_with_any(
        rest,
        "下降了|降低了|减少了|下降率|下降|降低|减少|压减|压缩|缩短|节约率|节约|节省|降幅|下浮|削减",
        verb);
    const bool up =
        !down &&
        starts_with_any(
            rest,
            "提高了|增长了|增加了|提升了|提高率|增长率|提高|提升|增长|增加|上升|增幅|上涨|新增",
            verb);
    if (!down && !up) return;
    rest.erase(0, verb);
    if (starts_with_any(rest, "达到|达|至少|约|不少于|不低于", length))
      rest = (has_any(rest.substr(0, length), "不|至少") ? "≥" : "") + rest.substr(length);
    if (!number_in(sign + rest, year_)) return;
    out_.downwards = down;
    out_.upwards = up;
    out_.text = sign + rest;
    const bool in_name =
        has_any(name_, "下降|降低|减少|压减|节约|降幅|提高|提升|增长|增加|增幅|缩短");
    say(in_name || compared ? Sure::likely : Sure::guess,
        {quoted(written_) + "读作变化的幅度 " + out_.text,
         "'" + written_ + "' is read as the size of the change, " + out_.text});
  }

  // 18-54周岁≥200人: what the sign stands before.
  void condition() {
    std::size_t at = std::string::npos;
    for (const std::string_view sign : {"≥", "≤", ">=", "<=", ">", "<", "不少于", "不低于",
                                        "不超过", "不高于", "不大于", "不小于", "至少"}) {
      const std::size_t found = out_.text.rfind(sign);
      if (found != std::string::npos && found > 0 && (at == std::string::npos || found > at) &&
          number_in(out_.text.substr(found), year_))
        at = found;
    }
    if (at == std::string::npos) return;
    const std::string before = out_.text.substr(0, at);
    out_.text = out_.text.substr(at);
    const bool digits = before.find_first_of("0123456789") != std::string::npos;
    const bool named = bare(name_).find(before) != std::string::npos ||
                       before.find(bare(name_)) != std::string::npos;
    say(digits || !named ? Sure::guess : Sure::likely,
        {quoted(written_) + "读作" + quoted(out_.text) + "，前面的“" + before + "”没有读",
         "'" + written_ + "' is read as '" + out_.text + "'; '" + before +
             "' before it was not read"});
  }

  // 完成200人, 覆盖率达到95%以上, 实际培训186人: one number behind words without one.
  void words_before() {
    const auto number = only_number(out_.text);
    if (!number || number->first == 0) return;
    std::string before = out_.text.substr(0, number->first);
    const std::string rest = out_.text.substr(number->first);
    if (before.size() > 45 || !number_in(rest, year_)) return;
    if (before.ends_with("-") || before.ends_with("第") || before.ends_with("前") ||
        has_any(before, "不到|未|没有|不足|无|缺|差"))
      return;
    const std::string known = bare(name_);
    std::string other = before;
    std::size_t length = 0;
    for (bool again = true; again;) {
      again = false;
      if (starts_with_any(other,
                          "实际|已|共|累计|全年|完成|达到|达|实现|为|是|约为|均|全部|开展|举办|"
                          "组织|培训|参加|参训|发放|新建|建设|建成|采购|购置|,|:|了",
                          length)) {
        other.erase(0, length);
        again = true;
      }
    }
    const bool said_before = other.empty() || known.find(other) != std::string::npos ||
                             other.find(known) != std::string::npos;
    out_.text = rest;
    say(said_before ? Sure::likely : Sure::guess,
        {quoted(written_) + "读作" + quoted(rest), "'" + written_ + "' is read as '" + rest + "'"});
  }

  const std::string& written_;
  std::string_view name_;
  int year_;
  CellValue out_;
};

}  // namespace

CellValue read_cell_value(const std::string& words, std::string_view name, int year) {
  return Reader(words, name, year).read();
}

std::optional<double> read_numeral(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 12> digits{{{"零", 0},
                                                                        {"〇", 0},
                                                                        {"一", 1},
                                                                        {"二", 2},
                                                                        {"两", 2},
                                                                        {"三", 3},
                                                                        {"四", 4},
                                                                        {"五", 5},
                                                                        {"六", 6},
                                                                        {"七", 7},
                                                                        {"八", 8},
                                                                        {"九", 9}}};
  constexpr std::array<std::pair<std::string_view, double>, 3> tens{
      {{"十", 10}, {"百", 100}, {"千", 1000}}};
  double total = 0, section = 0, digit = 0;
  bool any = false, has_digit = false;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, 3);
    text.remove_prefix(std::min<std::size_t>(3, text.size()));
    const auto as_digit = std::find_if(digits.begin(), digits.end(),
                                       [&](const auto& each) { return each.first == word; });
    const auto as_ten = std::find_if(tens.begin(), tens.end(),
                                     [&](const auto& each) { return each.first == word; });
    if (as_digit != digits.end()) {
      if (has_digit && digit != 0) return std::nullopt;  // 二三 is no number
      digit = as_digit->second;
      has_digit = true;
    } else if (as_ten != tens.end()) {
      section += (has_digit ? digit : 1) * as_ten->second;
      digit = 0, has_digit = false;
    } else if (word == "万" || word == "亿") {
      if (!any) return std::nullopt;
      total = (total + section + digit) * (word == "万" ? 1e4 : 1e8);
      section = digit = 0, has_digit = false;
    } else {
      return std::nullopt;
    }
    any = true;
  }
  if (!any) return std::nullopt;
  return total + section + digit;
}

std::optional<std::string> day_of_serial(std::string_view text) {
  const auto number = value::read_number(text);
  constexpr double first = 36526, last = 73050;  // 2000-01-01 to 2099-12-31
  if (!number || *number < first || *number > last ||
      *number != static_cast<double>(static_cast<std::int32_t>(*number)))
    return std::nullopt;
  return value::Date{static_cast<std::int32_t>(*number) - 25569}.iso();
}

}  // namespace jixiao::forms
