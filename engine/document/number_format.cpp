#include "document/number_format.hpp"

#include <cmath>
#include <cstdint>
#include <optional>

#include "value/date.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

bool is_placeholder(char c) { return c == '0' || c == '#' || c == '?'; }

// One unit of a format's text: a letter that means something, or a literal.
struct Token {
  bool literal = false;
  std::string text;
};

std::size_t length_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Takes the bracketed parts (colours, conditions, currencies) apart from the rest; `condition` is
// what a condition says.
std::vector<Token> tokens_of(std::string_view code, std::string& condition) {
  std::vector<Token> out;
  for (std::size_t i = 0; i < code.size();) {
    const char c = code[i];
    if (c == '"') {
      const std::size_t end = std::min(code.find('"', i + 1), code.size());
      out.push_back({true, std::string(code.substr(i + 1, end - i - 1))});
      i = end + 1;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i + 1), code.size());
      const std::string_view inner = code.substr(i + 1, end - i - 1);
      if (inner.starts_with('$'))
        out.push_back(
            {true, std::string(inner.substr(1, std::min(inner.find('-'), inner.size()) - 1))});
      else if (!inner.empty() && (inner[0] == '<' || inner[0] == '>' || inner[0] == '='))
        condition = inner;
      i = end + 1;
    } else if (c == '\\' || c == '!') {  // ! escapes in Chinese locales
      const std::size_t length = i + 1 < code.size() ? length_of(code[i + 1]) : 0;
      out.push_back({true, std::string(code.substr(i + 1, length))});
      i += 1 + length;
    } else if (c == '_' || c == '*') {  // a blank as wide as the next character; the next character
                                        // as a filling
      i += 1 + (i + 1 < code.size() ? length_of(code[i + 1]) : 0);
    } else if (code.substr(i).starts_with("General")) {
      out.push_back({false, "0"});
      i += std::string_view("General").size();
    } else if (code.substr(i).starts_with("G/通用格式")) {
      out.push_back({false, "0"});
      i += std::string_view("G/通用格式").size();
    } else {
      const std::size_t length = length_of(c);
      const bool means = length == 1 && std::string_view("0#?.,%@yYmMdDhHsSeE/aAbBgG").find(c) !=
                                            std::string_view::npos;
      out.push_back({!means, std::string(code.substr(i, length))});
      i += length;
    }
  }
  return out;
}

// The sections of a code, split at the semicolons outside quotes.
std::vector<std::string_view> sections_of(std::string_view code) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (code[i] == '\\' || code[i] == '!') {
      ++i;
    } else if (code[i] == ';') {
      out.push_back(code.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  out.push_back(code.substr(begin));
  return out;
}

void erase_all(std::string& text, std::string_view what) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what))
    text.erase(at, what.size());
}

}  // namespace

NumberFormat::Section NumberFormat::read_section(std::string_view code) {
  Section out;
  std::string condition;
  const std::vector<Token> tokens = tokens_of(code, condition);
  if (!condition.empty()) {
    const std::size_t digits = condition.find_first_of("0123456789.-");
    const std::string sign = condition.substr(0, digits);
    const auto bound = digits == std::string::npos ? std::nullopt
                                                   : value::read_number(condition.substr(digits));
    if (bound) {
      out.bound = *bound;
      out.comparison = sign == "<"    ? '<'
                       : sign == ">"  ? '>'
                       : sign == "="  ? '='
                       : sign == "<=" ? 'l'
                       : sign == ">=" ? 'g'
                                      : 'n';
    }
  }
  bool year = false, month = false, day = false, time = false;
  std::size_t first = tokens.size(), last = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.literal) continue;
    const char c = token.text[0];
    year = year || c == 'y' || c == 'Y' || c == 'e';
    month = month || c == 'm' || c == 'M';
    day = day || c == 'd' || c == 'D';
    time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
    out.shows_text = out.shows_text || c == '@';
    if (is_placeholder(c) || c == '@') first = std::min(first, i), last = i;
  }
  if ((day && (month || year)) || (year && month)) {
    out.kind = day ? Kind::day : Kind::month;
    return out;
  }
  if (time || month || day || year) return {};  // a time of day: its number
  if (first == tokens.size()) {
    out.kind = Kind::words;
    for (const Token& token : tokens) {
      if (token.literal) out.before += token.text;
    }
    return out;
  }
  bool inner_literal = false, fraction = false;
  int behind_point = 0;
  bool point = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (!token.literal) {
      const char c = token.text[0];
      if (c == '%') {
        out.exponent += 2;
        (i < first ? out.before : out.after) += '%';
      } else if (c == ',') {
        // Behind the last digit, or just before the point, it divides by a thousand; between digits
        // it groups.
        const bool groups = i < last && i > first && !tokens[i + 1].literal &&
                            is_placeholder(tokens[i + 1].text[0]);
        if (!groups && i > first) out.exponent -= 3;
      } else if (c == '/' && i > first && i < last) {
        fraction = true;
      }
      if (point && is_placeholder(c)) ++behind_point;
      continue;
    }
    if (i < first) {
      out.before += token.text;
    } else if (i > last) {
      out.after += token.text;
    } else if (token.text == "." || token.text == "．") {
      point = true;  // 0!.0, shows tens of thousands with one decimal
    } else {
      inner_literal = true;
    }
  }
  if (fraction || inner_literal) {  // 000-0000: the number itself says more
    const char comparison = out.comparison;
    const double bound = out.bound;
    out = Section{};
    out.comparison = comparison, out.bound = bound;
    return out;
  }
  out.exponent -= behind_point;
  return out;
}

