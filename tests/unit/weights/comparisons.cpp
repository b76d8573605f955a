#include "weights/comparisons.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>

using namespace jixiao;

namespace {

std::vector<double> of_weights(const std::vector<double>& weights) {
  std::vector<double> out;
  for (const double a : weights) {
    for (const double b : weights) out.push_back(a / b);
  }
  return out;
}

}  // namespace

TEST_CASE("weights of three criteria of a restaurant, as published", "[weights]") {
  // Criteria price, decoration, dishes: weights 0.1007, 0.2255, 0.6738; lambda max 3.0858, index
  // 0.0429, ratio 0.0739 (R. Lee, lecture page on the analytic hierarchy process,
  // sites.google.com/site/richchihlee).
  const std::vector<double> matrix{1, 1.0 / 3, 1.0 / 5, 3, 1, 1.0 / 4, 5, 4, 1};
  const auto found = weights::compare_pairs(matrix, 3);
  const std::vector<double> printed{0.1007, 0.2255, 0.6738};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(found.eigenvector[i] == Approx(printed[i]).margin(5e-5));
    CHECK(found.row_means[i] == Approx(printed[i]).margin(5e-5));
  }
  CHECK(found.largest_eigenvalue == Approx(3.0858).margin(5e-5));
  CHECK(found.consistency_index == Approx(0.0429).margin(5e-5));
  CHECK(found.consistency_ratio == Approx(0.0739).margin(1e-4));
}

TEST_CASE("a consistent matrix returns its weights to 1e-12", "[weights]") {
  std::mt19937_64 random(7);
  for (std::size_t size = 1; size <= weights::most_compared; ++size) {
    for (int round = 0; round < 50; ++round) {
      std::vector<double> own(size);
      double sum = 0;
      for (double& weight : own) {
        weight = 1.0 + static_cast<double>(random() % 8000) / 1000.0;
        sum += weight;
      }
      const auto found = weights::compare_pairs(of_weights(own), size);
      for (std::size_t i = 0; i < size; ++i) {
        CHECK(found.eigenvector[i] == Approx(own[i] / sum).epsilon(0).margin(1e-12));
        CHECK(found.row_means[i] == Approx(own[i] / sum).epsilon(0).margin(1e-12));
      }
      CHECK(found.consistency_ratio < 1e-12);
    }
  }
}

TEST_CASE("judges are joined by the geometric mean", "[weights]") {
  const std::vector<std::vector<double>> judges{{1, 2, 0.5, 1}, {1, 8, 0.125, 1}};
  const auto joined = weights::joined_judgements(judges, 2);
  CHECK(joined[1] == Approx(4).epsilon(1e-15));
  CHECK(joined[2] == Approx(0.25).epsilon(1e-15));
  // Weights of consistent judges are the geometric mean of theirs, and so is the matrix consistent.
  const std::vector<std::vector<double>> two{of_weights({4, 2, 1}), of_weights({1, 2, 1})};
  CHECK(weights::compare_pairs(weights::joined_judgements(two, 3), 3).consistency_ratio < 1e-12);
}

TEST_CASE("the judgement that was turned round is found", "[weights]") {
  // Of every pair of five things in turn, wherever the weights are well apart.
  const std::vector<double> own{8, 5, 3, 2, 1};
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = i + 1; j < 5; ++j) {
      auto matrix = of_weights(own);
      std::swap(matrix[i * 5 + j], matrix[j * 5 + i]);
      const auto worst = weights::worst_judgement(matrix, 5);
      CHECK(worst.row == i);
      CHECK(worst.column == j);
      CHECK(worst.better >= 1);
      CHECK(worst.ratio_then < weights::compare_pairs(matrix, 5).consistency_ratio);
    }
  }
}

TEST_CASE("weights of comparisons have the same bits on every processor", "[weights]") {
  const std::vector<double> matrix{1,       3,       5, 7, 1.0 / 3, 1,       2,       4,
                                   1.0 / 5, 1.0 / 2, 1, 2, 1.0 / 7, 1.0 / 4, 1.0 / 2, 1};
  const auto found = weights::compare_pairs(matrix, 4);
  std::uint64_t hash = 14695981039346656037U;
  const auto add = [&](double value) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(value)) * 1099511628211U;
  };
  for (const double value : found.eigenvector) add(value);
  for (const double value : found.row_means) add(value);
  add(found.largest_eigenvalue);
  CHECK(hash == 0x148514e50214a1c5U);
}
