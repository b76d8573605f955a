#include "weights/correlation.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace jixiao;

namespace {

// `size` inputs of which any two have the correlation `r`.
std::vector<double> all_alike(std::size_t size, double r) {
  std::vector<double> out(size * size, r);
  for (std::size_t i = 0; i < size; ++i) out[i * size + i] = 1.0;
  return out;
}

}  // namespace

TEST_CASE("the factor times its transpose is the matrix", "[weights]") {
  const std::vector<double> matrix{1, 0.5, -0.2, 0.5, 1, 0.3, -0.2, 0.3, 1};
  const auto lower = weights::cholesky_factor(matrix, 3);
  REQUIRE(lower);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) sum += (*lower)[i * 3 + k] * (*lower)[j * 3 + k];
      CHECK(sum == Approx(matrix[i * 3 + j]).margin(1e-15));
      if (j > i) CHECK((*lower)[i * 3 + j] == 0.0);
    }
  }
  CHECK(weights::first_row_that_fails(matrix, 3) == 3);
  CHECK(weights::nearest_correlations(matrix, 3) == matrix);
}

TEST_CASE("three inputs cannot all be opposed: the nearest that can hold is -1/2", "[weights]") {
  const auto matrix = all_alike(3, -0.9);
  CHECK_FALSE(weights::cholesky_factor(matrix, 3));
  CHECK(weights::first_row_that_fails(matrix, 3) == 2);
  const auto nearest = weights::nearest_correlations(matrix, 3);
  REQUIRE(weights::cholesky_factor(nearest, 3));
  // By symmetry all three stay alike; -1/2 is the limit, where the matrix is singular.
  for (std::size_t i = 0; i < 9; ++i) {
    CHECK(nearest[i] == Approx(i % 4 == 0 ? 1.0 : -0.5).margin(0.011));
  }
}

TEST_CASE("Higham's example: the nearest of {1 1 0, 1 1 1, 0 1 1}", "[weights]") {
  // IMA J. Numer. Anal. 22 (2002), p. 334: 0.7607 and 0.1573.
  const std::vector<double> matrix{1, 1, 0, 1, 1, 1, 0, 1, 1};
  const auto nearest = weights::nearest_correlations(matrix, 3);
  REQUIRE(weights::cholesky_factor(nearest, 3));
  CHECK(nearest[1] == Approx(0.7607).margin(0.011));
  CHECK(nearest[2] == Approx(0.1573).margin(0.011));
  CHECK(nearest[5] == nearest[1]);
}

TEST_CASE("what is offered holds, is symmetric, and is nearer than giving up", "[weights]") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> entry(-1, 1);
  int refused = 0;
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 2 + round % 6;
    auto matrix = all_alike(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) matrix[i * n + j] = matrix[j * n + i] = entry(random);
    }
    if (weights::cholesky_factor(matrix, n)) continue;
    ++refused;
    const auto nearest = weights::nearest_correlations(matrix, n);
    REQUIRE(weights::cholesky_factor(nearest, n));
    double moved = 0, given_up = 0;
    for (std::size_t i = 0; i < n; ++i) {
      CHECK(nearest[i * n + i] == 1.0);
      for (std::size_t j = 0; j < n; ++j) {
        CHECK(nearest[i * n + j] == nearest[j * n + i]);
        moved += std::pow(nearest[i * n + j] - matrix[i * n + j], 2);
        if (i != j) given_up += std::pow(matrix[i * n + j], 2);
      }
    }
    CHECK(moved < given_up);
  }
  CHECK(refused > 50);
}
