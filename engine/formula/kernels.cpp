// The hot loops: each instruction over a block of rows. The loops are compiled for the baseline
// processor and for two later levels; without fused multiply-add (-ffp-contract=off) all three give
// the same bits.

// Changes no result: no promise about floating-point exception flags, so that choices become vector
// code. It stands before every header, because inline functions with other options are not inlined
// in time.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include <algorithm>
#include <cmath>
#include <cstddef>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "formula/routine.hpp"
#include "system/clones.hpp"

namespace jixiao::formula {
namespace {

// A result may be written over an operand, row for row; otherwise they do not overlap, which is
// what ivdep says. `uniform`: a bit for each operand that is one value.
template <class Does, unsigned uniform>
JIXIAO_INLINE void run_loop(const Step& step, std::size_t count) {
  const double* const from[4] = {step.from[0], step.from[1], step.from[2], step.from[3]};
  double one[4] = {};
  for (unsigned k = 0; k < Does::count; ++k) one[k] = from[k][0];
  double* const to = step.to;
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) {
    const auto operand = [&](unsigned k) {
      return k >= Does::count ? 0.0 : ((uniform >> k & 1U) != 0 ? one[k] : from[k][i]);
    };
    to[i] = Does::of(operand(0), operand(1), operand(2), operand(3));
  }
}

template <class Does>
JIXIAO_INLINE void run_step(const Step& step, std::size_t count) {
  if constexpr (takes_uniform(Does::operation)) {
    // Not all operands are uniform, or there would be nothing to run.
    switch (step.uniform) {
#define JIXIAO_CASE(mask) \
  case mask:              \
    if constexpr (mask < (1U << Does::count) - 1) return run_loop<Does, mask>(step, count);
      JIXIAO_CASE(1U)
      JIXIAO_CASE(2U)
      JIXIAO_CASE(3U)
      JIXIAO_CASE(4U)
      JIXIAO_CASE(5U)
      JIXIAO_CASE(6U)
      JIXIAO_CASE(7U)
      JIXIAO_CASE(8U)
      JIXIAO_CASE(9U)
      JIXIAO_CASE(10U)
      JIXIAO_CASE(11U)
      JIXIAO_CASE(12U)
      JIXIAO_CASE(13U)
      JIXIAO_CASE(14U)
#undef JIXIAO_CASE
      default: break;
    }
  }
  run_loop<Does, 0>(step, count);
}

// std::sqrt sets errno, which keeps a loop over it out of vector code. (Eigen's is no way out:
// built for AVX-512 it is not correctly rounded.)
template <>
JIXIAO_INLINE void run_step<Does_root>(const Step& step, std::size_t count) {
  std::size_t i = 0;
#if defined(__SSE2__)
  for (; i + 2 <= count; i += 2)
    _mm_storeu_pd(step.to + i, _mm_sqrt_pd(_mm_loadu_pd(step.from[0] + i)));
#endif
  for (; i < count; ++i) step.to[i] = std::sqrt(step.from[0][i]);
}

// Rounding a column to one number of digits is quicker than row by row.
template <>
JIXIAO_INLINE void run_step<Does_round>(const Step& step, std::size_t count) {
  const double digits = step.from[1][0];
  const bool same = std::all_of(step.from[1], step.from[1] + count,
                                [digits](double other) { return other == digits; });
  if (same && scalar::are_digits(digits)) {
    if (step.to != step.from[0]) std::copy_n(step.from[0], count, step.to);
    value::Rounding{static_cast<int>(digits), value::RoundingMode::half_up}.apply({step.to, count});
  } else {
    for (std::size_t i = 0; i < count; ++i)
      step.to[i] = scalar::round(step.from[0][i], step.from[1][i]);
  }
}

}  // namespace

// One function per operation, so that each is chosen and vectorised by itself.
#define JIXIAO_OPERATION(name, operands, value)                        \
  JIXIAO_CLONES void run_##name(const Step& step, std::size_t count) { \
    run_step<Does_##name>(step, count);                                \
  }
JIXIAO_OPERATIONS(JIXIAO_OPERATION)
#undef JIXIAO_OPERATION

void run_steps(std::span<const Step> steps, std::size_t count, const value::Calendar* calendar) {
  for (const Step& step : steps) {
    switch (step.operation) {
#define JIXIAO_OPERATION(name, operands, value) \
  case Operation::name: run_##name(step, count); break;
      JIXIAO_OPERATIONS(JIXIAO_OPERATION)
#undef JIXIAO_OPERATION
      case Operation::workdays:
        for (std::size_t i = 0; i < count; ++i)
          step.to[i] = scalar::workdays(*calendar, step.from[0][i], step.from[1][i]);
        break;
    }
  }
}

}  // namespace jixiao::formula
