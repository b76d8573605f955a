// A folded text read word by word. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jixiao::forms {

class RuleScanner {
 public:
  explicit RuleScanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }

  // Moves behind the longest of the words, split by '|', that comes next. `found`: which.
  bool take(std::string_view words, std::string_view* found = nullptr);
  [[nodiscard]] bool sees(std::string_view words) const;
  // Any number of those words.
  void skip(std::string_view words);
  // 12.5, 半, 两, 十五, 百分之五 (as a percentage: `percent` is then set).
  std::optional<double> number(bool* percent = nullptr);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace jixiao::forms
