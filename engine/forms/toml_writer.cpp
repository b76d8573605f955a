#include <cstdio>

#include "document/document.hpp"
#include "forms/writing.hpp"

namespace jixiao::forms {

std::string TomlWriter::one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
  return out;
}

std::string TomlWriter::quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04X",
                    static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += code;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string TomlWriter::place(const FormPlace& place) const {
  return place.row == 0 ? std::string() : "  # " + one_line(describe(place, language_));
}

void TomlWriter::questions(const std::vector<std::size_t>& which) {
  for (const std::size_t index : which)
    line("# ? " + one_line(draft_.questions[index].taken.in(language_)));
}

void TomlWriter::value(const std::string& key, const std::string& written, const Entry& entry) {
  if (!entry.there() && entry.questions.empty()) return;
  // What has no text is a remark: a place to write it in.
  const bool remark = entry.unwritten || !entry.there();
  std::string out = (remark ? "# " : "") + key + " = " + written + place(entry.place);
  for (const std::size_t index : entry.questions)
    out += (index == entry.questions.front() ? "  # ? " : "; ") +
           one_line(draft_.questions[index].taken.in(language_));
  line(out);
}

}  // namespace jixiao::forms
