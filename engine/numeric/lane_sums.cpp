// Changes no result: only lets the loops become vector code.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include "numeric/lane_sums.hpp"

#include <cmath>
#include <limits>

#include "numeric/elementary.hpp"
#include "system/clones.hpp"

namespace jixiao::numeric {
namespace {

JIXIAO_INLINE double is_bad(double x) {
  return std::fabs(x) <= std::numeric_limits<double>::max() ? 0.0 : 1.0;
}

JIXIAO_INLINE void add_pair(double* a, double* b, double centre, std::size_t count, PairSums& s) {
  for (std::size_t k = 0; k < count; ++k) {
    a[k] -= centre;
    b[k] -= centre;
    s.bad.lane[k] += is_bad(a[k]) + is_bad(b[k]);
    s.value.lane[k] += a[k] + b[k];
    s.square.lane[k] += a[k] * a[k] + b[k] * b[k];
    s.product.lane[k] += a[k] * b[k];
  }
}

JIXIAO_INLINE void add_moved(const double* a, const double* b, double* moved, double centre,
                             std::size_t count, MovedSums& s) {
  for (std::size_t k = 0; k < count; ++k) {
    moved[k] -= centre;
    const double from_a = moved[k] - a[k], from_b = moved[k] - b[k];
    s.bad.lane[k] += is_bad(moved[k]);
    s.product.lane[k] += b[k] * from_a;
    s.difference.lane[k] += from_a;
    s.from_a.lane[k] += from_a * from_a;
    s.from_b.lane[k] += from_b * from_b;
  }
}

}  // namespace

JIXIAO_CLONES void add_pair_block(double* a, double* b, double centre, std::size_t count,
                                  PairSums& sums) {
  PairSums s = sums;
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) add_pair(a + i, b + i, centre, lanes, s);
  add_pair(a + i, b + i, centre, count - i, s);
  sums = s;
}

JIXIAO_CLONES void add_moved_block(const double* a, const double* b, double* moved, double centre,
                                   std::size_t count, MovedSums& sums) {
  MovedSums s = sums;
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) add_moved(a + i, b + i, moved + i, centre, lanes, s);
  add_moved(a + i, b + i, moved + i, centre, count - i, s);
  sums = s;
}

JIXIAO_CLONES void add_product_block(const double* a, const double* b, std::size_t count,
                                     LaneSum& sum) {
  LaneSum s = sum;
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    for (std::size_t k = 0; k < lanes; ++k) s.lane[k] += a[i + k] * b[i + k];
  }
  for (std::size_t k = 0; i + k < count; ++k) s.lane[k] += a[i + k] * b[i + k];
  sum = s;
}

}  // namespace jixiao::numeric
