#include "value/rounding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Neither option changes a result: they only let the column loop become vector code. std::fabs, not
// std::abs: an inline function from a header compiled without them would stay a call.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include "system/clones.hpp"

namespace jixiao::value {
namespace {

constexpr std::array powers_of_ten = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
constexpr int most_digits = static_cast<int>(powers_of_ten.size()) - 1;
constexpr int significant = 15;

constexpr std::int64_t integer_power(int n) {
  std::int64_t power = 1;
  while (n-- > 0) power *= 10;
  return power;
}

// The definition. Everything below it is a shortcut to the same bits.
double round_by_digits(double x, int digits, RoundingMode mode) {
  if (!std::isfinite(x)) return x;
  if (x == 0) return 0;
  std::array<char, 32> buffer{};
  const auto printed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(x),
                                     std::chars_format::scientific, significant - 1);
  std::int64_t number = buffer[0] - '0';
  const char* p = buffer.data() + 2;
  for (; *p != 'e'; ++p) number = number * 10 + (*p - '0');
  ++p;
  if (*p == '+') ++p;
  int exponent = 0;
  std::from_chars(p, printed.ptr, exponent);

  double result = 0;
  const int kept = exponent + digits + 1;  // how many of the significant digits stay
  if (kept >= significant) {
    // The last few doubles print as more than the largest.
    if (std::from_chars(buffer.data(), printed.ptr, result).ec != std::errc{}) return x;
  } else {
    std::int64_t whole = 0;
    bool away = mode == RoundingMode::up;  // with no digit kept and none next to it, only `up`
                                           // moves
    if (kept >= 0) {
      const std::int64_t unit = integer_power(significant - kept);
      whole = number / unit;
      const std::int64_t rest = number % unit;
      switch (mode) {
        case RoundingMode::half_up: away = rest * 2 >= unit; break;
        case RoundingMode::half_even:
          away = rest * 2 > unit || (rest * 2 == unit && whole % 2 != 0);
          break;
        case RoundingMode::down: break;
        case RoundingMode::up: away = rest != 0; break;
      }
    }
    // Both sides are exact, so the quotient is the double nearest to the decimal.
    result = static_cast<double>(whole + (away ? 1 : 0)) /
             powers_of_ten[static_cast<std::size_t>(digits)];
  }
  return std::copysign(result, x) + 0.0;
}

struct Quick {
  double value;
  int sure;  // 0 or 1
};

// Arithmetic instead of printing, without branches so that a column of it vectorises. Let a = |x| *
// 10^digits, k the whole number nearest to it and u the weight of the 15th digit in a: 1e-15 a < u
// <= 1e-14 a. The taken-to-15-digits value lies within u/2 of the true a and is a multiple of u,
// and so is every tie and every whole number below 1e14. Hence: closer to a tie than u/2 (less the
// error of the product) is a tie; farther than u/2 is none; what lies between goes to
// round_by_digits.
// Where numbers may be off by more than that, `relative` of themselves (0: they are not), closer to
// a tie than so much is a tie, and all others are none.
template <RoundingMode mode>
[[gnu::always_inline]] inline Quick round_quickly(double x, double scale, double relative) {
  constexpr double surely_on = 3.5e-16;
  constexpr double surely_off = 6e-15;
  constexpr double most_off = 1e-5;  // of a rounding step: a finer one is left to the 15 digits
  constexpr double whole_maker = 6755399441055744.0;  // 1.5 * 2^52: adding it leaves no room for a
                                                      // fraction
  // Every arm is computed before it is chosen: an operation inside a choice would keep the loop
  // from vectorising.
  const double a = std::fabs(x) * scale;
  const double k = (a + whole_maker) - whole_maker;
  const double over = a - k;
  const double before = k - 1;
  const double after = k + 1;
  const double given = std::min(relative * a, most_off);
  const double limit_on = std::max(surely_on * a, given);
  const double limit_off = std::max(surely_off * a, given);
  double n = k;
  bool on = false;
  bool off = false;
  if constexpr (mode == RoundingMode::half_up || mode == RoundingMode::half_even) {
    const double to_tie = 0.5 - std::fabs(over);
    on = to_tie < limit_on;
    off = to_tie > limit_off;
    const double lower = over > 0 ? k : before;
    double tied = over > 0 ? after : k;
    if constexpr (mode == RoundingMode::half_even) {
      const double half = lower * 0.5;
      const double whole_half = (half + whole_maker) - whole_maker;
      tied = whole_half == half ? lower : tied;
    }
    n = on ? tied : k;
  } else {
    const double to_whole = std::fabs(over);
    on = to_whole <= limit_on;
    off = to_whole > limit_off;
    const double beside = mode == RoundingMode::down ? (over < 0 ? before : k)
                                                     : (over > 0 ? after : k);
    n = on ? k : beside;
  }
  return {std::copysign(n / scale, x) + 0.0, (on | off) & (a < 1e13)};
}

template <RoundingMode mode>
double round_one(double x, int digits, double relative) {
  const Quick quick =
      round_quickly<mode>(x, powers_of_ten[static_cast<std::size_t>(digits)], relative);
  return quick.sure != 0 ? quick.value : round_by_digits(x, digits, mode);
}

constexpr std::size_t block = 256;

// Quickly rounded cells to `to`; whether any of them is not sure.
template <RoundingMode mode>
[[gnu::always_inline]] inline bool round_block(const double* cells, double* to, std::size_t count,
                                               double scale, double relative) {
  std::uint64_t unsure = 0;  // as wide as a double, for the sake of vectors
  for (std::size_t i = 0; i < count; ++i) {
    const Quick quick = round_quickly<mode>(cells[i], scale, relative);
    to[i] = quick.value;
    unsure |= quick.sure != 0 ? std::uint64_t{0} : std::uint64_t{1};
  }
  return unsure != 0;
}

JIXIAO_CLONES bool round_block(RoundingMode mode, const double* cells, double* to,
                               std::size_t count, double scale, double relative) {
  switch (mode) {
    case RoundingMode::half_even:
      return round_block<RoundingMode::half_even>(cells, to, count, scale, relative);
    case RoundingMode::down:
      return round_block<RoundingMode::down>(cells, to, count, scale, relative);
    case RoundingMode::up: return round_block<RoundingMode::up>(cells, to, count, scale, relative);
    case RoundingMode::half_up: break;
  }
  return round_block<RoundingMode::half_up>(cells, to, count, scale, relative);
}

int held_digits(int digits) { return std::clamp(digits, 0, most_digits); }

}  // namespace

