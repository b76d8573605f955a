// Changes no result: no promise about floating-point exception flags, so that choices become vector
// code. It stands before every header, because inline functions with other options are not inlined
// in time.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include "scoring/loops.hpp"

#include <algorithm>
#include <limits>

#include "system/clones.hpp"
#include "value/edge.hpp"

namespace jixiao::scoring::loops {
namespace {

// Flags as wide as a double, for the sake of vectors.
using Flag = std::uint64_t;

[[gnu::always_inline]] inline Flag flag(bool holds) { return holds ? Flag{1} : Flag{0}; }

// Neither NaN nor infinite.
[[gnu::always_inline]] inline Flag unless_finite(double x) {
  return x - x == 0.0 ? Flag{0} : Flag{1};
}

[[gnu::always_inline]] inline double clamped(double x, double weight) {
  const double not_above = x > weight ? weight : x;
  return x < 0.0 ? 0.0 : not_above;
}

[[gnu::always_inline]] inline double lost_of(double unrounded, double points, double weight) {
  // Full points are full although the sum of their parts is a last digit short (value/edge.hpp).
  const double full = weight - value::summed * (weight < 0.0 ? -weight : weight);
  const double difference = weight - points;
  const double unless_full = points >= full ? 0.0 : difference;
  return unrounded >= full ? 0.0 : unless_full;
}

}  // namespace

JIXIAO_CLONES bool all_ok(std::span<const CellState> states) {
  std::uint8_t any = 0;
  for (const CellState state : states) any |= static_cast<std::uint8_t>(state);
  return any == 0;
}

JIXIAO_CLONES bool has(std::span<const CellState> states, CellState wanted) {
  std::uint8_t any = 0;
  for (const CellState state : states) any |= state == wanted ? std::uint8_t{1} : std::uint8_t{0};
  return any != 0;
}

JIXIAO_CLONES bool all_zero(std::span<const std::uint8_t> flags) {
  std::uint8_t any = 0;
  for (const std::uint8_t flag : flags) any |= flag;
  return any == 0;
}

JIXIAO_CLONES bool all_nan(std::span<const double> column) {
  Flag number = 0;
  for (const double x : column) number |= x == x ? Flag{1} : Flag{0};
  return number == 0;
}

JIXIAO_CLONES bool all_within(std::span<const double> column, double low, double high) {
  Flag outside = 0;
  for (const double x : column) outside |= x >= low && x <= high ? Flag{0} : Flag{1};
  return outside == 0;
}

JIXIAO_CLONES bool all_finite(std::span<const double> column) {
  Flag bad = 0;
  for (const double x : column) bad |= unless_finite(x);
  return bad == 0;
}

JIXIAO_CLONES bool all_hold(std::span<const double> conditions) {
  Flag bad = 0;
  for (const double x : conditions) bad |= unless_finite(x) | (x == 0.0 ? Flag{1} : Flag{0});
  return bad == 0;
}

JIXIAO_CLONES void worsen(std::span<CellState> states, const CellState* other) {
#pragma GCC ivdep
  for (std::size_t i = 0; i < states.size(); ++i)
    states[i] = states[i] < other[i] ? other[i] : states[i];
}

JIXIAO_CLONES void worsen_unless(std::span<CellState> states, const CellState* other,
                                 CellState forgiven) {
#pragma GCC ivdep
  for (std::size_t i = 0; i < states.size(); ++i) {
    const CellState counted = other[i] == forgiven ? CellState::ok : other[i];
    states[i] = states[i] < counted ? counted : states[i];
  }
}

JIXIAO_CLONES void gather(const double* from, std::span<const std::uint32_t> at, double* to) {
#pragma GCC ivdep
  for (std::size_t i = 0; i < at.size(); ++i) to[i] = from[at[i]];
}

void gather(const CellState* from, std::span<const std::uint32_t> at, CellState* to) {
  for (std::size_t i = 0; i < at.size(); ++i) to[i] = from[at[i]];
}

void scatter(const double* from, std::span<const std::uint32_t> at, double* to) {
  for (std::size_t i = 0; i < at.size(); ++i) to[at[i]] = from[i];
}

JIXIAO_CLONES bool clamp_to_weight(std::span<const double> values, const formula::Column& weights,
                                   double* points) {
  Flag bad = 0;
  if (weights.is_uniform()) {
    const double weight = weights[0];
#pragma GCC ivdep
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double x = values[i];
      bad |= unless_finite(x);
      points[i] = clamped(x, weight);
    }
    return bad == 0;
  }
  const double* const weight = weights.data();
#pragma GCC ivdep
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = values[i];
    bad |= unless_finite(x);
    points[i] = clamped(x, weight[i]);
  }
  return bad == 0;
}

