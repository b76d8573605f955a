// A formula's words, read before muParser sees it: muParser reads bytes and lets through what a
// rule must not say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "text/toml.hpp"

namespace jixiao::formula {

enum class Lexeme : std::uint8_t {
  number,
  text,  // in double quotes
  name,
  plus,
  minus,
  times,
  divide,
  power,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  unequal,
  and_,
  or_,
  not_,
  question,
  colon,
  comma,
  open,
  close,
  invalid,  // a character that was reported: it may have been meant as a sign or as a value
  end
};

struct Word {
  Lexeme lexeme;
  std::size_t at;         // characters from the start of the formula
  std::size_t length;     // characters
  std::string_view text;  // into the formula's text
};

// The words of `source`, ended by Lexeme::end. What is refused (assignment, full-width signs,
// unknown characters, a number stuck to a name) is said in `diagnostics` and read as what
// was meant, so that the rest can be checked too. The words view `source.text`.
std::vector<Word> read_words(const text::Located& source, std::vector<Diagnostic>& diagnostics);

// Whether a character may begin, or go on with, a name.
bool begins_name(char32_t point);
bool continues_name(char32_t point);

// The character at byte `at` and how many bytes it takes; a byte that is no UTF-8 comes out as
// U+FFFD, one byte long.
struct Character {
  char32_t point;
  std::size_t bytes;
};
Character character_at(std::string_view utf8, std::size_t at);

}  // namespace jixiao::formula
