// Plain numbers, read and written.
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "table/cells.hpp"
#include "table/marks.hpp"
#include "value/rounding.hpp"

namespace jixiao::table {

namespace {

constexpr std::array exact_powers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t exact_integers = std::uint64_t{1} << 53;
constexpr std::array<std::int64_t, 10> powers = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

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

constexpr int most_decimals = 9;
constexpr int shown_decimals = 4;

std::int64_t power_of_ten(int digits) { return powers[static_cast<std::size_t>(digits)]; }

// Whether the value is the nearest double to a decimal of so many digits, 15 of them at most in all.
bool is_decimal(double value, int digits) {
  const auto power = static_cast<double>(power_of_ten(digits));
  const double scaled = std::nearbyint(value * power);
  return std::fabs(scaled) < 1e15 && scaled / power == value;
}

// Whether rounding to so many digits is no close call; no zero gets a sign.
bool is_near_decimal(double value, int digits) {
  const double scaled = value * static_cast<double>(power_of_ten(digits));
  return scaled >= 0 && scaled < 1e12 && !std::signbit(scaled) && std::fabs(std::fabs(scaled - std::nearbyint(scaled)) - 0.5) > 1e-3;
}

// The decimal nearest to the value.
void append_decimal(std::string& to, double value, int digits, bool zeros) {
  const std::int64_t power = power_of_ten(digits);
  const double scaled = std::nearbyint(value * static_cast<double>(power));
  auto number = static_cast<std::uint64_t>(std::fabs(scaled));
  std::array<char, 32> text;
  char* const end = text.data() + text.size();
  char* p = end;
  int left = digits;
  if (!zeros) {
    while (left > 0 && number % 10 == 0) number /= 10, --left;
  }
  if (left > 0) {
    for (; left > 0; --left, number /= 10) *--p = static_cast<char>('0' + number % 10);
    *--p = '.';
  }
  do {
    *--p = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  if (scaled < 0) *--p = '-';
  to.append(p, static_cast<std::size_t>(end - p));
}

// Digits with at most one point among them, 18 at most, as a whole number of at most 2^53 and its decimals. Moves `p` behind them.
bool take_decimal(const char*& p, const char* end, std::uint64_t& mantissa, std::ptrdiff_t& decimals) {
  const char* const first = p;
  while (p != end && is_digit(*p)) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
  auto digits = p - first;
  if (p != end && *p == '.') {
    const char* const point = ++p;
    while (p != end && is_digit(*p)) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
    decimals = p - point;
    digits += decimals;
  }
  return digits > 0 && digits < 19 && mantissa <= exact_integers;
}

}  // namespace

bool read_plain(std::string_view text, double& out) {
  const char* p = text.data();
  const char* const end = p + text.size();
  if (p == end) return false;
  const bool negative = *p == '-';
  if (*p == '-' || *p == '+') ++p;
  std::uint64_t mantissa = 0;
  std::ptrdiff_t decimals = 0;
  // Up to 2^53 and 10^22 both are exact, so that one division rounds once: the nearest double.
  if (take_decimal(p, end, mantissa, decimals) && p == end) {
    const double whole = static_cast<double>(mantissa);
    const double value = decimals == 0 ? whole : whole / exact_powers[static_cast<std::size_t>(decimals)];
    out = negative ? -value : value;
    return true;
  }
  return read_slowly(text, out);
}

bool read_shifted(std::string_view text, int shift, double& out) {
  const char* p = text.data();
  const char* const end = p + text.size();
  std::uint64_t mantissa = 0;
  std::ptrdiff_t decimals = 0;
  if (!take_decimal(p, end, mantissa, decimals) || p != end) return false;
  const double whole = static_cast<double>(mantissa);
  const std::ptrdiff_t exponent = shift - decimals;
  out = exponent >= 0 ? whole * exact_powers[static_cast<std::size_t>(exponent)] : whole / exact_powers[static_cast<std::size_t>(-exponent)];
  return true;
}

void append_cell(std::string& to, std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  if (!has_special(text) && (text.empty() || (!blank(text.front()) && !blank(text.back())))) {
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
  // A double that is the nearest to a decimal of at most 15 digits has no shorter text than that decimal.
  for (const int digits : {shown_decimals, 0}) {
    if (is_decimal(value, digits)) return append_decimal(to, value, digits, false);
  }
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  to.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_fixed(std::string& to, double value, int digits) {
  if (digits >= 0 && digits <= 4 && is_decimal(value, digits)) return append_decimal(to, value, digits, true);
  to += value::fixed(value, digits);
}

void append_plain(std::string& to, double value, int digits) {
  if (digits < 0 || digits > most_decimals || !is_near_decimal(value, digits)) {
    to += value::plain(value, digits);
  } else {
    append_decimal(to, value, digits, false);
  }
}

void append_neutral(std::string& to, std::string_view text) {
  double number = 0;
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (!formula || read_plain(text, number)) return append_cell(to, text);
  append_cell(to, "'" + std::string(text));
}

}  // namespace jixiao::table
