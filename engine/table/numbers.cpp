// Plain numbers, read and written.
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "table/cells.hpp"
#include "value/rounding.hpp"

namespace jixiao::table {

namespace {

constexpr std::array exact_powers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t exact_integers = std::uint64_t{1} << 53;
constexpr std::array<std::int64_t, 5> powers = {1, 10, 100, 1000, 10000};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool read_slowly(std::string_view text, double& out) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  // from_chars would read "nan" and "inf", and stop inside "1,5".
  if (text.empty() || !(is_digit(text.front()) || ((text.front() == '-' || text.front() == '.') && text.size() > 1))) return false;
  if (text.front() == '-' && !is_digit(text[1]) && text[1] != '.') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && std::isfinite(out);
}

void append_unsigned(std::string& to, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  to.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

}  // namespace

bool read_plain(std::string_view text, double& out) {
  const char* p = text.data();
  const char* const end = p + text.size();
  if (p == end) return false;
  const bool negative = *p == '-';
  if (*p == '-' || *p == '+') ++p;
  std::uint64_t mantissa = 0;
  const char* const first = p;
  while (p != end && is_digit(*p)) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
  auto digits = p - first;
  std::ptrdiff_t decimals = 0;
  if (p != end && *p == '.') {
    const char* const point = ++p;
    while (p != end && is_digit(*p)) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
    decimals = p - point;
    digits += decimals;
  }
  // Up to 2^53 and 10^22 both are exact, so that one division rounds once: the nearest double.
  if (p == end && digits > 0 && digits < 19 && mantissa <= exact_integers) {
    const double whole = static_cast<double>(mantissa);
    const double value = decimals == 0 ? whole : whole / exact_powers[static_cast<std::size_t>(decimals)];
    out = negative ? -value : value;
    return true;
  }
  return read_slowly(text, out);
}

void append_cell(std::string& to, std::string_view text) {
  bool quoted = !text.empty() && (text.front() == ' ' || text.back() == ' ' || text.front() == '\t' || text.back() == '\t');
  for (const char c : text) quoted = quoted || c == '"' || c == ',' || c == '\n' || c == '\r';
  if (!quoted) {
    to += text;
    return;
  }
  to += '"';
  for (const char c : text) {
    if (c == '"') to += '"';
    to += c;
  }
  to += '"';
}

void append_number(std::string& to, double value) {
  if (std::isnan(value)) return;
  const double whole = std::trunc(value);
  if (whole == value && std::fabs(value) < 1e15) {
    if (value < 0) to += '-';
    append_unsigned(to, static_cast<std::uint64_t>(std::fabs(value)));
    return;
  }
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  to.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_fixed(std::string& to, double value, int digits) {
  if (digits >= 0 && digits < static_cast<int>(powers.size()) && std::fabs(value) < 1e9) {
    // A value that is the nearest double to a decimal of so few digits prints as that decimal.
    const std::int64_t power = powers[static_cast<std::size_t>(digits)];
    const double scaled = std::nearbyint(value * static_cast<double>(power));
    if (scaled / static_cast<double>(power) == value) {
      const auto number = static_cast<std::uint64_t>(std::fabs(scaled));
      if (scaled < 0) to += '-';
      append_unsigned(to, number / static_cast<std::uint64_t>(power));
      if (digits == 0) return;
      to += '.';
      std::uint64_t rest = number % static_cast<std::uint64_t>(power);
      std::array<char, 4> tail;
      for (int i = digits; i-- > 0; rest /= 10) tail[static_cast<std::size_t>(i)] = static_cast<char>('0' + rest % 10);
      to.append(tail.data(), static_cast<std::size_t>(digits));
      return;
    }
  }
  to += value::fixed(value, digits);
}

void append_neutral(std::string& to, std::string_view text) {
  double number = 0;
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (!formula || read_plain(text, number)) return append_cell(to, text);
  append_cell(to, "'" + std::string(text));
}

}  // namespace jixiao::table
