#include "forms/rules/rule_scanner.hpp"

#include "forms/cell_value.hpp"
#include "forms/headings.hpp"
#include "value/field.hpp"

namespace jixiao::forms {

bool RuleScanner::take(std::string_view words, std::string_view* found) {
  std::size_t best = 0;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find('|'));
    if (word.size() > best && rest().starts_with(word)) {
      best = word.size();
      if (found != nullptr) *found = word;
    }
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  at_ += best;
  return best > 0;
}

bool RuleScanner::sees(std::string_view words) const {
  RuleScanner copy = *this;
  return copy.take(words);
}

void RuleScanner::skip(std::string_view words) {
  while (take(words)) {
  }
}

std::optional<double> RuleScanner::number(bool* percent) {
  const std::size_t start = at_;
  if (percent != nullptr) *percent = false;
  const bool of_hundred = percent != nullptr && take("百分之");
  if (of_hundred) *percent = true;
  std::size_t end = at_;
  while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) ++end;
  if (end > at_) {
    const auto out = value::read_number(text_.substr(at_, end - at_));
    at_ = out ? end : start;
    return out;
  }
  if (take("半")) return 0.5;
  constexpr std::string_view numerals = "零|一|二|两|三|四|五|六|七|八|九|十|百";
  const std::size_t from = at_;
  while (take(numerals)) {
  }
  // 一百个: a hundred; 一百分点 is never written, 一个百分点 is.
  const auto out = at_ > from ? read_numeral(text_.substr(from, at_ - from)) : std::nullopt;
  if (!out) at_ = start;
  return out;
}

}  // namespace jixiao::forms
