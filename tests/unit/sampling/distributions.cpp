// Quantiles against Boost.Math, moments against the quantiles themselves, and what wrong parameters
// are told.
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "numeric/normal.hpp"
#include "sampling/bootstrap.hpp"
#include "test_functions.hpp"

using namespace jixiao;
using namespace jixiao::numeric;
using namespace jixiao::sampling;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> levels() {
  std::vector<double> u = {1e-300, 1e-30, 1e-12, 1e-9,     1e-6,     0.075,
                           0.425,  0.5,   0.925, 1 - 1e-9, 1 - 1e-15};
  for (int i = 1; i < 1000; ++i) u.push_back(i / 1000.0);
  return u;
}

template <class Reference>
void check_quantiles(const Law& of, const Reference& reference, double margin) {
  const Distribution distribution = law(of);
  INFO(describe(of));
  for (const double u : levels()) {
    if (u < 1e-20) continue;
    CAPTURE(u);
    REQUIRE(distribution.quantile(u) ==
            Approx(boost::math::quantile(reference, u)).epsilon(margin).margin(margin));
  }
  CHECK(distribution.mean() == Approx(boost::math::mean(reference)).epsilon(1e-12));
  CHECK(distribution.variance() == Approx(boost::math::variance(reference)).epsilon(1e-12));
}

// Mean and variance of the quantiles at the middles of many cells.
void check_moments(const Law& of, double margin) {
  const Distribution distribution = law(of);
  INFO(describe(of));
  constexpr int n = 200000;
  double mean = 0, square = 0;
  for (int i = 0; i < n; ++i) {
    const double x = distribution.quantile((i + 0.5) / n) - distribution.mean();
    mean += x / n;
    square += x * x / n;
    REQUIRE((x + distribution.mean() >= distribution.support().low &&
             x + distribution.mean() <= distribution.support().high));
  }
  const double deviation = std::sqrt(distribution.variance());
  CHECK(std::fabs(mean) < margin * deviation);
  CHECK(square == Approx(distribution.variance()).epsilon(margin));
}

