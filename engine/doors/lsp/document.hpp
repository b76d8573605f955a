// A TOML text in an editor, and what stands at a place of it. Read line by line, so that it works
// while the text is unfinished and no TOML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::lsp {

struct Cursor {
  enum class Part { header, key, value, other };
  Part part = Part::other;
  std::vector<std::string> table;  // names of the header above: {"indicator"}
  std::string key;                 // of the line, for Part::value; what is typed, for Part::key
  std::string word;                // letters, digits, _ - . around the cursor
  std::size_t word_begin = 0;      // bytes in the line
  bool quoted = false;             // inside a string, for Part::value
};

class Document {
 public:
  Document() = default;
  Document(std::string path, std::string text);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t line_count() const { return starts_.size(); }
  // From 0; empty when there is no such line.
  [[nodiscard]] std::string_view line(std::size_t number) const;
  // The kind of file by its schema line: "ruleset", "project"; empty when it has none.
  [[nodiscard]] std::string kind() const;
  // The value of `key` before the first header, without quotes: of "rules" or "extends".
  [[nodiscard]] std::string top_value(std::string_view key) const;
  // What stands at a byte of a line (both from 0).
  [[nodiscard]] Cursor at(std::size_t line, std::size_t byte) const;
  // Keys that the table around a line has already.
  [[nodiscard]] std::vector<std::string> keys_around(std::size_t line) const;
  // The line (from 0) of `id = "ID"`, or of a header that ends in ID; line_count() when there is
  // none.
  [[nodiscard]] std::size_t line_of_id(const std::string& id) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::size_t> starts_ = {0};  // byte offsets of the lines
};

}  // namespace jixiao::lsp