JIXIAO_CLONES bool copy_ahead(std::span<const double> values, double* to,
                              std::span<const double> next) {
  constexpr std::size_t stretch = 64;
  constexpr std::size_t line = 64 / sizeof(double);
  Flag bad = 0;
  for (std::size_t from = 0; from < values.size(); from += stretch) {
    const std::size_t end = std::min(from + stretch, values.size());
#if defined(__GNUC__)
    for (std::size_t i = from; i < std::min(end, next.size()); i += line)
      __builtin_prefetch(next.data() + i, 0, 2);
#endif
#pragma GCC ivdep
    for (std::size_t i = from; i < end; ++i) {
      const double x = values[i];
      bad |= unless_finite(x);
      to[i] = x;
    }
  }
  return bad == 0;
}

JIXIAO_CLONES bool copy(std::span<const double> values, double* to) {
  Flag bad = 0;
#pragma GCC ivdep
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = values[i];
    bad |= unless_finite(x);
    to[i] = x;
  }
  return bad == 0;
}

JIXIAO_CLONES void lose(std::span<const double> unrounded, const double* points,
                        const formula::Column& weights, double* lost) {
  if (weights.is_uniform()) {
    const double weight = weights[0];
#pragma GCC ivdep
    for (std::size_t i = 0; i < unrounded.size(); ++i)
      lost[i] = lost_of(unrounded[i], points[i], weight);
    return;
  }
  const double* const weight = weights.data();
#pragma GCC ivdep
  for (std::size_t i = 0; i < unrounded.size(); ++i)
    lost[i] = lost_of(unrounded[i], points[i], weight[i]);
}

JIXIAO_CLONES void sum(std::span<const double* const> columns, std::span<double> to) {
  // Four columns at a time, so that the sums are not read and written for each.
  std::fill(to.begin(), to.end(), 0.0);
  while (!columns.empty()) {
    const std::size_t taken = std::min<std::size_t>(columns.size(), 4);
    const double* const a = columns[0];
    const double* const b = columns[taken > 1 ? 1 : 0];
    const double* const c = columns[taken > 2 ? 2 : 0];
    const double* const d = columns[taken > 3 ? 3 : 0];
    if (taken == 4) {
#pragma GCC ivdep
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = to[i] + a[i] + b[i] + c[i] + d[i];
    } else if (taken == 3) {
#pragma GCC ivdep
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = to[i] + a[i] + b[i] + c[i];
    } else if (taken == 2) {
#pragma GCC ivdep
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = to[i] + a[i] + b[i];
    } else {
#pragma GCC ivdep
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = to[i] + a[i];
    }
    columns = columns.subspan(taken);
  }
}

JIXIAO_CLONES void scale(std::span<double> column, double factor) {
  for (double& x : column) x *= factor;
}

JIXIAO_CLONES void clamp(std::span<double> column, double low, double high) {
  for (double& x : column) {
    const double not_above = high < x ? high : x;
    x = x < low ? low : not_above;
  }
}

JIXIAO_CLONES void insert(std::span<const double> lost, double which, const TopThree& top_three) {
  const auto [first, second, third] = top_three.points;
  const auto [first_is, second_is, third_is] = top_three.which;
#pragma GCC ivdep
  for (std::size_t i = 0; i < lost.size(); ++i) {
    const double l = lost[i], a = first[i], b = second[i], c = third[i];
    const double a_is = first_is[i], b_is = second_is[i], c_is = third_is[i];
    const bool before_a = l > a;
    const bool before_b = l > b;
    const bool before_c = l > c;
    const double in_b = before_b ? l : b;
    const double in_b_is = before_b ? which : b_is;
    const double in_c = before_c ? l : c;
    const double in_c_is = before_c ? which : c_is;
    first[i] = before_a ? l : a;
    first_is[i] = before_a ? which : a_is;
    second[i] = before_a ? a : in_b;
    second_is[i] = before_a ? a_is : in_b_is;
    third[i] = before_b ? b : in_c;
    third_is[i] = before_b ? b_is : in_c_is;
  }
}

JIXIAO_CLONES void find_bands(std::span<const double> totals, std::span<const Edges> bands,
                              std::size_t* out) {
  // Four bands at a time, the last ones first, so that of two that contain a total the earlier one
  // stays.
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr auto nowhere = static_cast<std::size_t>(-1);
  const auto at = [&](std::size_t b) {
    return b < bands.size() ? bands[b] : Edges{infinity, -infinity, nowhere};
  };
  std::fill_n(out, totals.size(), nowhere);
  for (std::size_t group = (bands.size() + 3) / 4; group-- > 0;) {
    const Edges a = at(4 * group), b = at(4 * group + 1), c = at(4 * group + 2),
                d = at(4 * group + 3);
#pragma GCC ivdep
    for (std::size_t i = 0; i < totals.size(); ++i) {
      const double x = totals[i];
      std::size_t found = out[i];
      found = (flag(x >= d.low) & flag(x <= d.high)) != 0 ? d.index : found;
      found = (flag(x >= c.low) & flag(x <= c.high)) != 0 ? c.index : found;
      found = (flag(x >= b.low) & flag(x <= b.high)) != 0 ? b.index : found;
      found = (flag(x >= a.low) & flag(x <= a.high)) != 0 ? a.index : found;
      out[i] = found;
    }
  }
}

}  // namespace jixiao::scoring::loops
