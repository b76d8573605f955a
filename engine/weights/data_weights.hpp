// Weights from data: what a table of scores says about how its columns should weigh.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace jixiao::weights {

// Scores of `rows` projects by `columns` indicators, row by row; each from 0 (nothing) to 1 (full).
struct Scores {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return values[row * columns + column];
  }
};

// One per column; n - 1 in the denominator. Requires: at least two rows.
std::vector<double> standard_deviations(const Scores& scores);
// Pearson's, row by row, 1 along the diagonal. Requires: no constant column.
std::vector<double> correlations(const Scores& scores);
// Cronbach's alpha of the columns as they are; above 1/2 columns measure much the same.
// Requires: at least two columns, a sum that is not constant.
double cronbach_alpha(const Scores& scores);
// The part of the variance of the weighted sum that each column brings: w cov(x, sum) / var(sum);
// they add up to 1, and one may be negative.
std::vector<double> variance_parts(const Scores& scores, std::span<const double> weights);

// All of these add up to 1, and need no constant column.
std::vector<double> deviation_weights(const Scores& scores);  // as the standard deviations
// Shannon's entropy of each column's shares: what is spread unevenly weighs more. Scores are not
// negative.
std::vector<double> entropy_weights(const Scores& scores);
// CRITIC (Diakoulaki, Mavrotas, Papayannakis 1995): standard deviation times the sum of 1 - r to
// the other columns.
std::vector<double> critic_weights(const Scores& scores);

struct PrincipalComponents {
  std::vector<double> weights;    // sum of squared loadings on the kept components, as shares
  std::vector<double> explained;  // part of all variance that each component explains, most first
  std::size_t kept = 0;           // those with an eigenvalue above 1, one at least
  std::vector<double> loadings;   // [kept component][column]; the largest of each is positive
};
// Of the correlations.
PrincipalComponents principal_components(const Scores& scores);

}  // namespace jixiao::weights
