#include "value/scanner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "text/source.hpp"

namespace jixiao::value {
namespace {

constexpr long exponent_limit = 100'000;  // far beyond every double

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Characters whose ASCII equivalent is a digit that means something else where it stands.
bool is_odd_digit(char32_t c) {
  struct Stretch {
    char32_t from, to;
  };
  constexpr std::array stretches{
      Stretch{0xB9, 0xB9},     Stretch{0xBC, 0xBE},      Stretch{0x2070, 0x2089},
      Stretch{0x2150, 0x2189}, Stretch{0x2460, 0x24FF},  Stretch{0x2776, 0x2793},
      Stretch{0x3250, 0x325F}, Stretch{0x32B1, 0x32CB},  Stretch{0x3358, 0x3370},
      Stretch{0x33E0, 0x33FE}, Stretch{0x1F100, 0x1F10C}};
  return std::any_of(stretches.begin(), stretches.end(),
                     [&](const Stretch& stretch) { return c >= stretch.from && c <= stretch.to; });
}

bool is_invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0xAD;
}

}  // namespace

std::optional<char32_t> next_character(std::string_view utf8, std::size_t& at) {
  if (at >= utf8.size()) return std::nullopt;
  const auto byte = [&](std::size_t i) {
    return i < utf8.size() ? static_cast<unsigned char>(utf8[i]) : 0u;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return ++at, first;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return std::nullopt;
  char32_t c = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80) return std::nullopt;
    c = (c << 6) | (byte(at + i) & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  if (c < smallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
  at += length;
  return c;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::string> normal_form(std::string_view text) {
  const auto beyond_ascii = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (std::none_of(text.begin(), text.end(), beyond_ascii)) return std::string(trimmed(text));
  char before = '\0';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const auto c = next_character(text, at);
    if (!c) return std::nullopt;
    const bool area = (*c == 0xB2 || *c == 0xB3) && before == 'm';  // m², m³
    if ((*c == 0xB2 || *c == 0xB3 || is_odd_digit(*c)) && !area) return std::nullopt;
    before = text[from];
  }
  const std::string twin = text::compatibility_form(text);
  std::string out;
  out.reserve(twin.size());
  for (std::size_t at = 0; at < twin.size();) {
    const std::size_t from = at;
    const auto c = next_character(twin, at);
    if (!c) return std::nullopt;
    if (is_invisible(*c)) continue;
    if (*c == 0x2212) {
      out += '-';
    } else if (*c == 0x2550) {
      out += '=';
    } else if (*c == 0x2039) {  // ‹
      out += '<';
    } else if (*c == 0x203A) {  // ›
      out += '>';
    } else {
      out.append(twin, from, at - from);
    }
  }
  return std::string(trimmed(out));
}

std::optional<double> NumberText::value(long shift) const {
  const std::string decimal =
      digits + 'e' + std::to_string(std::clamp(exponent + shift, -exponent_limit, exponent_limit));
  double x = 0;
  const auto read = std::from_chars(decimal.data(), decimal.data() + decimal.size(), x);
  if (read.ec != std::errc{} || read.ptr != decimal.data() + decimal.size() || !std::isfinite(x))
    return std::nullopt;
  return x + 0.0;
}

void Scanner::skip_space() {
  while (!at_end() && (peek() == ' ' || (peek() >= '\t' && peek() <= '\r'))) ++at_;
}

bool Scanner::take(std::string_view word) {
  const std::size_t from = at_;
  skip_space();
  const std::string_view here = rest().substr(0, word.size());
  if (std::equal(here.begin(), here.end(), word.begin(), word.end(),
                 [](char a, char b) { return lower(a) == lower(b); })) {
    at_ += word.size();
    return true;
  }
  at_ = from;
  return false;
}

bool Scanner::take_word(std::string_view word) {
  const std::size_t from = at_;
  if (take(word) && !is_letter(peek())) return true;
  at_ = from;
  return false;
}

std::optional<int> Scanner::take_digits(std::size_t least, std::size_t most) {
  const std::size_t from = at_;
  skip_space();
  int number = 0;
  std::size_t count = 0;
  for (; is_digit(peek()) && count < most; ++at_, ++count) number = number * 10 + (peek() - '0');
  if (count >= least && !is_digit(peek())) return number;
  at_ = from;
  return std::nullopt;
}

std::optional<NumberText> Scanner::take_number() {
  const std::size_t from = at_;
  const auto refuse = [&]() -> std::optional<NumberText> {
    at_ = from;
    return std::nullopt;
  };
  const auto digit_at = [&](std::size_t i) { return i < text_.size() && is_digit(text_[i]); };
  skip_space();
  NumberText number;
  if (peek() == '-' || peek() == '+') {
    if (peek() == '-') number.digits += '-';
    ++at_;
  }
  const std::size_t start = at_;
  while (is_digit(peek())) number.digits += text_[at_++];
  const std::size_t lead = at_ - start;
  if (peek() == ',' && digit_at(at_ + 1)) {
    if (lead == 0 || lead > 3) return refuse();
    while (peek() == ',' && digit_at(at_ + 1)) {
      if (!digit_at(at_ + 2) || !digit_at(at_ + 3) || digit_at(at_ + 4)) return refuse();
      number.digits.append(text_, at_ + 1, 3);
      at_ += 4;
    }
  }
  if (peek() == '.' && digit_at(at_ + 1)) {
    if (lead == 0) number.digits += '0';
    number.digits += text_[at_++];
    while (is_digit(peek())) number.digits += text_[at_++];
  } else if (lead == 0) {
    return refuse();
  }
  if (lower(peek()) == 'e') {
    std::size_t to = at_ + 1;
    const bool negative = to < text_.size() && text_[to] == '-';
    if (to < text_.size() && (text_[to] == '-' || text_[to] == '+')) ++to;
    if (digit_at(to)) {
      for (; digit_at(to); ++to)
        number.exponent = std::min(number.exponent * 10 + (text_[to] - '0'), exponent_limit);
      if (negative) number.exponent = -number.exponent;
      at_ = to;
    }
  }
  return number;
}

std::size_t range_sign(std::string_view text) {
  for (const std::string_view sign :
       {"--", "——", "-", "—", "–", "―", "‐", "‑", "~", "〜", "∼", "至", "到"}) {
    if (text.starts_with(sign)) return sign.size();
  }
  return 0;
}

}  // namespace jixiao::value