NumberFormat NumberFormat::of_code(std::string_view code) {
  NumberFormat out;
  out.sections_.clear();
  for (const std::string_view section : sections_of(code)) {
    if (out.sections_.size() < 4) out.sections_.push_back(read_section(section));
  }
  return out;
}

NumberFormat NumberFormat::of_kind(Kind kind, int exponent, std::string after) {
  NumberFormat out;
  out.sections_.front().kind = kind;
  out.sections_.front().exponent = exponent;
  out.sections_.front().after = std::move(after);
  return out;
}

NumberFormat NumberFormat::built_in(std::size_t id) {
  if (id == 9 || id == 10) return of_kind(Kind::number, 2, "%");
  if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57)
    return of_kind(id == 17 || id == 27 || id == 52 || id == 57 ? Kind::month : Kind::day);
  if ((id >= 14 && id <= 16) || id == 22 || (id >= 28 && id <= 31) || (id >= 51 && id <= 58))
    return of_kind(Kind::day);
  return {};
}

const NumberFormat::Section& NumberFormat::section_for(double number) const {
  const auto holds = [&](const Section& section) {
    switch (section.comparison) {
      case '<': return number < section.bound;
      case '>': return number > section.bound;
      case '=': return number == section.bound;
      case 'l': return number <= section.bound;
      case 'g': return number >= section.bound;
      case 'n': return number != section.bound;
      default: return true;
    }
  };
  if (sections_.front().comparison != 0) {
    for (const Section& section : sections_) {
      if (holds(section)) return section;
    }
    return sections_.back();
  }
  if (number < 0 && sections_.size() >= 2) return sections_[1];
  if (number == 0 && sections_.size() >= 3) return sections_[2];
  return sections_.front();
}

bool NumberFormat::hides_all() const {
  if (sections_.size() < 3) return false;
  for (const Section& section : sections_) {
    if (section.kind != Kind::words || !section.before.empty()) return false;
  }
  return true;
}

std::string NumberFormat::show(const std::string& stored, bool dates_from_1904) const {
  const auto number = value::read_number(stored);
  if (!number) return stored;
  constexpr double last_serial = 2958465;  // 9999-12-31
  const Section& section = section_for(*number);
  if (section.kind == Kind::day || section.kind == Kind::month) {
    if (!(*number >= 61 && *number <= last_serial))
      return stored;  // before, serials count a day that never was
    constexpr std::int32_t epoch_1900 = -25569;
    constexpr std::int32_t epoch_1904 = -24107;
    const value::Date date{static_cast<std::int32_t>(std::floor(*number)) +
                           (dates_from_1904 ? epoch_1904 : epoch_1900)};
    if (section.kind == Kind::day) return date.iso();
    return std::to_string(date.year()) + "年" + std::to_string(date.month()) + "月";
  }
  if (section.kind == Kind::words) {
    // A dash that stands for zero is zero; a format that shows nothing shows nothing.
    if (*number == 0 && section.before.find_first_not_of("- ") == std::string::npos &&
        !section.before.empty())
      return "0";
    return section.before;
  }
  if (section.shows_text) return value::plain(*number, 9);
  const std::string whole = value::plain(*number, 9);
  const auto shown = section.exponent == 0 ? number : value::read_number(whole, section.exponent);
  if (!shown) return stored;
  std::string before = section.before, after = section.after;
  std::string digits = value::plain(*shown, 9);
  if (*number < 0 && &section != &sections_.front()) {
    // The section writes the sign itself, as - or as parentheses.
    for (const std::string_view sign : {"-", "(", "（", "△", "▲"}) erase_all(before, sign);
    for (const std::string_view sign : {")", "）"}) erase_all(after, sign);
  }
  return before + digits + after;
}

std::string NumberFormat::show_text(const std::string& text) const {
  const Section& section = sections_.size() >= 4 ? sections_[3] : sections_.back();
  if (!section.shows_text || text.empty()) return text;
  return section.before + text + section.after;
}

}  // namespace jixiao::forms
