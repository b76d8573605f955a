// project.toml and results.toml of a draft. Private to this room.
#pragma once

#include <string>

#include "forms/draft.hpp"
#include "jixiao/text.hpp"

namespace jixiao::forms {

std::string write_project(const Draft& draft, Language language);
// Empty when the form reports nothing.
std::string write_results(const Draft& draft, Language language);

// Lines of TOML with remarks behind them.
class TomlWriter {
 public:
  TomlWriter(const Draft& draft, Language language)
      : draft_(draft), zh_(language == Language::zh), language_(language) {}

  void line(const std::string& text) { out_ += text + "\n"; }
  void remark(const Text& words) { line("# " + one_line(words.in(language_))); }
  // key = "text", with the place in the form and the questions behind it; a remark when there is
  // no text, nothing when there is no question either.
  void string(const std::string& key, const Entry& entry) { value(key, quoted(entry.text), entry); }
  void number(const std::string& key, const Entry& entry) { value(key, entry.text, entry); }
  // The questions of an entry as remarks on lines of their own.
  void questions(const std::vector<std::size_t>& which);
  [[nodiscard]] std::string place(const FormPlace& place) const;
  [[nodiscard]] bool zh() const { return zh_; }
  [[nodiscard]] const std::string& text() const { return out_; }

  // Remarks end with their line, whatever a cell or a file's name holds.
  static std::string one_line(std::string_view text);
  static std::string quoted(std::string_view text);

 private:
  void value(const std::string& key, const std::string& written, const Entry& entry);

  const Draft& draft_;
  bool zh_;
  Language language_;
  std::string out_;
};

}  // namespace jixiao::forms
