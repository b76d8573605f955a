#include "weights/data_weights.hpp"

#ifndef EIGEN_DONT_VECTORIZE
#define EIGEN_DONT_VECTORIZE
#endif
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"

namespace jixiao::weights {
namespace {

std::vector<double> means_of(const Scores& scores) {
  std::vector<double> out(scores.columns, 0.0);
  for (std::size_t i = 0; i < scores.rows; ++i) {
    for (std::size_t j = 0; j < scores.columns; ++j) out[j] += scores.at(i, j);
  }
  for (double& mean : out) mean /= static_cast<double>(scores.rows);
  return out;
}

// Row by row; n - 1 in the denominator.
std::vector<double> covariances(const Scores& scores) {
  const std::vector<double> means = means_of(scores);
  const std::size_t m = scores.columns;
  std::vector<double> out(m * m, 0.0);
  for (std::size_t i = 0; i < scores.rows; ++i) {
    for (std::size_t j = 0; j < m; ++j) {
      const double apart = scores.at(i, j) - means[j];
      for (std::size_t k = 0; k <= j; ++k) out[j * m + k] += apart * (scores.at(i, k) - means[k]);
    }
  }
  for (std::size_t j = 0; j < m; ++j) {
    for (std::size_t k = 0; k <= j; ++k) {
      out[j * m + k] /= static_cast<double>(scores.rows - 1);
      out[k * m + j] = out[j * m + k];
    }
  }
  return out;
}

std::vector<double> as_shares(std::vector<double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  for (double& value : values) value /= sum;
  return values;
}

}  // namespace

std::vector<double> standard_deviations(const Scores& scores) {
  const std::vector<double> all = covariances(scores);
  std::vector<double> out;
  for (std::size_t j = 0; j < scores.columns; ++j)
    out.push_back(std::sqrt(all[j * scores.columns + j]));
  return out;
}

std::vector<double> correlations(const Scores& scores) {
  const std::size_t m = scores.columns;
  const std::vector<double> deviations = standard_deviations(scores);
  std::vector<double> out = covariances(scores);
  for (std::size_t j = 0; j < m; ++j) {
    for (std::size_t k = 0; k < m; ++k) {
      const double r = out[j * m + k] / (deviations[j] * deviations[k]);
      out[j * m + k] = j == k ? 1.0 : std::clamp(r, -1.0, 1.0);
    }
  }
  return out;
}

double cronbach_alpha(const Scores& scores) {
  const std::size_t m = scores.columns;
  const std::vector<double> all = covariances(scores);
  double own = 0;
  double sum = 0;
  for (std::size_t j = 0; j < m; ++j) {
    own += all[j * m + j];
    for (std::size_t k = 0; k < m; ++k) sum += all[j * m + k];
  }
  const auto count = static_cast<double>(m);
  return count / (count - 1.0) * (1.0 - own / sum);
}

std::vector<double> variance_parts(const Scores& scores, std::span<const double> weights) {
  const std::size_t m = scores.columns;
  const std::vector<double> all = covariances(scores);
  std::vector<double> out(m, 0.0);
  for (std::size_t j = 0; j < m; ++j) {
    for (std::size_t k = 0; k < m; ++k) out[j] += weights[j] * weights[k] * all[j * m + k];
  }
  return as_shares(std::move(out));
}

std::vector<double> deviation_weights(const Scores& scores) {
  return as_shares(standard_deviations(scores));
}

std::vector<double> entropy_weights(const Scores& scores) {
  const double whole = numeric::elementary::ln(static_cast<double>(scores.rows));
  std::vector<double> out;
  for (std::size_t j = 0; j < scores.columns; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < scores.rows; ++i) sum += scores.at(i, j);
    double entropy = 0;
    for (std::size_t i = 0; i < scores.rows; ++i) {
      const double share = scores.at(i, j) / sum;
      if (share > 0) entropy -= share * numeric::elementary::ln(share);
    }
    out.push_back(std::max(0.0, 1.0 - entropy / whole));
  }
  return as_shares(std::move(out));
}

std::vector<double> critic_weights(const Scores& scores) {
  const std::size_t m = scores.columns;
  const std::vector<double> related = correlations(scores);
  std::vector<double> out = standard_deviations(scores);
  for (std::size_t j = 0; j < m; ++j) {
    double conflict = 0;
    for (std::size_t k = 0; k < m; ++k) conflict += 1.0 - related[j * m + k];
    out[j] *= conflict;
  }
  return as_shares(std::move(out));
}

PrincipalComponents principal_components(const Scores& scores) {
  using Eigen::Index;
  const std::size_t m = scores.columns;
  const std::vector<double> related = correlations(scores);
  Eigen::MatrixXd matrix(static_cast<Index>(m), static_cast<Index>(m));
  for (std::size_t j = 0; j < m; ++j) {
    for (std::size_t k = 0; k < m; ++k)
      matrix(static_cast<Index>(j), static_cast<Index>(k)) = related[j * m + k];
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  PrincipalComponents out;
  std::vector<double> squares(m, 0.0);
  for (std::size_t c = 0; c < m; ++c) {
    const auto at = static_cast<Index>(m - 1 - c);  // the solver has the least first
    const double value = std::max(0.0, solver.eigenvalues()(at));
    out.explained.push_back(value / static_cast<double>(m));
    if (c > 0 && !(value > 1.0)) continue;
    ++out.kept;
    std::vector<double> loadings;
    double largest = 0;
    for (std::size_t j = 0; j < m; ++j) {
      const double loading = solver.eigenvectors()(static_cast<Index>(j), at) * std::sqrt(value);
      loadings.push_back(loading);
      squares[j] += loading * loading;
      if (std::fabs(loading) > std::fabs(largest) + 1e-12) largest = loading;
    }
    for (const double loading : loadings) out.loadings.push_back(largest < 0 ? -loading : loading);
  }
  out.weights = as_shares(std::move(squares));
  return out;
}

}  // namespace jixiao::weights
