#include "numeric/exact_sum.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace jixiao::numeric {
namespace {

struct Pair {
  double high, low;
};

// a + b as a rounded sum and what it lost. Requires: |a| >= |b|.
Pair fast_sum(double a, double b) {
  const double high = a + b;
  return {high, b - (high - a)};
}

// a as two halves of 26 bits.
Pair halves(double a) {
  const double scaled = 134217729.0 * a;
  const double high = scaled - (scaled - a);
  return {high, a - high};
}

// a * b as a rounded product and what it lost (Dekker).
Pair product(double a, double b) {
  const double high = a * b;
  const Pair x = halves(a), y = halves(b);
  const double low = x.low * y.low - (((high - x.high * y.high) - x.low * y.high) - x.high * y.low);
  return {high, low};
}

}  // namespace

void ExactSum::add(double x) {
  std::size_t kept = 0;
  for (const double part : parts_) {
    const Pair sum = std::abs(x) >= std::abs(part) ? fast_sum(x, part) : fast_sum(part, x);
    if (sum.low != 0) parts_[kept++] = sum.low;
    x = sum.high;
  }
  parts_.resize(kept);
  if (x != 0) parts_.push_back(x);
}

void ExactSum::add_square(double x) {
  const Pair square = product(x, x);
  if (!std::isfinite(square.high) || !std::isfinite(square.low)) {
    parts_.assign(1, std::numeric_limits<double>::infinity());
    return;
  }
  add(square.low);
  add(square.high);
}

void ExactSum::add(std::span<const double> parts) {
  for (const double part : parts) add(part);
}

void ExactSum::add(const ExactSum& other) { add(std::span(other.parts_)); }

double ExactSum::rounded() const {
  if (parts_.empty()) return 0;
  std::size_t i = parts_.size() - 1;
  double high = parts_[i], low = 0;
  while (i > 0) {
    const Pair sum = fast_sum(high, parts_[--i]);
    high = sum.high, low = sum.low;
    if (low != 0) break;
  }
  // Half way between two doubles what is left says which is nearer.
  if (i > 0 && ((low < 0 && parts_[i - 1] < 0) || (low > 0 && parts_[i - 1] > 0))) {
    const double twice = 2 * low;
    const double next = high + twice;
    if (twice == next - high) high = next;
  }
  return high;
}

ExactSum ExactSum::times(double factor) const {
  ExactSum out;
  for (const double part : parts_) {
    const Pair made = product(part, factor);
    out.add(made.low);
    out.add(made.high);
  }
  return out;
}

ExactSum ExactSum::times(const ExactSum& other) const {
  ExactSum out;
  for (const double part : other.parts_) out.add(times(part));
  return out;
}

ExactSum ExactSum::negated() const { return times(-1); }

}  // namespace jixiao::numeric
