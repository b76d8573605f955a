// What emscripten's C++ library (libc++ 13) lacks of C++20, in the words of the standard. Included
// before everything else where a page is compiled; tests/doors/web compares it with the standard
// library of this machine.
#pragma once

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <system_error>
#include <type_traits>
#include <utility>

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#ifndef JIXIAO_STAND_IN
#define JIXIAO_STAND_IN std
#endif

namespace JIXIAO_STAND_IN {

#ifdef __EMSCRIPTEN__
template <class To, class From>
constexpr To bit_cast(const From& from) noexcept {
  return __builtin_bit_cast(To, from);
}

template <class Array>
std::unique_ptr<Array> make_unique_for_overwrite(std::size_t count) {
  return std::unique_ptr<Array>(new std::remove_extent_t<Array>[count]);
}

// Runs what it is given at once: a page has one thread.
class jthread {
 public:
  jthread() = default;
  template <class Function, class... Arguments>
  explicit jthread(Function&& function, Arguments&&... arguments) {
    std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...);
  }
};
using from_chars_of_double = from_chars_result;
using to_chars_of_double = to_chars_result;
#else
using std::chars_format;
using std::errc;
using from_chars_of_double = std::from_chars_result;
using to_chars_of_double = std::to_chars_result;
#endif

inline from_chars_of_double from_chars(const char* first, const char* last, double& value,
                                       chars_format form = chars_format::general) {
  // As the standard has it, no '+' stands in front; and infinite by its digits is out of range.
  if (first != last && *first == '+') return {first, errc::invalid_argument};
  double read = value;
  const auto wanted = form == chars_format::fixed        ? fast_float::chars_format::fixed
                      : form == chars_format::scientific ? fast_float::chars_format::scientific
                                                         : fast_float::chars_format::general;
  const auto found = fast_float::from_chars(first, last, read, wanted);
  if (found.ec != std::errc()) return {found.ptr, static_cast<errc>(found.ec)};
  const char* digits = first != last && *first == '-' ? first + 1 : first;
  const bool number = digits != last && ((*digits >= '0' && *digits <= '9') || *digits == '.');
  bool zero = true;
  for (const char* at = digits; at != found.ptr && *at != 'e' && *at != 'E'; ++at)
    zero = zero && !(*at >= '1' && *at <= '9');
  if (number && (std::isinf(read) || (read == 0 && !zero)))
    return {found.ptr, errc::result_out_of_range};
  value = read;
  return {found.ptr, errc()};
}

inline to_chars_of_double put_chars(char* first, char* last, const char* from, int size) {
  if (size < 0 || last - first < size) return {last, errc::value_too_large};
  std::memcpy(first, from, static_cast<std::size_t>(size));
  return {first + size, errc()};
}

// The C library prints to any precision exactly.
inline to_chars_of_double to_chars(char* first, char* last, double value, chars_format form,
                                   int precision) {
  char room[512];
  const char* const pattern = form == chars_format::fixed        ? "%.*f"
                              : form == chars_format::scientific ? "%.*e"
                                                                 : "%.*g";
  const int size = std::snprintf(room, sizeof room, pattern, precision, value);
  return size < static_cast<int>(sizeof room) ? put_chars(first, last, room, size)
                                              : to_chars_of_double{last, errc::value_too_large};
}

// The fewest digits that are read back as the same number; in the shorter of both forms, where none
// is asked for.
inline to_chars_of_double to_chars(char* first, char* last, double value, chars_format form) {
  char room[512];
  if (!std::isfinite(value)) {
    const char* const word = std::isnan(value) ? (std::signbit(value) ? "-nan" : "nan")
                             : value < 0       ? "-inf"
                                               : "inf";
    return put_chars(first, last, word, static_cast<int>(std::strlen(word)));
  }
  const char* const sign = std::signbit(value) ? "-" : "";
  const auto shortest = value == 0 ? decltype(fmt::detail::dragonbox::to_decimal(value)){0, 0}
                                   : fmt::detail::dragonbox::to_decimal(std::abs(value));
  char digits[24];
  const int count = std::snprintf(digits, sizeof digits, "%llu",
                                  static_cast<unsigned long long>(shortest.significand));
  const int power = shortest.exponent + count - 1;  // of the first digit
  const int written = count + (count > 1 ? 1 : 0) + (std::abs(power) < 100 ? 4 : 5);
  const int plain = shortest.exponent >= 0 ? power + 1 : power >= 0 ? count + 1 : count + 1 - power;
  const bool scientific = form == chars_format::scientific ||
                          (form != chars_format::fixed && plain > written);
  int size = 0;
  if (scientific) {
    size = std::snprintf(room, sizeof room, "%s%c%s%se%c%02d", sign, digits[0],
                         count > 1 ? "." : "", digits + 1, power < 0 ? '-' : '+', std::abs(power));
  } else if (shortest.exponent >= 0) {
    size = std::snprintf(room, sizeof room, "%.0f", value);
  } else if (power >= 0) {
    size =
        std::snprintf(room, sizeof room, "%s%.*s.%s", sign, power + 1, digits, digits + power + 1);
  } else {
    size = std::snprintf(room, sizeof room, "%s0.%0*d%s", sign, -power - 1, 0, digits);
    if (power == -1) size = std::snprintf(room, sizeof room, "%s0.%s", sign, digits);
  }
  return put_chars(first, last, room, size);
}

inline to_chars_of_double to_chars(char* first, char* last, double value) {
  // The standard's plain form chooses between the two; `general` is spelt as printf's %g.
  return JIXIAO_STAND_IN::to_chars(first, last, value, static_cast<chars_format>(0));
}

}  // namespace JIXIAO_STAND_IN
