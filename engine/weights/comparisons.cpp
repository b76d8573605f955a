#include "weights/comparisons.hpp"

#ifndef EIGEN_DONT_VECTORIZE
#define EIGEN_DONT_VECTORIZE
#endif
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "numeric/elementary.hpp"

namespace jixiao::weights {
namespace {

void divide_by_sum(std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  for (double& value : values) value /= sum;
}

// The largest eigenvalue of a positive matrix is real, and so is its vector (Perron).
double principal_pair(std::span<const double> matrix, std::size_t size,
                      std::vector<double>& vector) {
  const auto rows = static_cast<Eigen::Index>(size);
  Eigen::MatrixXd dense(rows, rows);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j)
      dense(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = matrix[i * size + j];
  }
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(dense);
  Eigen::Index largest = 0;
  for (Eigen::Index k = 1; k < rows; ++k) {
    if (solver.eigenvalues()(k).real() > solver.eigenvalues()(largest).real()) largest = k;
  }
  const Eigen::MatrixXcd vectors = solver.eigenvectors();
  vector.clear();
  for (Eigen::Index i = 0; i < rows; ++i) vector.push_back(std::fabs(vectors(i, largest).real()));
  divide_by_sum(vector);
  return solver.eigenvalues()(largest).real();
}

std::vector<double> geometric_row_means(std::span<const double> matrix, std::size_t size) {
  std::vector<double> out;
  for (std::size_t i = 0; i < size; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < size; ++j) sum += numeric::elementary::ln(matrix[i * size + j]);
    out.push_back(numeric::elementary::exp(sum / static_cast<double>(size)));
  }
  divide_by_sum(out);
  return out;
}

// The nearest of 1/9 ... 9, by ratio.
double on_the_scale(double judgement) {
  double best = 1;
  for (int step = -8; step <= 8; ++step) {
    const double value = step < 0 ? 1.0 / (1 - step) : 1.0 + step;
    const auto distance = [&](double other) {
      return std::fabs(numeric::elementary::ln(judgement / other));
    };
    if (distance(value) < distance(best)) best = value;
  }
  return best;
}

}  // namespace

double random_index(std::size_t size) {
  static constexpr std::array<double, most_compared> indices{0,    0,    0.58, 0.90, 1.12,
                                                             1.24, 1.32, 1.41, 1.45, 1.49};
  return indices.at(size - 1);
}

ComparedWeights compare_pairs(std::span<const double> matrix, std::size_t size) {
  ComparedWeights out;
  const auto n = static_cast<double>(size);
  // No reciprocal matrix has less than n: what is below it is rounding.
  out.largest_eigenvalue = std::max(n, principal_pair(matrix, size, out.eigenvector));
  out.row_means = geometric_row_means(matrix, size);
  if (size < 2) return out;
  out.consistency_index = (out.largest_eigenvalue - n) / (n - 1.0);
  if (size > 2) out.consistency_ratio = out.consistency_index / random_index(size);
  return out;
}

std::vector<double> joined_judgements(std::span<const std::vector<double>> judges,
                                      std::size_t size) {
  if (judges.size() == 1) return judges.front();
  std::vector<double> out(size * size, 1.0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) {
      double sum = 0;
      for (const std::vector<double>& judge : judges)
        sum += numeric::elementary::ln(judge[i * size + j]);
      const double mean = numeric::elementary::exp(sum / static_cast<double>(judges.size()));
      out[i * size + j] = mean;
      out[j * size + i] = 1.0 / mean;
    }
  }
  return out;
}

WorstJudgement worst_judgement(std::span<const double> matrix, std::size_t size) {
  WorstJudgement out;
  out.ratio_then = std::numeric_limits<double>::infinity();
  std::vector<double> changed(matrix.begin(), matrix.end());
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) {
      double sum = 0;
      double farthest = -1;
      WorstJudgement one;
      one.row = i;
      one.column = j;
      for (std::size_t k = 0; k < size; ++k) {
        if (k == i || k == j) continue;
        const double implied = matrix[i * size + k] * matrix[k * size + j];
        sum += numeric::elementary::ln(implied);
        const double distance = std::fabs(numeric::elementary::ln(implied / matrix[i * size + j]));
        if (distance <= farthest) continue;
        farthest = distance;
        one.witness = k;
        one.implied = implied;
      }
      const double others = static_cast<double>(size - 2);
      one.better = on_the_scale(numeric::elementary::exp(sum / others));
      changed[i * size + j] = one.better;
      changed[j * size + i] = 1.0 / one.better;
      one.ratio_then = compare_pairs(changed, size).consistency_ratio;
      changed[i * size + j] = matrix[i * size + j];
      changed[j * size + i] = matrix[j * size + i];
      if (one.ratio_then < out.ratio_then) out = one;
    }
  }
  return out;
}

}  // namespace jixiao::weights
