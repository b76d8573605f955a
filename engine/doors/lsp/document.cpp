#include "document.hpp"

#include <algorithm>
#include <optional>

namespace jixiao::lsp {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

std::string_view unquoted(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\''))
    return text.substr(1, text.find(text.front(), 1) - 1);
  return text;
}

// {"indicator", "visits"} of "[indicator.visits]"; nothing when the line is no header.
std::optional<std::vector<std::string>> header_of(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('[')) return std::nullopt;
  line.remove_prefix(line.starts_with("[[") ? 2 : 1);
  line = line.substr(0, line.find(']'));
  std::vector<std::string> names;
  while (!line.empty()) {
    const auto dot = line.find('.');
    names.emplace_back(unquoted(line.substr(0, dot)));
    line = dot == std::string_view::npos ? std::string_view() : line.substr(dot + 1);
  }
  return names;
}

// Where the first '=' outside quotes is, or npos.
std::size_t equals_sign(std::string_view line) {
  char quote = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      return std::string_view::npos;
    } else if (c == '=') {
      return at;
    }
  }
  return std::string_view::npos;
}

// Whether a line begins, or ends, a string of several lines.
bool turns_multiline(std::string_view line) {
  std::size_t count = 0;
  for (const std::string_view mark : {"\"\"\"", "'''"}) {
    for (auto at = line.find(mark); at != std::string_view::npos; at = line.find(mark, at + 3))
      ++count;
  }
  return count % 2 == 1;
}

}  // namespace

Document::Document(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {
  for (auto at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    starts_.push_back(at + 1);
}

std::string_view Document::line(std::size_t number) const {
  if (number >= starts_.size()) return {};
  const std::size_t from = starts_[number];
  const std::size_t to = number + 1 < starts_.size() ? starts_[number + 1] - 1 : text_.size();
  std::string_view line = std::string_view(text_).substr(from, to - from);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string Document::top_value(std::string_view key) const {
  for (std::size_t i = 0; i < line_count() && !header_of(line(i)); ++i) {
    const auto equals = equals_sign(line(i));
    if (equals != std::string_view::npos && trimmed(line(i).substr(0, equals)) == key)
      return std::string(unquoted(line(i).substr(equals + 1)));
  }
  return {};
}

std::string Document::kind() const {
  const std::string schema = top_value("schema");  // "jixiao/ruleset/1"
  const auto first = schema.find('/'), last = schema.rfind('/');
  if (first == std::string::npos || last == first) return {};
  return schema.substr(first + 1, last - first - 1);
}

Cursor Document::at(std::size_t number, std::size_t byte) const {
  Cursor cursor;
  bool in_text = false;  // of several lines
  for (std::size_t i = 0; i < number && i < line_count(); ++i) {
    if (!in_text) {
      if (auto names = header_of(line(i))) cursor.table = *std::move(names);
    }
    in_text ^= turns_multiline(line(i));
  }
  const std::string_view text = line(number);
  byte = std::min(byte, text.size());
  cursor.word_begin = byte;
  while (cursor.word_begin > 0 && in_word(text[cursor.word_begin - 1])) --cursor.word_begin;
  std::size_t word_end = byte;
  while (word_end < text.size() && in_word(text[word_end])) ++word_end;
  cursor.word = std::string(text.substr(cursor.word_begin, word_end - cursor.word_begin));
  if (in_text) return cursor;
  if (trimmed(text).starts_with('[')) {
    cursor.part = Cursor::Part::header;
    return cursor;
  }
  const auto equals = equals_sign(text);
  if (equals == std::string_view::npos || byte <= equals) {
    cursor.part = trimmed(text).starts_with('#') ? Cursor::Part::other : Cursor::Part::key;
    cursor.key = std::string(trimmed(text.substr(0, std::min(equals, text.size()))));
    return cursor;
  }
  cursor.part = Cursor::Part::value;
  cursor.key = std::string(trimmed(text.substr(0, equals)));
  const std::string_view before = text.substr(equals, byte - equals);
  cursor.quoted = (std::count(before.begin(), before.end(), '"') +
                   std::count(before.begin(), before.end(), '\'')) %
                      2 ==
                  1;
  return cursor;
}

std::vector<std::string> Document::keys_around(std::size_t number) const {
  std::size_t from = std::min(number, line_count() - 1);
  while (from > 0 && !header_of(line(from))) --from;
  std::vector<std::string> keys;
  for (std::size_t i = from; i < line_count(); ++i) {
    if (i > from && header_of(line(i))) break;
    const auto equals = equals_sign(line(i));
    if (equals != std::string_view::npos) keys.emplace_back(trimmed(line(i).substr(0, equals)));
  }
  return keys;
}

std::size_t Document::line_of_id(const std::string& id) const {
  for (std::size_t i = 0; i < line_count(); ++i) {
    if (const auto names = header_of(line(i))) {
      if (names->size() > 1 && names->back() == id) return i;
      continue;
    }
    const auto equals = equals_sign(line(i));
    if (equals == std::string_view::npos) continue;
    if (trimmed(line(i).substr(0, equals)) == "id" && unquoted(line(i).substr(equals + 1)) == id)
      return i;
  }
  return line_count();
}

}  // namespace jixiao::lsp
