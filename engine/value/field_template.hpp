// Field text with its numbers taken out, so that a table that says "186人", "192人", "75人" is
// understood once.
#pragma once

#include <optional>
#include <string_view>

#include "value/field.hpp"

namespace jixiao::value {

// A text cut around its number, "≥" 6382 "平方米", or around the ends of a range, "" 600 "-" 700
// "人". Views of the text that was cut.
struct FieldSlots {
  std::string_view before, first, between, second, after;
  [[nodiscard]] bool is_range() const { return !second.empty(); }
};

// Cuts a text at its first plain number: digits, or digits, a point and digits. A range has a
// hyphen and a second such number behind the first. Nothing for a text without a plain number, with
// digits behind it, or whose two numbers may be a month ("2020-11").
inline std::optional<FieldSlots> cut_field(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto end_of_number = [&](std::size_t at) {
    while (at < text.size() && digit(text[at])) ++at;
    if (at + 1 < text.size() && text[at] == '.' && digit(text[at + 1])) {
      for (++at; at < text.size() && digit(text[at]);) ++at;
    }
    return at;
  };
  std::size_t begin = 0;
  while (begin < text.size() && !digit(text[begin])) ++begin;
  if (begin == text.size()) return std::nullopt;
  const std::size_t end = end_of_number(begin);
  FieldSlots out{text.substr(0, begin), text.substr(begin, end - begin), {}, {}, text.substr(end)};
  if (out.after.size() > 1 && out.after[0] == '-' && digit(out.after[1])) {
    if (out.first.size() == 4) return std::nullopt;
    const std::size_t stop = end_of_number(end + 1);
    out.between = out.after.substr(0, 1);
    out.second = text.substr(end + 1, stop - end - 1);
    out.after = text.substr(stop);
  }
  for (const char c : out.after) {
    if (digit(c)) return std::nullopt;
  }
  return out;
}

// The reading of all texts that differ in their numbers only.
class FieldTemplate {
 public:
  // The template of `text`, as read_field_in(text, year, bare_exponent) reads it. Nothing where
  // more than the value of its numbers decides how such a text reads: dates, signs, words, doubts.
  static std::optional<FieldTemplate> of(std::string_view text, int year, int bare_exponent);

  // What read_field_in makes of the text these slots were cut from. Requires: the same `before`,
  // `between` and `after` as the text of the template. Nothing for a range that is upside down and
  // for a number beyond every double.
  [[nodiscard]] std::optional<Field> apply(const FieldSlots& slots) const;

  // Kind, direction and unit; the numbers are those of the text it was made of.
  [[nodiscard]] const Field& field() const { return field_; }
  // Places the decimal point of a number moves to the right to give the value in the base unit.
  [[nodiscard]] int exponent() const { return exponent_; }

 private:
  Field field_;
  int exponent_ = 0;
};

// read_field for a text whose bare numbers are in a unit of this exponent: "1.2" is 12000 where the
// unit is 万元. A number with a unit or a magnitude of its own ("5万") keeps that.
std::optional<Field> read_field_in(std::string_view text, int year, int bare_exponent);

}  // namespace jixiao::value
