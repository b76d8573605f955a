#include "ruleset/interval.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::ruleset {
namespace {

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// Where an interval begins: its value, then a closed end before an open one.
bool begins_before(const Interval& a, const Interval& b) {
  if (a.low != b.low) return a.low < b.low;
  return a.low_closed && !b.low_closed;
}

}  // namespace

std::optional<Interval> Interval::parse(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 3) return std::nullopt;
  Interval out;
  if (text.front() != '[' && text.front() != '(') return std::nullopt;
  if (text.back() != ']' && text.back() != ')') return std::nullopt;
  out.low_closed = text.front() == '[';
  out.high_closed = text.back() == ']';
  text = text.substr(1, text.size() - 2);
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string_view low = trimmed(text.substr(0, comma));
  const std::string_view high = trimmed(text.substr(comma + 1));
  if (low.empty()) {
    out.low_closed = false;
  } else if (const auto value = value::read_number(low)) {
    out.low = *value;
  } else {
    return std::nullopt;
  }
  if (high.empty()) {
    out.high_closed = false;
  } else if (const auto value = value::read_number(high)) {
    out.high = *value;
  } else {
    return std::nullopt;
  }
  if (out.low > out.high || (out.low == out.high && !(out.low_closed && out.high_closed)))
    return std::nullopt;
  return out;
}

bool Interval::contains(double x) const {
  return (x > low || (low_closed && x == low)) && (x < high || (high_closed && x == high));
}

std::string Interval::text() const {
  std::string out = low_closed ? "[" : "(";
  if (std::isfinite(low)) out += value::plain(low, 9);
  out += ",";
  if (std::isfinite(high)) out += value::plain(high, 9);
  return out + (high_closed ? "]" : ")");
}

bool apart(const Interval& a, const Interval& b) {
  const auto below = [](const Interval& x, const Interval& y) {
    return x.high < y.low || (x.high == y.low && !(x.high_closed && y.low_closed));
  };
  return below(a, b) || below(b, a);
}

std::vector<CoverFlaw> cover_flaws(std::span<const Interval> intervals, const Interval& whole) {
  std::vector<std::size_t> order(intervals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return begins_before(intervals[a], intervals[b]);
  });

  std::vector<CoverFlaw> flaws;
  // Everything of `whole` below `edge` is covered; edge itself too when edge_covered.
  double edge = whole.low;
  bool edge_covered = !whole.low_closed;
  std::size_t below = CoverFlaw::npos;
  for (const std::size_t index : order) {
    const Interval& next = intervals[index];
    const bool touches = next.low < edge || (next.low == edge && (edge_covered || next.low_closed));
    const bool overlaps =
        below != CoverFlaw::npos &&
        (next.low < edge || (next.low == edge && edge_covered && next.low_closed));
    if (!touches)
      flaws.push_back(
          {CoverFlaw::Kind::gap, below, index, {edge, next.low, !edge_covered, !next.low_closed}});
    if (overlaps) {
      Interval twice{next.low, std::min(edge, next.high), next.low_closed,
                     edge < next.high ? edge_covered
                                      : (edge == next.high ? edge_covered && next.high_closed
                                                           : next.high_closed)};
      flaws.push_back({CoverFlaw::Kind::overlap, below, index, twice});
    }
    if (next.high > edge || (next.high == edge && next.high_closed)) {
      edge_covered = next.high == edge ? edge_covered || next.high_closed : next.high_closed;
      edge = next.high;
      below = index;
    }
  }
  if (edge < whole.high || (edge == whole.high && whole.high_closed && !edge_covered)) {
    flaws.push_back({CoverFlaw::Kind::gap,
                     below,
                     CoverFlaw::npos,
                     {edge, whole.high, !edge_covered, whole.high_closed}});
  }
  return flaws;
}

}  // namespace jixiao::ruleset
