// Changes no result: no promise about floating-point exception flags, so that choices become vector code. It stands before every header,
// because inline functions with other options are not inlined in time.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include "scoring/loops.hpp"

#include "value/clones.hpp"

namespace jixiao::scoring::loops {
namespace {

// Flags as wide as a double, for the sake of vectors.
using Flag = std::uint64_t;

// Neither NaN nor infinite.
[[gnu::always_inline]] inline Flag unless_finite(double x) { return x - x == 0.0 ? Flag{0} : Flag{1}; }

[[gnu::always_inline]] inline double held(double x, double weight) {
  const double not_above = x > weight ? weight : x;
  return x < 0.0 ? 0.0 : not_above;
}

[[gnu::always_inline]] inline double lost_of(double unrounded, double points, double weight) {
  const double difference = weight - points;
  const double unless_full = points >= weight ? 0.0 : difference;
  return unrounded >= weight ? 0.0 : unless_full;
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
  for (std::size_t i = 0; i < states.size(); ++i) states[i] = states[i] < other[i] ? other[i] : states[i];
}

JIXIAO_CLONES void worsen_unless(std::span<CellState> states, const CellState* other, CellState forgiven) {
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

JIXIAO_CLONES bool hold(std::span<const double> values, const formula::Column& weights, double* points) {
  Flag bad = 0;
  if (weights.is_uniform()) {
    const double weight = weights[0];
#pragma GCC ivdep
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double x = values[i];
      bad |= unless_finite(x);
      points[i] = held(x, weight);
    }
    return bad == 0;
  }
  const double* const weight = weights.data();
#pragma GCC ivdep
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = values[i];
    bad |= unless_finite(x);
    points[i] = held(x, weight[i]);
  }
  return bad == 0;
}

JIXIAO_CLONES bool take(std::span<const double> values, double* points) {
  Flag bad = 0;
#pragma GCC ivdep
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = values[i];
    bad |= unless_finite(x);
    points[i] = x;
  }
  return bad == 0;
}

JIXIAO_CLONES void lose(std::span<const double> unrounded, const double* points, const formula::Column& weights, double* lost) {
  if (weights.is_uniform()) {
    const double weight = weights[0];
#pragma GCC ivdep
    for (std::size_t i = 0; i < unrounded.size(); ++i) lost[i] = lost_of(unrounded[i], points[i], weight);
    return;
  }
  const double* const weight = weights.data();
#pragma GCC ivdep
  for (std::size_t i = 0; i < unrounded.size(); ++i) lost[i] = lost_of(unrounded[i], points[i], weight[i]);
}

JIXIAO_CLONES void add(std::span<double> to, const double* column) {
#pragma GCC ivdep
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += column[i];
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

JIXIAO_CLONES void place(std::span<const double> lost, double which, const Podium& podium) {
  const auto [first, second, third] = podium.points;
  const auto [first_is, second_is, third_is] = podium.which;
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

JIXIAO_CLONES void find_bands(std::span<const double> totals, std::span<const Edges> bands, std::size_t* out) {
  constexpr auto nowhere = static_cast<std::size_t>(-1);
  for (std::size_t i = 0; i < totals.size(); ++i) out[i] = nowhere;
  for (std::size_t b = bands.size(); b-- > 0;) {
    const Edges band = bands[b];
#pragma GCC ivdep
    for (std::size_t i = 0; i < totals.size(); ++i) {
      const Flag above = totals[i] >= band.low ? Flag{1} : Flag{0};
      const Flag below = totals[i] <= band.high ? Flag{1} : Flag{0};
      out[i] = (above & below) != 0 ? band.index : out[i];
    }
  }
}

}  // namespace jixiao::scoring::loops
