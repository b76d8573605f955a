// A text file as read, and places in it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/diagnostic.hpp"

namespace jixiao::text {

class Source;

// A stretch of one source. Lines and columns are 1-based; columns and lengths count characters
// (code points).
struct Place {
  std::shared_ptr<const Source> source;
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t length = 0;

  // The same line, `characters` further on.
  [[nodiscard]] Place shifted(std::size_t characters, std::size_t new_length) const;
};

// Valid UTF-8, without byte-order mark, lines ended by '\n' alone. Immutable; shared by every place
// in it.
class Source {
 public:
  Source(std::string name, std::string utf8);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t line_count() const { return line_starts_.size(); }
  // Line `number` (1-based) without its end; empty when there is no such line.
  [[nodiscard]] std::string_view line(std::size_t number) const;
  // Byte offset of a 1-based line and character column, clipped to the text.
  [[nodiscard]] std::size_t offset(std::size_t line, std::size_t column) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
  std::vector<std::size_t> characters_;  // before every checkpoint: finding a column in a line of
                                         // megabytes must not count from its start
};

// Reads a file of at most `limit` bytes. A byte-order mark is dropped, CRLF becomes LF, GBK/GB18030
// is converted and said so (warning encoding.gbk). Null, with an error diagnostic, when the file
// cannot be read or is no text.
std::shared_ptr<const Source> read_source(const std::string& path,
                                          std::vector<Diagnostic>& diagnostics,
                                          std::size_t limit = std::size_t{64} << 20);
// The same for a file that this program wrote and will write again: no conflict with its being an
// output.
std::shared_ptr<const Source> read_own_source(const std::string& path,
                                              std::vector<Diagnostic>& diagnostics,
                                              std::size_t limit = std::size_t{64} << 20);
// The same for text that is already in memory.
std::shared_ptr<const Source> source_from_text(std::string name, std::string bytes,
                                               std::vector<Diagnostic>& diagnostics);

// Number of characters (code points) in valid UTF-8.
std::size_t character_count(std::string_view utf8);
// Columns a terminal needs for it: Chinese characters take two.
std::size_t display_width(std::string_view utf8);
// Byte length of the first `characters` characters.
std::size_t prefix_bytes(std::string_view utf8, std::size_t characters);
// Compatibility form: full-width digits, letters and signs become their ASCII equivalents (％ -> %,
// ３ -> 3, ≧ stays).
std::string compatibility_form(std::string_view utf8);

}  // namespace jixiao::text
