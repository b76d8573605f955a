// Words for people, in the two languages the engine speaks.
#pragma once

#include <string>

namespace jixiao {

enum class Language { zh, en };

// The same words in Chinese and English. Either may be empty: in() then falls back to the other.
struct Text {
  std::string zh;
  std::string en;

  [[nodiscard]] const std::string& in(Language language) const {
    const std::string& wanted = language == Language::zh ? zh : en;
    const std::string& other = language == Language::zh ? en : zh;
    return wanted.empty() ? other : wanted;
  }
  [[nodiscard]] bool empty() const { return zh.empty() && en.empty(); }
  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace jixiao
