#include "value/field_template.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "value/scanner.hpp"

namespace jixiao::value {
namespace {

constexpr std::size_t longest_words = 100;  // bytes, well within what a field may have
constexpr std::size_t longest_number = 40;

// Words that make a number before them a part of a date.
bool begins_date_word(std::string_view after) {
  constexpr std::array<std::string_view, 6> words = {"年", "月", "日", "号", "季度", "个季度"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return after.starts_with(word); });
}

// Digits in another script, as they read: none but the one of m², m³.
bool has_digits(std::string_view normal) {
  for (std::size_t i = 0; i < normal.size(); ++i) {
    if (is_digit(normal[i]) && (i == 0 || normal[i - 1] != 'm')) return true;
  }
  return false;
}

std::optional<double> number_of(std::string_view digits, int exponent) {
  if (digits.size() > longest_number) return std::nullopt;
  return NumberText{std::string(digits)}.value(exponent);
}

}  // namespace

std::optional<FieldTemplate> FieldTemplate::of(std::string_view text, int year, int bare_exponent) {
  const auto slots = cut_field(text);
  if (!slots || slots->before.size() + slots->after.size() > longest_words) return std::nullopt;
  const auto before = normal_form(slots->before);
  const auto after = normal_form(slots->after);
  if (!before || !after || has_digits(*before) || has_digits(*after) || begins_date_word(*after))
    return std::nullopt;
  if (before->find_first_of("+-") != std::string::npos || before->find("±") != std::string::npos)
    return std::nullopt;
  auto field = read_field_in(text, year, bare_exponent);
  if (!field || field->kind != Kind::number || !field->doubts.empty()) return std::nullopt;
  FieldTemplate out;
  const bool bare = field->unit.is_number() && field->unit.exponent() == 0;
  out.exponent_ = bare ? bare_exponent : field->unit.exponent();
  out.field_ = std::move(*field);
  // Whatever else the reader made of the text, it was not this.
  const auto again = out.apply(*slots);
  const bool same = again && again->low == out.field_.low && again->high == out.field_.high;
  return same ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<Field> FieldTemplate::apply(const FieldSlots& slots) const {
  const auto low = number_of(slots.first, exponent_);
  const auto high = slots.is_range() ? number_of(slots.second, exponent_) : low;
  if (!low || !high || *low > *high) return std::nullopt;
  Field out = field_;
  out.low = *low;
  out.high = *high;
  return out;
}

}  // namespace jixiao::value
