#include "value/unit.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

#include <fmt/format.h>

#include "text/source.hpp"
#include "value/scanner.hpp"

namespace jixiao::value {
namespace {

using Powers = std::map<std::string, std::int64_t>;

constexpr std::size_t longest_text = 64;
constexpr int deepest = 8;
constexpr int largest_power = 1'000'000;  // held there, so that no chain of formulas can overflow

constexpr const char* money_name = "元";
constexpr const char* percent_name = "%";
constexpr const char* date_name = "日期";

struct Known {
  std::string_view name;
  std::string_view dimension;
  int exponent = 0;
  std::string_view second{};  // 人天 is 人·天
};

// ASCII names in lower case. The first name of a dimension stands for it.
constexpr std::array known_names{Known{"元", "元"},
                                 Known{"圆", "元"},
                                 Known{"yuan", "元"},
                                 Known{"cny", "元"},
                                 Known{"rmb", "元"},
                                 Known{"¥", "元"},
                                 Known{"人民币", "元"},
                                 Known{"人民币元", "元"},
                                 Known{"元人民币", "元"},
                                 Known{"%", "%"},
                                 Known{"百分比", "%"},
                                 Known{"百分率", "%"},
                                 Known{"百分点", "%"},
                                 Known{"个百分点", "%"},
                                 Known{"percent", "%"},
                                 Known{"pct", "%"},
                                 Known{"percentage point", "%"},
                                 Known{"percentage points", "%"},
                                 Known{"‰", "%", -1},
                                 Known{"千分比", "%", -1},
                                 Known{"permille", "%", -1},
                                 Known{"天", "天"},
                                 Known{"日", "天"},
                                 Known{"自然日", "天"},
                                 Known{"日历日", "天"},
                                 Known{"日历天", "天"},
                                 Known{"day", "天"},
                                 Known{"days", "天"},
                                 Known{"工作日", "工作日"},
                                 Known{"个工作日", "工作日"},
                                 Known{"工作天", "工作日"},
                                 Known{"workday", "工作日"},
                                 Known{"workdays", "工作日"},
                                 Known{"working day", "工作日"},
                                 Known{"working days", "工作日"},
                                 Known{"人", "人"},
                                 Known{"名", "人"},
                                 Known{"位", "人"},
                                 Known{"person", "人"},
                                 Known{"persons", "人"},
                                 Known{"people", "人"},
                                 Known{"人次", "人次"},
                                 Known{"人天", "人", 0, "天"},
                                 Known{"人日", "人", 0, "天"},
                                 Known{"person-day", "人", 0, "天"},
                                 Known{"person-days", "人", 0, "天"},
                                 Known{"人月", "人", 0, "月"},
                                 Known{"人年", "人", 0, "年"},
                                 Known{"年", "年"},
                                 Known{"year", "年"},
                                 Known{"years", "年"},
                                 Known{"月", "月"},
                                 Known{"个月", "月"},
                                 Known{"month", "月"},
                                 Known{"months", "月"},
                                 Known{"周", "周"},
                                 Known{"星期", "周"},
                                 Known{"week", "周"},
                                 Known{"weeks", "周"},
                                 Known{"小时", "小时"},
                                 Known{"个小时", "小时"},
                                 Known{"hour", "小时"},
                                 Known{"hours", "小时"},
                                 Known{"分钟", "分钟"},
                                 Known{"minute", "分钟"},
                                 Known{"minutes", "分钟"},
                                 Known{"公里", "公里"},
                                 Known{"千米", "公里"},
                                 Known{"km", "公里"},
                                 Known{"米", "米"},
                                 Known{"平方米", "平方米"},
                                 Known{"平米", "平方米"},
                                 Known{"m2", "平方米"},
                                 Known{"立方米", "立方米"},
                                 Known{"m3", "立方米"},
                                 Known{"平方公里", "平方公里"},
                                 Known{"km2", "平方公里"},
                                 Known{"公斤", "公斤"},
                                 Known{"千克", "公斤"},
                                 Known{"kg", "公斤"},
                                 Known{"吨", "吨"},
                                 Known{"亩", "亩"},
                                 Known{"公顷", "公顷"},
                                 Known{"个", "个"},
                                 Known{"次", "次"},
                                 Known{"场", "场"},
                                 Known{"场次", "场次"},
                                 Known{"期", "期"},
                                 Known{"户", "户"},
                                 Known{"户次", "户次"},
                                 Known{"家", "家"},
                                 Known{"件", "件"},
                                 Known{"份", "份"},
                                 Known{"套", "套"},
                                 Known{"台", "台"},
                                 Known{"篇", "篇"},
                                 Known{"册", "册"},
                                 Known{"项", "项"},
                                 Known{"日期", "日期"},
                                 Known{"date", "日期"}};

struct Magnitude {
  std::string_view name;
  int exponent;
  bool any;  // before a name nobody knows too; 千 is not, for 千瓦 is no thousand of anything
};

constexpr std::array magnitudes{
    Magnitude{"万亿", 12, true},    Magnitude{"千亿", 11, true},   Magnitude{"百亿", 10, true},
    Magnitude{"十亿", 9, true},     Magnitude{"亿", 8, true},      Magnitude{"千万", 7, true},
    Magnitude{"百万", 6, true},     Magnitude{"十万", 5, true},    Magnitude{"万", 4, true},
    Magnitude{"千", 3, false},      Magnitude{"百", 2, false},     Magnitude{"thousand ", 3, true},
    Magnitude{"million ", 6, true}, Magnitude{"billion ", 9, true}};

std::string lower_case(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const Known* find_known(std::string_view lower) {
  const auto found = std::find_if(known_names.begin(), known_names.end(),
                                  [&](const Known& known) { return known.name == lower; });
  return found == known_names.end() ? nullptr : &*found;
}

// Letters of any script, and signs that name a unit; everything that separates, calculates or ends
// a sentence is not.
bool is_name_character(char32_t c) {
  if (c < 0x80) return is_letter(static_cast<char>(c)) || c == '_' || c == '$';
  if (c < 0xA0 || c == 0xB7 || c == 0xD7 || c == 0xF7) return false;
  if (c >= 0x2000 && c <= 0x206F) return c == 0x2030;  // dashes, quotes, bullets; ‰
  if (c >= 0x2190 && c <= 0x2BFF) return false;        // arrows, calculation, boxes
  if ((c >= 0x3000 && c <= 0x303F) || c == 0x30FB || (c >= 0xFE10 && c <= 0xFE6F))
    return c == 0x3007;
  return c < 0xE000 || (c >= 0xF900 && c <= 0xFEFE) || (c >= 0x1F000 && c <= 0x3FFFF);
}

class Reader {
 public:
  explicit Reader(std::string_view normal) : scan_(normal) {}

  bool read_all() { return read_product(1, 0) && (scan_.skip_space(), scan_.at_end()); }
  const Powers& powers() const { return powers_; }
  std::int64_t exponent() const { return exponent_; }

 private:
  // Every factor counts `side` times: 1 above the line, -1 below.
  bool read_product(int side, int depth) {
    if (depth > deepest) return false;
    int here = side;
    for (bool first = true;; first = false) {
      scan_.skip_space();
      if (scan_.at_end() || scan_.peek() == ')') return !first;
      if (!first) {
        if (take_division()) {
          here = -side;
        } else if (!take_product_sign()) {
          return false;
        }
        scan_.take("每");
      }
      if (!read_factor(here, depth)) return false;
    }
  }

  bool take_division() {
    for (const std::string_view sign : {"/", "÷", "∕", "⁄", "每"}) {
      if (scan_.take(sign)) return true;
    }
    return false;
  }

  bool take_product_sign() {
    for (const std::string_view sign : {"·", "*", "×", "、", ".", "•", "・", "⋅", "∙", "‧"}) {
      if (scan_.take(sign)) return true;
    }
    return false;
  }

  bool read_factor(int side, int depth) {
    Reader inner(scan_.rest());
    if (scan_.take("(")) {
      inner.scan_ = scan_;
      if (!inner.read_product(1, depth + 1)) return false;
      scan_ = inner.scan_;
      if (!scan_.take(")")) return false;
    } else if (scan_.take("1")) {
      if (is_digit(scan_.peek())) return false;
      return true;
    } else if (!inner.read_name(scan_)) {
      return false;
    }
    std::int64_t times = side;
    if (scan_.take("^")) {
      const bool negative = scan_.take("-");
      const auto power = scan_.take_digits(1, 1);
      if (!power) return false;
      times *= negative ? -*power : *power;
    }
    for (const auto& [name, power] : inner.powers_) powers_[name] += power * times;
    exponent_ += inner.exponent_ * times;
    return true;
  }

  bool read_name(Scanner& scan) {
    scan.skip_space();
    const std::string_view rest = scan.rest();
    std::string name;
    std::size_t at = 0;
    if (rest.starts_with('%')) {
      name = "%";
      at = 1;
    }
    while (name != "%" && at < rest.size()) {
      if (!name.empty() && rest.substr(at).starts_with("每")) break;
      const bool after_letter = !name.empty() && is_letter(name.back());
      const char next = at + 1 < rest.size() ? rest[at + 1] : '\0';
      if (rest[at] == ' ') {
        // A space belongs to English names; between Chinese characters it is a slip.
        if (after_letter && is_letter(next)) name += ' ';
        ++at;
        continue;
      }
      if ((rest[at] == '-' && after_letter && is_letter(next)) ||
          (is_digit(rest[at]) && after_letter)) {
        name += rest[at++];
        continue;
      }
      const std::size_t from = at;
      const auto c = next_character(rest, at);
      if (!c || !is_name_character(*c)) {
        at = from;
        break;
      }
      name.append(rest, from, at - from);
    }
    if (name.empty()) return false;
    scan.go_to(scan.at() + at);
    add_name(name);
    return true;
  }

  void add_name(const std::string& name) {
    const std::string lower = lower_case(name);
    if (const Known* known = find_known(lower)) return add_known(*known);
    for (const Magnitude& magnitude : magnitudes) {
      if (!lower.starts_with(magnitude.name)) continue;
      const std::string rest = lower.substr(magnitude.name.size());
      const Known* known = find_known(rest);
      if (known == nullptr && !magnitude.any && !rest.empty()) break;
      exponent_ += magnitude.exponent;
      if (known != nullptr) {
        add_known(*known);
      } else if (!rest.empty()) {
        powers_[name.substr(magnitude.name.size())] += 1;
      }
      return;
    }
    powers_[name] += 1;
  }

  void add_known(const Known& known) {
    powers_[std::string(known.dimension)] += 1;
    if (!known.second.empty()) powers_[std::string(known.second)] += 1;
    exponent_ += known.exponent;
  }

  Scanner scan_;
  Powers powers_;
  std::int64_t exponent_ = 0;
};

int held_power(std::int64_t power) {
  return static_cast<int>(std::clamp<std::int64_t>(power, -largest_power, largest_power));
}

std::string text_of(const std::vector<std::pair<std::string, int>>& powers, int exponent) {
  std::string above;
  std::string below;
  int below_count = 0;
  for (const auto& [name, power] : powers) {
    std::string& side = power > 0 ? above : below;
    if (!side.empty()) side += "·";
    side += name;
    if (power != 1 && power != -1) side += fmt::format("^{}", power > 0 ? power : -power);
    below_count += power < 0 ? 1 : 0;
  }
  if (below_count > 1) below = "(" + below + ")";
  std::string text = above;
  if (!below.empty()) text = (above.empty() ? std::string("1") : above) + "/" + below;
  if (exponent == 0) return text;
  if (exponent == -1 && text == percent_name) return "‰";
  for (const Magnitude& magnitude : magnitudes) {
    if (magnitude.exponent == exponent && (magnitude.any || powers.size() == 1))
      return std::string(magnitude.name) + text;
  }
  return fmt::format("10^{} {}", exponent, text);
}

bool is_one(const std::vector<std::pair<std::string, int>>& powers, std::string_view name) {
  return powers.size() == 1 && powers.front().second == 1 && powers.front().first == name;
}

}  // namespace

Unit Unit::of(const std::string& dimension, const std::string& text) {
  Unit unit;
  unit.powers_ = {{dimension, 1}};
  unit.text_ = text;
  return unit;
}

Unit Unit::of_powers(std::vector<std::pair<std::string, int>> powers, int exponent) {
  Unit unit;
  unit.powers_ = std::move(powers);
  unit.exponent_ = exponent;
  unit.text_ = text_of(unit.powers_, exponent);
  return unit;
}

std::optional<Unit> Unit::parse(std::string_view text) {
  // Four bytes a character at most, so this refuses nothing that the count below would take, spaces
  // around it aside.
  if (text.size() > 8 * longest_text) return std::nullopt;
  const auto normal = normal_form(text);
  if (!normal || normal->empty() || text::character_count(*normal) > longest_text)
    return std::nullopt;
  Reader reader(*normal);
  if (!reader.read_all()) return std::nullopt;
  Unit unit;
  for (const auto& [name, power] : reader.powers()) {
    if (power != 0) unit.powers_.emplace_back(name, held_power(power));
  }
  unit.exponent_ = held_power(reader.exponent());
  unit.text_ = trimmed(text);
  return unit;
}

Unit Unit::money() { return of(money_name, money_name); }
Unit Unit::percent() { return of(percent_name, percent_name); }
Unit Unit::date() { return of(date_name, date_name); }

bool Unit::is_money() const { return is_one(powers_, money_name); }
bool Unit::is_percent() const { return is_one(powers_, percent_name); }
bool Unit::is_date() const { return is_one(powers_, date_name); }

bool Unit::counts_money() const {
  return std::any_of(powers_.begin(), powers_.end(), [](const auto& power) {
    return power.second > 0 && power.first == money_name;
  });
}

bool Unit::is_time() const {
  return std::any_of(powers_.begin(), powers_.end(), [&](const auto& power) {
    constexpr std::array names{"天", "工作日", "周", "月", "年", "小时", "分钟"};
    return is_one(powers_, power.first) &&
           std::find(names.begin(), names.end(), power.first) != names.end();
  });
}

Unit operator*(const Unit& a, const Unit& b) {
  if (b.is_number() && b.exponent_ == 0) return a;
  if (a.is_number() && a.exponent_ == 0) return b;
  std::vector<std::pair<std::string, int>> powers;
  auto left = a.powers_.begin();
  auto right = b.powers_.begin();
  while (left != a.powers_.end() || right != b.powers_.end()) {
    if (right == b.powers_.end() || (left != a.powers_.end() && left->first < right->first)) {
      powers.push_back(*left++);
    } else if (left == a.powers_.end() || right->first < left->first) {
      powers.push_back(*right++);
    } else {
      const int sum = held_power(std::int64_t{left->second} + right->second);
      if (sum != 0) powers.emplace_back(left->first, sum);
      ++left;
      ++right;
    }
  }
  return Unit::of_powers(std::move(powers), held_power(std::int64_t{a.exponent_} + b.exponent_));
}

Unit operator/(const Unit& a, const Unit& b) { return a * b.power(-1); }

Unit Unit::power(int n) const {
  if (n == 1) return *this;
  if (n == 0) return {};
  std::vector<std::pair<std::string, int>> powers = powers_;
  for (auto& power : powers) power.second = held_power(std::int64_t{power.second} * n);
  return of_powers(std::move(powers), held_power(std::int64_t{exponent_} * n));
}

Unit Unit::base() const { return of_powers(powers_, 0); }

}  // namespace jixiao::value
