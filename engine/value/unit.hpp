// Units as the forms write them: 元, 万元, %, 人, 人·天, 元/人/天, 个, 期 ...
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jixiao::value {

// A product of named dimensions with a decimal power of ten. Known families share a dimension: 元,
// yuan, CNY; % and ‰ (kept in percent points: 95% is 95, 5‰ is 0.5); 天, 日; 人, 名, 位; 月, 个月;
// and so on. 人天 is 人·天. A name nobody knows is a dimension of its own (个, 期, 社区), so every
// form can be read. 人次 is not 人, 工作日 is not 天. 万, 亿 and their kin before any name, 千 and
// 百 before a known one, are powers of ten: 万元, 万人次, 千元; alone (5万) they are a unit without
// dimension.
class Unit {
 public:
  Unit() = default;  // no dimension: a pure number

  // Parses "元/人/天", "元/人·天", "元/(人*天)", "元/人、天", "元每人每天", "人·天", "万元", "%",
  // "percent", "yuan", "m²"; full-width and ASCII signs alike. What follows a division is all below
  // the line: 元/人·天 is 元/(人·天). 日期 and "date" are a calendar day. Nothing when empty,
  // unreadable ("元//人", "3元"), over 64 characters or deeper than 8 parentheses.
  static std::optional<Unit> parse(std::string_view text);
  static Unit money();    // 元
  static Unit percent();  // %
  static Unit date();     // a calendar day; date - date is 天, date + 天 is a date

  [[nodiscard]] const std::string& text() const { return text_; }  // as written, for people
  // Power of ten that takes a number in this unit to its base unit: 万元 4, 亿元 8, ‰ -1, 元 0.
  [[nodiscard]] int exponent() const { return exponent_; }
  [[nodiscard]] bool same_dimension(const Unit& other) const { return powers_ == other.powers_; }
  [[nodiscard]] bool is_number() const { return powers_.empty(); }
  [[nodiscard]] bool is_money() const;
  [[nodiscard]] bool is_percent() const;
  [[nodiscard]] bool is_date() const;
  [[nodiscard]] bool counts_money() const;  // 元 above the line: 元, 元/人/天
  [[nodiscard]] bool is_time() const;       // 天, 工作日, 周, 月, 年, 小时 or 分钟

  friend Unit operator*(const Unit& a, const Unit& b);
  friend Unit operator/(const Unit& a, const Unit& b);
  [[nodiscard]] Unit power(int n) const;
  // The base unit of the same dimension (万元 -> 元), with a text made of the dimensions.
  [[nodiscard]] Unit base() const;
  // Equal as measures, however they are written.
  friend bool operator==(const Unit& a, const Unit& b) {
    return a.powers_ == b.powers_ && a.exponent_ == b.exponent_;
  }

 private:
  static Unit of(const std::string& dimension, const std::string& text);
  static Unit of_powers(std::vector<std::pair<std::string, int>> powers, int exponent);

  std::vector<std::pair<std::string, int>> powers_;  // sorted by name, no zero powers
  int exponent_ = 0;
  std::string text_;
};

}  // namespace jixiao::value
