// Plain numbers, read and written.
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "table/cells.hpp"
#include "table/marks.hpp"
#include "table/short_number.hpp"
#include "table/text_buffer.hpp"
#include "value/rounding.hpp"

namespace jixiao::table {

namespace {

constexpr std::array exact_powers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t exact_integers = std::uint64_t{1} << 53;
constexpr std::array<std::uint64_t, 10> powers = {1,      10,      100,      1000,      10000,
                                                  100000, 1000000, 10000000, 100000000, 1000000000};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool read_slowly(std::string_view text, double& out) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  // from_chars would read "nan" and "inf", and stop inside "1,5".
  if (text.empty() || !(is_digit(text.front()) ||
                        ((text.front() == '-' || text.front() == '.') && text.size() > 1)))
    return false;
  if (text.front() == '-' && !is_digit(text[1]) && text[1] != '.') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && std::isfinite(out);
}

constexpr int most_decimals = 9;
constexpr int shown_decimals = 4;
constexpr std::size_t longest_decimal = 40;  // room for any of them, with what is written beyond
                                             // its end

double power_of_ten(int digits) { return exact_powers[static_cast<std::size_t>(digits)]; }

// The whole number nearest to x, ties to the even one, for |x| < 2^51: adding 1.5 * 2^52 leaves no
// room for a fraction.
double nearest(double x) {
  constexpr double whole_maker = 6755399441055744.0;
  return (x + whole_maker) - whole_maker;
}

// Whether the value, not negative, is the nearest double to a decimal of so many digits, 15 of them
// at most in all; `scaled` is that decimal without its point.
bool is_decimal(double value, int digits, double& scaled) {
  const double exact = value * power_of_ten(digits);
  scaled = nearest(exact);
  return exact < 1e15 && scaled / power_of_ten(digits) == value;
}

// Whether rounding to so many digits is no close call; no zero gets a sign.
bool is_near_decimal(double value, int digits, double& scaled) {
  const double exact = value * power_of_ten(digits);
  scaled = nearest(exact);
  return exact >= 0 && exact < 1e12 && !std::signbit(exact) &&
         std::fabs(std::fabs(exact - scaled) - 0.5) > 1e-3;
}

constexpr std::uint64_t zeros_text = 0x3030303030303030;

// The eight digits of a number below 10^8, zeros before it included, as text: the first digit in
// the lowest byte. Halves, quarters and eighths side by side in one word.
std::uint64_t eight_digits(std::uint64_t number) {
  const std::uint64_t high = number / 10000;
  std::uint64_t word = high | (number - 10000 * high) << 32;
  const std::uint64_t hundreds = (word * 10486 >> 20) & 0x0000007f0000007f;
  word = hundreds | (word - 100 * hundreds) << 16;
  const std::uint64_t tens = (word * 103 >> 10) & 0x000f000f000f000f;
  return (tens | (word - 10 * tens) << 8) + zeros_text;
}

void put_word(char* to, std::uint64_t text) {
  if constexpr (std::endian::native == std::endian::big) text = __builtin_bswap64(text);
  std::memcpy(to, &text, sizeof text);
}

// Writes up to eight bytes beyond the end it returns.
char* write_whole(char* to, std::uint64_t number) {
  if (number < 100) {
    const std::uint64_t tens = number * 103 >> 10;
    const std::uint64_t two = (tens | (number - 10 * tens) << 8) + (zeros_text & 0xffff);
    const int digits = number < 10 ? 1 : 2;
    const auto text = static_cast<std::uint16_t>(two >> (16 - 8 * digits));
    to[0] = static_cast<char>(text & 0xff);
    to[1] = static_cast<char>(text >> 8);
    return to + digits;
  }
  constexpr std::uint64_t half = 100'000'000;
  if (number >= half) {
    to = write_whole(to, number / half);
    put_word(to, eight_digits(number % half));
    return to + 8;
  }
  const std::uint64_t text = eight_digits(number);
  // The digit zero is one, whatever else is left out.
  const int before = std::countr_zero((text ^ zeros_text) | std::uint64_t{1} << 56) / 8;
  put_word(to, text >> (8 * before));
  return to + 8 - before;
}

// number / 10^digits, for up to nine digits. Writes up to ten bytes beyond the end it returns.
char* write_decimal(char* to, std::uint64_t number, int digits, bool zeros) {
  if (digits == 0) return write_whole(to, number);
  std::uint64_t whole = 0;
  std::uint64_t fraction = 0;  // in units of 1e-9
  const auto split = [&](auto power) {
    whole = number / power;
    fraction = number % power * (1'000'000'000 / power);
  };
  // Divisors the compiler knows cost a multiplication each.
  switch (digits) {
    case 1: split(std::integral_constant<std::uint64_t, 10>()); break;
    case 2: split(std::integral_constant<std::uint64_t, 100>()); break;
    case 4: split(std::integral_constant<std::uint64_t, 10000>()); break;
    case 9: split(std::integral_constant<std::uint64_t, 1000000000>()); break;
    default: split(powers[static_cast<std::size_t>(digits)]);
  }
  char* const point = write_whole(to, whole);
  const std::uint64_t eight = eight_digits(fraction / 10);
  const auto last = static_cast<char>('0' + fraction % 10);
  *point = '.';
  put_word(point + 1, eight);
  point[9] = last;
  if (zeros) return point + 1 + digits;
  // The digits down to the last that is not zero; without any, no point either. Nobody can guess
  // how many: better no jumps.
  const int of_eight = 8 - std::countl_zero(eight ^ zeros_text) / 8;
  const int left = last != '0' ? 9 : of_eight;
  return point + left + (left != 0 ? 1 : 0);
}

// The quick ways: null where the slow one must say.
char* write_fixed(char* to, double value, int digits) {
  double scaled = 0;
  if (!(digits >= 0 && digits <= shown_decimals && value >= 0)) return nullptr;
  if (!is_decimal(value, digits, scaled)) {
    // Rounded, it is such a decimal.
    const double rounded = value::Rounding{digits, value::RoundingMode::half_up}(value);
    if (!(rounded < 1e10) || !is_decimal(rounded, digits, scaled)) return nullptr;
  }
  return write_decimal(to, static_cast<std::uint64_t>(scaled), digits, true);
}

char* write_plain(char* to, double value, int digits) {
  double scaled = 0;
  if (digits < 0 || digits > most_decimals || !(value >= 0) || std::signbit(value)) return nullptr;
  if (is_near_decimal(value, digits, scaled))
    return write_decimal(to, static_cast<std::uint64_t>(scaled), digits, false);
  // Beyond 15 digits in all, the others would be noise, and shown.
  const bool few = digits >= shown_decimals && value * power_of_ten(digits) < 1e15 &&
                   is_decimal(value, shown_decimals, scaled);
  return few ? write_decimal(to, static_cast<std::uint64_t>(scaled), shown_decimals, false)
             : nullptr;
}

// A double that is the nearest to a decimal of at most 15 digits has no shorter text than that
// decimal.
char* write_shortest(char* to, double value) {
  if (value >= 0 && value < 1e15) {
    const auto whole = static_cast<std::uint64_t>(value);
    if (static_cast<double>(whole) == value) return write_whole(to, whole);
  }
  const bool negative = value < 0;
  const double size = std::fabs(value);
  double scaled = 0;
  if (!is_decimal(size, shown_decimals, scaled)) {
    if (!is_decimal(size, 0, scaled)) return std::to_chars(to, to + longest_decimal, value).ptr;
    if (negative) *to++ = '-';
    return write_whole(to, static_cast<std::uint64_t>(scaled));
  }
  if (negative) *to++ = '-';
  return write_decimal(to, static_cast<std::uint64_t>(scaled), shown_decimals, false);
}

// Digits with at most one point among them, 18 at most, as a whole number of at most 2^53 and its
// decimals. Moves `p` behind them.
bool take_decimal(const char*& p, const char* end, std::uint64_t& mantissa,
                  std::ptrdiff_t& decimals) {
  const char* const first = p;
  while (p != end && is_digit(*p))
    mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
  auto digits = p - first;
  if (p != end && *p == '.') {
    const char* const point = ++p;
    while (p != end && is_digit(*p))
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
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
    const double value = decimals == 0 ? whole
                                       : whole / exact_powers[static_cast<std::size_t>(decimals)];
    out = negative ? -value : value;
    return true;
  }
  return read_slowly(text, out);
}

bool read_shifted(std::string_view text, int shift, double& out) {
  if (ShortDecimal decimal; read_short(text, decimal)) {
    const double whole = decimal.digits;
    const int exponent = shift - static_cast<int>(decimal.decimals);
    out = exponent >= 0 ? whole * exact_powers[static_cast<std::size_t>(exponent)]
                        : whole / exact_powers[static_cast<std::size_t>(-exponent)];
    return true;
  }
  const char* p = text.data();
  const char* const end = p + text.size();
  std::uint64_t mantissa = 0;
  std::ptrdiff_t decimals = 0;
  if (!take_decimal(p, end, mantissa, decimals) || p != end) return false;
  const double whole = static_cast<double>(mantissa);
  const std::ptrdiff_t exponent = shift - decimals;
  out = exponent >= 0 ? whole * exact_powers[static_cast<std::size_t>(exponent)]
                      : whole / exact_powers[static_cast<std::size_t>(-exponent)];
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
  std::array<char, longest_decimal> text;
  to.append(text.data(),
            static_cast<std::size_t>(write_shortest(text.data(), value) - text.data()));
}

void append_fixed(std::string& to, double value, int digits) {
  std::array<char, longest_decimal> text;
  const char* const end = write_fixed(text.data(), value, digits);
  end != nullptr ? to.append(text.data(), static_cast<std::size_t>(end - text.data()))
                 : to += value::fixed(value, digits);
}

void append_plain(std::string& to, double value, int digits) {
  std::array<char, longest_decimal> text;
  const char* const end = write_plain(text.data(), value, digits);
  end != nullptr ? to.append(text.data(), static_cast<std::size_t>(end - text.data()))
                 : to += value::plain(value, digits);
}

void TextBuffer::put_number(double value) {
  if (!std::isnan(value)) end(write_shortest(room(longest_decimal), value));
}

void TextBuffer::put_fixed(double value, int digits) {
  char* const end_of_it = write_fixed(room(longest_decimal), value, digits);
  end_of_it != nullptr ? end(end_of_it) : put(value::fixed(value, digits));
}

void TextBuffer::put_plain(double value, int digits) {
  char* const end_of_it = write_plain(room(longest_decimal), value, digits);
  end_of_it != nullptr ? end(end_of_it) : put(value::plain(value, digits));
}

}  // namespace jixiao::table
