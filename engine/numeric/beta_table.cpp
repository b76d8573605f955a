#include "numeric/beta_table.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"

namespace jixiao::numeric {
namespace {

using numeric::elementary::power;

double smooth(double t) { return t * t * (3.0 - 2.0 * t); }

// Gauss and Legendre's rule with 8 points on [-1, 1]: the positive half.
constexpr double gauss_points[] = {0.1834346424956498049, 0.5255324099163289858,
                                   0.7966664774136267396, 0.9602898564975362317};
constexpr double gauss_weights[] = {0.3626837833783619830, 0.3137066458778872873,
                                    0.2223810344533744706, 0.1012285362903762591};

// The integral of x^(a-1) (1-x)^(b-1) from 0 to a small x.
double edge_mass(double x, double a, double b) {
  const double series =
      1.0 / a - (b - 1.0) * x *
                    (1.0 / (a + 1.0) -
                     0.5 * (b - 2.0) * x * (1.0 / (a + 2.0) - (b - 3.0) / 3.0 * x / (a + 3.0)));
  return power(x, a) * series;
}

}  // namespace

double BetaTable::density(double t) const {
  const double x = smooth(t);
  const double rest = (1.0 - t) * (1.0 - t) * (1.0 + 2.0 * t);  // 1 - x, without cancellation
  return power(x, alpha_ - 1.0) * power(rest, beta_ - 1.0) * 6.0 * t * (1.0 - t);
}

// In the first and the last cell the density starts with a power of t, which no polynomial follows:
// there by a series.
double BetaTable::mass(double from, double to) const {
  constexpr double width = 1.0 / static_cast<double>(cells);
  if (from == 0.0) return edge_mass(smooth(to), alpha_, beta_);
  if (from == 1.0 - width)
    return edge_mass(smooth(width), beta_, alpha_) - edge_mass(smooth(1.0 - to), beta_, alpha_);
  const double middle = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  double result = 0.0;
  for (std::size_t i = 0; i < 4; ++i)
    result += gauss_weights[i] *
              (density(middle - half * gauss_points[i]) + density(middle + half * gauss_points[i]));
  return half * result;
}

BetaTable::BetaTable(double alpha, double beta) : alpha_(alpha), beta_(beta) {
  constexpr double width = 1.0 / static_cast<double>(cells);
  for (std::size_t i = 0; i < cells; ++i) {
    const double from = static_cast<double>(i) * width;
    cumulative_[i + 1] = cumulative_[i] + mass(from, from + width);
  }
  total_ = cumulative_[cells];
  for (double& value : cumulative_) value /= total_;
  for (std::size_t i = 1; i < cells; ++i)
    slope_[i] = total_ / density(static_cast<double>(i) * width);
  // d2t/du2 at a node: -f'/f (dt/du)^2.
  const auto curvature = [&](std::size_t i) {
    const double t = static_cast<double>(i) * width, x = smooth(t), rest = smooth(1.0 - t);
    const double climb = 6.0 * t * (1.0 - t);
    const double relative = ((alpha - 1.0) / x - (beta - 1.0) / rest) * climb +
                            (6.0 - 12.0 * t) / climb;
    return -relative * slope_[i] * slope_[i];
  };
  for (std::size_t cell = 1; cell + 1 < cells; ++cell)
    fit(cell, {curvature(cell), curvature(cell + 1)});
}

// The polynomial of fifth degree with the law's values, slopes and curvatures at both ends; near
// the ends of the law it may be poor.
void BetaTable::fit(std::size_t cell, std::array<double, 2> curvature) {
  constexpr double width = 1.0 / static_cast<double>(cells);
  constexpr double close_enough = 1e-11;  // in probability
  const double from = static_cast<double>(cell) * width;
  const double low = cumulative_[cell], span = cumulative_[cell + 1] - low;
  const double d0 = slope_[cell] * span, d1 = slope_[cell + 1] * span;
  const double e0 = curvature[0] * span * span, e1 = curvature[1] * span * span;
  polynomial_[cell] = {from,
                       d0,
                       0.5 * e0,
                       10.0 * width - 6.0 * d0 - 4.0 * d1 - 1.5 * e0 + 0.5 * e1,
                       -15.0 * width + 8.0 * d0 + 7.0 * d1 + 1.5 * e0 - e1,
                       6.0 * width - 3.0 * (d0 + d1) - 0.5 * e0 + 0.5 * e1};
  is_close_[cell] = true;
  for (const double part : {0.25, 0.5, 0.75}) {
    const double t = guess(cell, part);
    const double missed =
        t > from && t < from + width ? std::fabs(mass(from, t) / total_ - part * span) : 1.0;
    if (!(missed < close_enough)) is_close_[cell] = false;
  }
}

double BetaTable::guess(std::size_t cell, double part) const {
  const auto& c = polynomial_[cell];
  return c[0] + part * (c[1] + part * (c[2] + part * (c[3] + part * (c[4] + part * c[5]))));
}

double BetaTable::quantile(double u) const {
  constexpr double width = 1.0 / static_cast<double>(cells);
  const auto above = std::upper_bound(cumulative_.begin() + 1, cumulative_.end() - 1, u);
  const auto cell = static_cast<std::size_t>(above - cumulative_.begin()) - 1;
  const double low = cumulative_[cell];
  const double part = (u - low) / (cumulative_[cell + 1] - low);
  if (is_close_[cell]) return smooth(guess(cell, part));
  // Near an end the law is a power of t.
  if (cell == 0) return corrected(cell, u, width * power(part, 0.5 / alpha_));
  if (cell == cells - 1)
    return corrected(cell, u, 1.0 - width * power(std::max(1.0 - part, 0.0), 0.5 / beta_));
  return corrected(cell, u, guess(cell, part));
}

double BetaTable::corrected(std::size_t cell, double u, double t) const {
  constexpr double width = 1.0 / static_cast<double>(cells);
  const double from = static_cast<double>(cell) * width;
  const double low = cumulative_[cell];
  for (int step = 0; step < 6; ++step) {
    t = std::clamp(t, from, from + width);
    const double slope = density(t) / total_;
    if (!(slope > 0.0)) break;
    const double change = (low + mass(from, t) / total_ - u) / slope;
    t -= change;
    if (std::fabs(change) < 1e-6 * width) break;  // Newton: what is left is of the square of this
  }
  return smooth(std::clamp(t, from, from + width));
}

void BetaTable::quantile(std::span<const double> u, std::span<double> values) const {
  for (std::size_t i = 0; i < u.size(); ++i) values[i] = quantile(u[i]);
}

}  // namespace jixiao::numeric
