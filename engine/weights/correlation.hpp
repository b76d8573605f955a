// Correlation matrices: whether one can hold, its Cholesky factor, and the nearest one that can.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace jixiao::weights {

// The lower Cholesky factor of a symmetric matrix of `size` rows, both row by row; nothing when the
// matrix is not positive definite (its smallest pivot must exceed 1e-12).
// Requires: `matrix` holds size * size finite numbers.
std::optional<std::vector<double>> cholesky_factor(std::span<const double> matrix,
                                                   std::size_t size);

// The row at which the matrix stops being positive definite: its leading rows before that one hold
// together. `size` when all do.
std::size_t first_row_that_fails(std::span<const double> matrix, std::size_t size);

// The correlation matrix nearest to a symmetric one with 1 along the diagonal (the least sum of
// squared differences), with entries of as few decimals as still make it positive definite, two at
// least. A matrix that is positive definite is returned as it is.
std::vector<double> nearest_correlations(std::span<const double> matrix, std::size_t size);

}  // namespace jixiao::weights