double Rounding::operator()(double x) const { return (*this)(x, 0); }

double Rounding::operator()(double x, double relative) const {
  const int kept = held_digits(digits);
  switch (mode) {
    case RoundingMode::half_even: return round_one<RoundingMode::half_even>(x, kept, relative);
    case RoundingMode::down: return round_one<RoundingMode::down>(x, kept, relative);
    case RoundingMode::up: return round_one<RoundingMode::up>(x, kept, relative);
    case RoundingMode::half_up: break;
  }
  return round_one<RoundingMode::half_up>(x, kept, relative);
}

void Rounding::apply(std::span<double> column) const { apply(column, 0); }

void Rounding::apply(std::span<double> column, double relative) const {
  std::array<double, block> rounded;
  const double scale = powers_of_ten[static_cast<std::size_t>(held_digits(digits))];
  for (std::size_t from = 0; from < column.size(); from += block) {
    const std::span<double> cells = column.subspan(from, std::min(block, column.size() - from));
    if (round_block(mode, cells.data(), rounded.data(), cells.size(), scale, relative)) {
      for (double& cell : cells) cell = (*this)(cell, relative);
    } else {
      std::copy_n(rounded.data(), cells.size(), cells.data());
    }
  }
}

double Rounding::edge(double x) const {
  const double scale = powers_of_ten[static_cast<std::size_t>(held_digits(digits))];
  const double a = std::fabs(x) * scale;
  if (!(a < 1e13)) return x;
  const bool at_ties = mode == RoundingMode::half_up || mode == RoundingMode::half_even;
  return std::copysign((at_ties ? std::floor(a) + 0.5 : std::nearbyint(a)) / scale, x);
}

double Rounding::by_digits(double x) const { return round_by_digits(x, held_digits(digits), mode); }

std::string fixed(double x, int digits) {
  if (std::isnan(x)) return "nan";
  if (std::isinf(x)) return x < 0 ? "-inf" : "inf";
  const double rounded = Rounding{held_digits(digits), RoundingMode::half_up}(x);
  std::array<char, 384> buffer{};  // the longest double has 309 digits before its point
  const auto printed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded,
                                     std::chars_format::fixed, held_digits(digits));
  return {buffer.data(), printed.ptr};
}

std::string plain(double x, int digits, bool grouped) {
  std::string text = fixed(x, digits);
  if (!std::isfinite(x)) return text;
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  if (grouped) {
    const std::size_t start = text[0] == '-' ? 1 : 0;
    std::size_t at = std::min(text.find('.'), text.size());
    while (at > start + 3) {
      at -= 3;
      text.insert(at, 1, ',');
    }
  }
  return text;
}

}  // namespace jixiao::value
