// Correlated inputs and weights that add up.
#include <catch2/catch.hpp>
#include <cmath>

#include "sampling/monte_carlo.hpp"
#include "test_functions.hpp"

using namespace jixiao;
using namespace jixiao::numeric;
using namespace jixiao::sampling;

namespace {

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const Moments of_x = moments(x), of_y = moments(y);
  double sum_of_products = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    sum_of_products += (x[i] - of_x.mean) * (y[i] - of_y.mean);
  return sum_of_products / (static_cast<double>(x.size() - 1) * of_x.deviation * of_y.deviation);
}

std::string refused_matrix(std::vector<double> matrix, const std::vector<std::string>& names) {
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(Copula::make(matrix, names, {}, diagnostics));
  REQUIRE(diagnostics.size() == 1);
  return diagnostics[0].message.en;
}

}  // namespace

TEST_CASE("correlated normals have the wanted correlations and keep their own laws",
          "[study][dependence]") {
  const std::vector<double> wanted = {1, 0.7, -0.3, 0.7, 1, 0.1, -0.3, 0.1, 1};
  std::vector<Diagnostic> diagnostics;
  Inputs inputs(
      {{"x1", law(Normal{10, 2})}, {"x2", law(Normal{0, 1})}, {"x3", law(Normal{-5, 3})}});
  inputs.correlate(Copula::make(wanted, {"x1", "x2", "x3"}, {}, diagnostics).value());
  const auto model = model_of(3, {"x1", "x2", "x3"});
  const MonteCarlo study(*model, inputs, {1, 100000});
  const Records records = run(study, {2});
  std::vector<std::vector<double>> x;
  for (std::size_t i = 0; i < 3; ++i) x.push_back(study.values(records, i));
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < i; ++j)
      CHECK(correlation(x[i], x[j]) == Approx(wanted[3 * i + j]).margin(0.01));
    CHECK(moments(x[i]).mean == Approx(inputs[i].distribution.mean()).margin(0.04));
    CHECK(moments(x[i]).deviation ==
          Approx(std::sqrt(inputs[i].distribution.variance())).epsilon(0.01));
  }
  CHECK_FALSE(inputs.require_independent("Sobol", {}, diagnostics));
}

TEST_CASE("what is no correlation matrix is told why", "[study][dependence]") {
  CHECK(refused_matrix({1, 0.5, 0.4, 1}, {"a", "b"}) ==
        "the correlations are not symmetric: a and b have 0.5 in one place and 0.4 in the other");
  CHECK(refused_matrix({1, 0.5, 0.5, 2}, {"a", "b"}) ==
        "b has the correlation 2 with itself, it must be 1");
  CHECK(refused_matrix({1, 1.5, 1.5, 1}, {"a", "b"}) ==
        "a and b have the correlation 1.5, it must lie in -1..1");
  CHECK(refused_matrix({1, 0.5}, {"a", "b"}) ==
        "the correlations of 2 inputs are 4 numbers, not 2");
  CHECK(refused_matrix({1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1}, {"a", "b", "c"}) ==
        "these correlations cannot hold together: the matrix stops being positive definite at c");
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(Copula::make(std::vector<double>{1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1},
                           {"a", "b", "c"}, {}, diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].help.en ==
        "the nearest that can hold: a and b 0.49 instead of 0.9, a and c -0.49 instead of -0.9, b "
        "and c 0.49 instead of 0.9; or compute the whole matrix from data");
}

