#include "weights/correlation.hpp"

// Plain loops: few rows, and half the time to compile. The same bits on every instruction set.
#ifndef EIGEN_DONT_VECTORIZE
#define EIGEN_DONT_VECTORIZE
#endif
#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>

namespace jixiao::weights {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr double least_pivot = 1e-12;
constexpr int most_projections = 500;
constexpr double settled = 1e-10;

// The leading `rows` rows and columns of a matrix of `size` rows.
MatrixXd leading(std::span<const double> matrix, std::size_t size, std::size_t rows) {
  MatrixXd out(rows, rows);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < rows; ++j)
      out(static_cast<Index>(i), static_cast<Index>(j)) = matrix[i * size + j];
  }
  return out;
}

std::vector<double> row_by_row(const MatrixXd& matrix) {
  std::vector<double> out;
  for (Index i = 0; i < matrix.rows(); ++i) {
    for (Index j = 0; j < matrix.cols(); ++j) out.push_back(matrix(i, j));
  }
  return out;
}

// The lower triangle, zeros above it.
std::optional<MatrixXd> factor_of(const MatrixXd& matrix) {
  const Eigen::LLT<MatrixXd> cholesky(matrix);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  MatrixXd lower = cholesky.matrixLLT();
  for (Index i = 0; i < lower.rows(); ++i) {
    if (!(lower(i, i) * lower(i, i) > least_pivot)) return std::nullopt;
    for (Index j = i + 1; j < lower.cols(); ++j) lower(i, j) = 0.0;
  }
  return lower;
}

// The nearest matrix without negative eigenvalues.
MatrixXd without_negative_part(const MatrixXd& matrix) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(matrix);
  const MatrixXd& vectors = solver.eigenvectors();
  MatrixXd out = MatrixXd::Zero(matrix.rows(), matrix.cols());
  for (Index k = 0; k < matrix.rows(); ++k) {
    const double value = solver.eigenvalues()(k);
    if (value <= 0.0) continue;
    for (Index i = 0; i < out.rows(); ++i) {
      for (Index j = 0; j <= i; ++j) out(i, j) += value * vectors(i, k) * vectors(j, k);
    }
  }
  for (Index i = 0; i < out.rows(); ++i) {
    for (Index j = 0; j < i; ++j) out(j, i) = out(i, j);
  }
  return out;
}

// Higham's alternating projections with Dykstra's correction (IMA J. Numer. Anal. 22, 2002): onto
// the matrices without negative eigenvalues, and onto those with 1 along the diagonal.
MatrixXd nearest(const MatrixXd& matrix) {
  MatrixXd out = matrix;
  MatrixXd correction = MatrixXd::Zero(matrix.rows(), matrix.cols());
  for (int round = 0; round < most_projections; ++round) {
    const MatrixXd corrected = out - correction;
    out = without_negative_part(corrected);
    correction = out - corrected;
    double apart = 0.0;
    for (Index i = 0; i < out.rows(); ++i) {
      apart += std::fabs(out(i, i) - 1.0);
      out(i, i) = 1.0;
    }
    if (apart < settled) break;
  }
  return out;
}

// Drawn in by `share` of the way to no correlations at all, then rounded.
MatrixXd drawn_in(const MatrixXd& matrix, double share, int decimals) {
  const double scale = std::pow(10.0, decimals);
  MatrixXd out = matrix;
  for (Index i = 0; i < out.rows(); ++i) {
    for (Index j = 0; j < out.cols(); ++j) {
      if (i != j) out(i, j) = std::round((1.0 - share) * out(i, j) * scale) / scale;
    }
  }
  return out;
}

}  // namespace

std::optional<std::vector<double>> cholesky_factor(std::span<const double> matrix,
                                                   std::size_t size) {
  const auto lower = factor_of(leading(matrix, size, size));
  if (!lower) return std::nullopt;
  return row_by_row(*lower);
}

std::size_t first_row_that_fails(std::span<const double> matrix, std::size_t size) {
  for (std::size_t rows = 1; rows <= size; ++rows) {
    if (!factor_of(leading(matrix, size, rows))) return rows - 1;
  }
  return size;
}

std::vector<double> nearest_correlations(std::span<const double> matrix, std::size_t size) {
  MatrixXd out = leading(matrix, size, size);
  if (factor_of(out)) return row_by_row(out);
  const MatrixXd limit = nearest(out);
  // The nearest one lies on the edge of what can hold: it is drawn in a little, until it holds with
  // its numbers rounded.
  for (int decimals = 2; decimals <= 6; ++decimals) {
    for (int thousandths = 0; thousandths <= 50; ++thousandths) {
      out = drawn_in(limit, thousandths / 1000.0, decimals);
      if (factor_of(out)) return row_by_row(out);
    }
  }
  return row_by_row(out);
}

}  // namespace jixiao::weights