std::string refused_law(const Law& of, const Support& allowed = {}) {
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(Distribution::make(of, "days", {}, allowed, diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK_FALSE(diagnostics[0].message.zh.empty());
  return diagnostics[0].message.en + " / " + diagnostics[0].help.en;
}

}  // namespace

TEST_CASE("the standard normal law agrees with Boost.Math", "[study][distributions]") {
  const boost::math::normal reference;
  for (const double u : levels()) {
    CAPTURE(u);
    CHECK(normal::quantile(u) ==
          Approx(boost::math::quantile(reference, u)).epsilon(2e-15).margin(1e-16));
  }
  for (double x = -37; x < 9; x += 0.0137) {
    CAPTURE(x);
    const long double exact = 0.5L * std::erfc(-static_cast<long double>(x) / std::sqrt(2.0L));
    REQUIRE(std::fabs(static_cast<double>(normal::cumulative(x) / exact - 1)) < 1e-15);
    const long double bell = std::exp(-0.5L * x * x) /
                             std::sqrt(2.0L * 3.14159265358979323846264338327950288L);
    REQUIRE(std::fabs(static_cast<double>(normal::density(x) / bell - 1)) < 1e-15);
  }
  CHECK(normal::cumulative(-infinity) == 0);
  CHECK(normal::cumulative(infinity) == 1);
}

TEST_CASE("a column of quantiles has the bits of its single values", "[study][distributions]") {
  const std::vector<double> u = levels();
  for (const Law& of : std::vector<Law>{Normal{3, 2}, Pert{1, 2, 7}, TruncatedNormal{0, 1, 2, 3},
                                        Lognormal{0, 1}, Triangular{0, 1, 5}}) {
    const Distribution distribution = law(of);
    std::vector<double> column(u.size());
    distribution.quantile(u, column);
    for (std::size_t i = 0; i < u.size(); ++i) REQUIRE(column[i] == distribution.quantile(u[i]));
  }
}

TEST_CASE("quantiles agree with Boost.Math", "[study][distributions]") {
  check_quantiles(Normal{20, 3}, boost::math::normal(20, 3), 1e-14);
  check_quantiles(Lognormal{0.5, 0.25}, boost::math::lognormal(0.5, 0.25), 1e-13);
  check_quantiles(Triangular{1, 2, 4}, boost::math::triangular(1, 2, 4), 1e-12);
  check_quantiles(Triangular{1, 1, 4}, boost::math::triangular(1, 1, 4), 1e-12);
}

TEST_CASE("PERT is the beta law: the probability below its quantile is the level",
          "[study][distributions]") {
  for (const double mode : {0.0, 0.02, 0.25, 0.5, 0.9, 1.0}) {
    const Distribution distribution = law(Pert{0, mode, 1});
    const boost::math::beta_distribution<> reference(1 + 4 * mode, 5 - 4 * mode);
    for (const double u : levels()) {
      CAPTURE(mode, u);
      REQUIRE(boost::math::cdf(reference, distribution.quantile(u)) ==
              Approx(u).epsilon(1e-6).margin(1e-10));
    }
  }
}

TEST_CASE("mean, variance and support are those of the values drawn", "[study][distributions]") {
  check_moments(Uniform{-2, 5}, 1e-4);
  check_moments(Triangular{1, 4, 4}, 1e-4);
  check_moments(Pert{180, 200, 240}, 1e-4);
  check_moments(Normal{80, 5}, 1e-3);
  check_moments(TruncatedNormal{80, 5, 75, 100}, 1e-4);
  check_moments(TruncatedNormal{80, 5, 100, 120}, 1e-3);  // four deviations above the mean
  check_moments(TruncatedNormal{80, 5, -infinity, 60}, 1e-3);
  check_moments(Lognormal{1, 0.3}, 1e-2);
  check_moments(Discrete{{3, 1, 2}, {1, 2, 1}}, 1e-4);
  check_moments(Empirical{{5, 5, 9, 1}}, 1e-4);
  CHECK(law(Constant{7}).quantile(0.3) == 7);
  CHECK(law(Constant{7}).variance() == 0);
}

TEST_CASE("discrete values come with their weights; a weight of 0 never comes",
          "[study][distributions]") {
  const Distribution distribution = law(Discrete{{30, 10, 20}, {1, 3, 0}});
  CHECK(distribution.quantile(0.7499) == 10);
  CHECK(distribution.quantile(0.7501) == 30);
  CHECK(distribution.support().high == 30);
}

TEST_CASE("Student's quantiles agree with Boost.Math", "[study][distributions]") {
  for (const std::size_t freedom : {2, 3, 7, 31, 200}) {
    for (const double u : {0.025, 0.9, 0.975, 0.995}) {
      const boost::math::students_t reference(static_cast<double>(freedom));
      CHECK(student_quantile(u, freedom) ==
            Approx(boost::math::quantile(reference, u)).epsilon(1e-6));
    }
  }
}

TEST_CASE("wrong parameters are told apart", "[study][distributions]") {
  CHECK(refused_law(Uniform{5, 3}) ==
        "days follows uniform(5, 3), but the range is upside down: 5 is over 3 / swap the ends: "
        "uniform(3, 5)");
  CHECK(refused_law(Uniform{5, 5}).find("constant(5)") != std::string::npos);
  CHECK(refused_law(Triangular{1, 9, 4}).find("the mode 9 lies outside 1..4") != std::string::npos);
  CHECK(refused_law(Pert{1, 0, 4}).find("the mode 0 lies outside 1..4") != std::string::npos);
  CHECK(refused_law(Normal{1, 0}).find("the deviation is 0, it must be above 0") !=
        std::string::npos);
  CHECK(refused_law(Lognormal{1, -2}).find("write 2") != std::string::npos);
  CHECK(refused_law(Lognormal{400, 1}).find("outgrow") != std::string::npos);
  CHECK(refused_law(Normal{std::nan(""), 1}).find("not a finite number") != std::string::npos);
  CHECK(refused_law(TruncatedNormal{0, 1, 3, 2}).find("upside down") != std::string::npos);
  CHECK(refused_law(TruncatedNormal{0, 1, 50, 60}).find("no probability") != std::string::npos);
  CHECK(refused_law(Discrete{{1, 2}, {1}}).find("2 values and 1 weights") != std::string::npos);
  CHECK(refused_law(Discrete{{1, 2}, {0, 0}}).find("add up to 0") != std::string::npos);
  CHECK(refused_law(Discrete{{1, 1}, {1, 1}}).find("stands there twice") != std::string::npos);
  CHECK(refused_law(Empirical{{}}).find("no values") != std::string::npos);
  CHECK(refused_law(Normal{95, 3}, {0, 100}) ==
        "days follows normal(95, 3), whose values reach from -inf to inf, outside the allowed "
        "0..100 / truncate it: "
        "normal(95, 3, 0, 100)");
  CHECK(refused_law(Uniform{50, 101}, {0, 100}).find("outside the allowed 0..100") !=
        std::string::npos);
}