TEST_CASE("Dirichlet weights have their means and variances and add up", "[study][dependence]") {
  for (const auto& a : std::vector<std::vector<double>>{{1, 1, 1}, {0.3, 2, 5}}) {
    std::vector<Diagnostic> diagnostics;
    const Simplex simplex = Simplex::dirichlet(a, 90, {}, diagnostics).value();
    const Stream stream(3, Purpose::weights);
    const double all = a[0] + a[1] + a[2];
    std::vector<std::vector<double>> drawn(3, std::vector<double>(20000));
    for (std::size_t s = 0; s < 20000; ++s) {
      double w[3];
      simplex.draw(stream, s, 0, w);
      REQUIRE(w[0] + w[1] + w[2] == Approx(90).epsilon(1e-14));
      for (std::size_t i = 0; i < 3; ++i) drawn[i][s] = w[i];
    }
    for (std::size_t i = 0; i < 3; ++i) {
      const double part = a[i] / all;
      CHECK(moments(drawn[i]).mean == Approx(90 * part).margin(0.6));
      CHECK(moments(drawn[i]).deviation ==
            Approx(90 * std::sqrt(part * (1 - part) / (all + 1))).epsilon(0.03));
    }
  }
}

TEST_CASE("weights in ranges stay there, whatever the method", "[study][dependence]") {
  std::vector<Diagnostic> diagnostics;
  const Simplex wide = Simplex::in_ranges({40, 20, 0}, {60, 40, 20}, 90, {}, diagnostics).value();
  CHECK(wide.method() == Simplex::Method::rejection);
  const Simplex narrow = Simplex::in_ranges(std::vector<double>(12, 5), std::vector<double>(12, 8),
                                            90, {}, diagnostics)
                             .value();
  CHECK(narrow.method() == Simplex::Method::exchange);
  const Stream stream(4, Purpose::weights);
  for (const Simplex* simplex : {&wide, &narrow}) {
    std::vector<double> w(simplex->parts()), mean(simplex->parts());
    for (std::size_t s = 0; s < 2000; ++s) {
      simplex->draw(stream, s, 0, w);
      REQUIRE(sum(w) == Approx(90).epsilon(1e-13));
      for (std::size_t i = 0; i < w.size(); ++i) {
        REQUIRE((w[i] >= (simplex == &wide ? std::vector<double>{40, 20, 0}[i] : 5.0)));
        REQUIRE((w[i] <= (simplex == &wide ? std::vector<double>{60, 40, 20}[i] : 8.0)));
        mean[i] += w[i] / 2000;
      }
    }
    for (const double m : mean) CHECK(m == Approx(simplex == &wide ? m : 7.5).margin(0.1));
  }
  CHECK_FALSE(Simplex::in_ranges({50, 50}, {60, 60}, 90, {}, diagnostics));
  CHECK(diagnostics.back().message.en == "weights in these ranges add up to 100..120, never to 90");
}

TEST_CASE("both ways of drawing in ranges give one law", "[study][dependence]") {
  // Inclusion and exclusion: two of three parts capped at a half leave 1 - 3/4 = 1/4 of the
  // triangle with all three capped.
  CHECK(chance_below(std::vector<double>{0.5, 0.5, 0.5}) == Approx(0.25));
  std::vector<Diagnostic> diagnostics;
  // Rejection at one chance in four, and Gibbs on the same ranges widened with parts that are
  // fixed.
  const Simplex rejection =
      Simplex::in_ranges({0, 0, 0}, {0.5, 0.4, 0.6}, 1, {}, diagnostics).value();
  std::vector<double> lows(17, 0.0), highs(17, 0.0);
  highs[0] = 0.5, highs[1] = 0.4, highs[2] = 0.6;
  const Simplex exchange = Simplex::in_ranges(lows, highs, 1, {}, diagnostics).value();
  REQUIRE(exchange.method() == Simplex::Method::exchange);
  const Stream stream(9, Purpose::weights);
  std::vector<double> by_rejection(20000), by_exchange(20000);
  for (std::size_t s = 0; s < 20000; ++s) {
    double w[3];
    rejection.draw(stream, s, 0, w);
    by_rejection[s] = w[0];
    double v[17];
    exchange.draw(stream, s, 0, v);
    by_exchange[s] = v[0];
  }
  const double at[] = {0.1, 0.5, 0.9};
  const auto a = quantiles(by_rejection, at), b = quantiles(by_exchange, at);
  for (std::size_t i = 0; i < 3; ++i) CHECK(a[i].value == Approx(b[i].value).margin(0.01));
}
