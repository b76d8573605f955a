#include "weights/data_weights.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace jixiao;

namespace {

weights::Scores drawn(std::size_t rows, std::size_t columns, unsigned seed) {
  std::mt19937_64 random(seed);
  weights::Scores out{rows, columns, {}};
  for (std::size_t i = 0; i < rows * columns; ++i)
    out.values.push_back(static_cast<double>(random() % 1001) / 1000.0);
  return out;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

TEST_CASE("weights from data add up to 1 and follow the order of columns", "[weights]") {
  for (unsigned seed = 1; seed < 30; ++seed) {
    const auto scores = drawn(20, 5, seed);
    weights::Scores turned = scores;
    for (std::size_t i = 0; i < 20; ++i) {
      for (std::size_t j = 0; j < 5; ++j) turned.values[i * 5 + j] = scores.at(i, 4 - j);
    }
    for (const auto method :
         {weights::deviation_weights, weights::entropy_weights, weights::critic_weights,
          +[](const weights::Scores& s) { return weights::principal_components(s).weights; }}) {
      const auto found = method(scores);
      const auto back = method(turned);
      CHECK(sum_of(found) == Approx(1).epsilon(1e-14));
      for (std::size_t j = 0; j < 5; ++j) CHECK(found[j] == Approx(back[4 - j]).epsilon(1e-9));
    }
    CHECK(sum_of(weights::principal_components(scores).explained) == Approx(1).epsilon(1e-12));
    CHECK(sum_of(weights::variance_parts(scores, std::vector<double>{1, 2, 3, 4, 5})) ==
          Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("weights of three rows worked by hand", "[weights]") {
  // Columns 0 0.5 1 and 1 1 0: deviations 1/2 and 1/sqrt(3); r = -sqrt(3)/2.
  const weights::Scores scores{3, 2, {0, 1, 0.5, 1, 1, 0}};
  const auto deviations = weights::standard_deviations(scores);
  CHECK(deviations[0] == Approx(0.5));
  CHECK(deviations[1] == Approx(1 / std::sqrt(3.0)));
  CHECK(weights::correlations(scores)[1] == Approx(-std::sqrt(3.0) / 2));
  // Both have the same conflict, so CRITIC is the deviations here.
  CHECK(weights::critic_weights(scores)[0] ==
        Approx(0.5 / (0.5 + 1 / std::sqrt(3.0))).epsilon(1e-12));
  // Entropy of (0, 1/3, 2/3) and of (1/2, 1/2, 0), by ln 3.
  const double first = 1 - (std::log(3.0) - 2.0 / 3 * std::log(2.0)) / std::log(3.0);
  const double second = 1 - std::log(2.0) / std::log(3.0);
  CHECK(weights::entropy_weights(scores)[0] == Approx(first / (first + second)).epsilon(1e-12));
  // Variances 1/4 and 1/3, covariance -1/4: alpha = 2 (1 - (7/12) / (1/12)) = -12.
  CHECK(weights::cronbach_alpha(scores) == Approx(-12));
  // Eigenvalues of the correlations: 1 + sqrt(3)/2 and 1 - sqrt(3)/2.
  const auto parts = weights::principal_components(scores);
  CHECK(parts.kept == 1);
  CHECK(parts.explained[0] == Approx((1 + std::sqrt(3.0) / 2) / 2));
  CHECK(parts.weights[0] == Approx(0.5));
}
