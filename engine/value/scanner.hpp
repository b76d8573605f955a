// Reading words and numbers out of short text that people typed. Private to this room.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jixiao::value {

// The character at `at` of UTF-8 text and the place after it; nothing when the bytes there are no
// character.
std::optional<char32_t> next_character(std::string_view utf8, std::size_t& at);

// The form every reader works on: full-width signs as their ASCII equivalents, one minus sign and
// one equals sign, nothing invisible, no space at either end. Nothing when the bytes are no UTF-8,
// or when a digit in it would lose its meaning that way (10², ①, ½).
std::optional<std::string> normal_form(std::string_view text);

bool is_digit(char c);
bool is_letter(char c);  // ASCII
std::string_view trimmed(std::string_view text);

// A number as digits, its separators gone: "1,200.5" is digits 1200.5.
struct NumberText {
  std::string digits;  // [-]digits[.digits]
  long exponent = 0;   // of an "e5" behind them

  // times ten to the `shift`, as one decimal number; nothing when no finite number is near
  [[nodiscard]] std::optional<double> value(long shift = 0) const;
  [[nodiscard]] bool whole() const {
    return exponent == 0 && digits.find('.') == std::string::npos;
  }
};

// Walks over normal_form() text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] std::size_t at() const { return at_; }
  void go_to(std::size_t at) { at_ = at; }
  void skip_space();
  // Takes `word` (ASCII letters of any case), and spaces before it, when it stands here.
  bool take(std::string_view word);
  // The same, unless a letter follows: "by" is not the start of "bytes".
  bool take_word(std::string_view word);
  // One to `most` digits and no more behind them.
  std::optional<int> take_digits(std::size_t least, std::size_t most);
  std::optional<NumberText> take_number();

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// Length of the dash, tilde or word between the ends of a range (600-700, 18—54, 6月至7月) that
// `text` starts with; 0 when none.
std::size_t range_sign(std::string_view text);

}  // namespace jixiao::value
