// Intervals with open and closed ends, and the proof that a set of them covers a line once.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::ruleset {

struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_closed = false;
  bool high_closed = false;

  // "[80,90)", "(0,10]", "(30,)", "(,)"; nothing when unreadable, empty or upside down.
  static std::optional<Interval> parse(std::string_view text);
  [[nodiscard]] bool contains(double x) const;
  [[nodiscard]] std::string text() const;
};

// Whether no value lies in both.
bool apart(const Interval& a, const Interval& b);

// One flaw of a set of intervals that should cover `whole` exactly once.
struct CoverFlaw {
  enum class Kind { gap, overlap } kind;
  std::size_t first = 0;   // index of the interval below the flaw; npos when the flaw is at the
                           // lower end
  std::size_t second = 0;  // index of the interval above it; npos at the upper end
  Interval where;          // the values left out or claimed twice
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

// All flaws, from low to high.
std::vector<CoverFlaw> cover_flaws(std::span<const Interval> intervals, const Interval& whole);

}  // namespace jixiao::ruleset
