// Changes no result: no promise about exception flags, so that loops become vector code.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include "numeric/normal.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "numeric/elementary.hpp"
#include "system/clones.hpp"

namespace jixiao::numeric::normal {
namespace {

template <std::size_t N>
JIXIAO_INLINE double polynomial(double x, const double (&coefficients)[N]) {
  double result = coefficients[N - 1];
  for (std::size_t i = N - 1; i-- > 0;) result = result * x + coefficients[i];
  return result;
}

// Wichura's coefficients (Applied Statistics 37, 1988): the middle, the tails, the far tails.
constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                        1.9715909503065514427e+3, 1.3731693765509461125e+4,
                        4.5921953931549871457e+4, 6.7265770927008700853e+4,
                        3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr double b[] = {1.0,
                        4.2313330701600911252e+1,
                        6.8718700749205790830e+2,
                        5.3941960214247511077e+3,
                        2.1213794301586595867e+4,
                        3.9307895800092710610e+4,
                        2.8729085735721942674e+4,
                        5.2264952788528545610e+3};
constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                        5.76949722146069140550e0,  3.64784832476320460504e0,
                        1.27045825245236838258e0,  2.41780725177450611770e-1,
                        2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr double d[] = {1.0,
                        2.05319162663775882187e0,
                        1.67638483018380384940e0,
                        6.89767334985100004550e-1,
                        1.48103976427480074590e-1,
                        1.51986665636164571966e-2,
                        5.47593808499534494600e-4,
                        1.05075007164441684324e-9};
constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                        1.78482653991729133580e0,  2.96560571828504891230e-1,
                        2.65321895265761230930e-2, 1.24266094738807843860e-3,
                        2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr double f[] = {1.0,
                        5.99832206555887937690e-1,
                        1.36929880922735805310e-1,
                        1.48753612908506148525e-2,
                        7.86869131145613259100e-4,
                        1.84631831751005468180e-5,
                        1.42151175831644588870e-7,
                        2.04426310338993978564e-15};

// `root` is the root of -ln of the smaller of u and 1 - u.
JIXIAO_INLINE double quantile_of(double u, double root) {
  const double q = u - 0.5;
  const double middle_r = 0.180625 - q * q;
  const double middle = q * (polynomial(middle_r, a) / polynomial(middle_r, b));
  const double near_r = root - 1.6;
  const double near = polynomial(near_r, c) / polynomial(near_r, d);
  const double far_r = root - 5.0;
  const double far = polynomial(far_r, e) / polynomial(far_r, f);
  const double size = root <= 5.0 ? near : far;
  const double tail = q < 0.0 ? -size : size;
  return std::fabs(q) <= 0.425 ? middle : tail;
}

JIXIAO_INLINE double minus_log_of_tail(double u) {
  const double above = 1.0 - u;
  return -elementary::ln(u < above ? u : above);
}

constexpr std::size_t chunk = 256;

JIXIAO_CLONES void logarithms(const double* u, double* logs, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) logs[i] = minus_log_of_tail(u[i]);
}

// A loop over std::sqrt stays scalar because of errno.
void roots(double* values, std::size_t count) {
  std::size_t i = 0;
#if defined(__SSE2__)
  for (; i + 2 <= count; i += 2) _mm_storeu_pd(values + i, _mm_sqrt_pd(_mm_loadu_pd(values + i)));
#endif
  for (; i < count; ++i) values[i] = std::sqrt(values[i]);
}

// `values` may be `u`: row by row.
JIXIAO_CLONES void quantiles(const double* u, const double* root, double* values,
                             std::size_t count) {
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) values[i] = quantile_of(u[i], root[i]);
}

// e^(-x^2 / 2) without the error of squaring x: its square is split where it is exact.
double bell(double x) {
  const double coarse = std::trunc(x * 16.0) / 16.0;
  const double rest = (x - coarse) * (x + coarse);
  return elementary::exp(-0.5 * coarse * coarse) * elementary::exp(-0.5 * rest);
}

}  // namespace

double quantile(double u) { return quantile_of(u, std::sqrt(minus_log_of_tail(u))); }

void quantile(std::span<const double> u, std::span<double> values) {
  double root[chunk];
  for (std::size_t row = 0; row < u.size(); row += chunk) {
    const std::size_t count = std::min(chunk, u.size() - row);
    logarithms(u.data() + row, root, count);
    roots(root, count);
    quantiles(u.data() + row, root, values.data() + row, count);
  }
}

double density(double x) {
  constexpr double one_over_root_2pi = 0.398942280401432677939946059934;
  return std::isinf(x) ? 0.0 : one_over_root_2pi * bell(x);
}

// Cody's rational approximations (Mathematics of Computation 23, 1969).
double cumulative(double x) {
  constexpr double one_over_root_2pi = 0.398942280401432677939946059934;
  const double size = std::fabs(x);
  if (std::isnan(x)) return x;
  if (size > 40.0) return x < 0.0 ? 0.0 : 1.0;
  if (size <= 0.67448975) {
    constexpr double top[] = {18154.981253343561249, 1067.6894854603709582, 161.02823106855587881,
                              2.2352520354606839287, .065682337918207449113};
    constexpr double bottom[] = {45507.789335026729956, 10260.932208618978205,
                                 976.09855173777669322, 47.20258190468824187, 1.0};
    return 0.5 + x * (polynomial(x * x, top) / polynomial(x * x, bottom));
  }
  double beyond = 0.0;
  if (size <= 5.656854249492380195) {
    constexpr double top[] = {
        9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326,
        2494.5375852903726711, 597.27027639480026226, 93.506656132177855979,
        8.8831497943883759412, .39894151208813466764, 1.0765576773720192317e-8};
    constexpr double bottom[] = {
        19685.429676859990727, 38912.003286093271411, 34900.952721145977266,
        18615.571640885098091, 6485.558298266760755,  1519.377599407554805,
        235.38790178262499861, 22.266688044328115691, 1.0};
    beyond = polynomial(size, top) / polynomial(size, bottom);
  } else {
    constexpr double top[] = {2.9112874951168792e-5, .001421619193227893466, .022235277870649807,
                              .1274011611602473639,  .21589853405795699,     .02307344176494017303};
    constexpr double bottom[] = {7.29751555083966205e-5, .00378239633202758244,
                                 .0659881378689285515,   .468238212480865118,
                                 1.28426009614491121,    1.0};
    const double inverse = 1.0 / (x * x);
    beyond =
        (one_over_root_2pi - inverse * (polynomial(inverse, top) / polynomial(inverse, bottom))) /
        size;
  }
  beyond *= bell(size);
  return x < 0.0 ? beyond : 1.0 - beyond;
}

void cumulative(std::span<const double> x, std::span<double> u) {
  for (std::size_t i = 0; i < x.size(); ++i) u[i] = cumulative(x[i]);
}

}  // namespace jixiao::numeric::normal
