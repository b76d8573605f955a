// Weights from pairwise comparisons (analytic hierarchy process): the principal eigenvector of a
// judge's matrix, the means of its rows, and how far its judgements contradict each other.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace jixiao::weights {

// The most things one matrix may compare: random indices are known up to here.
inline constexpr std::size_t most_compared = 10;
// Saaty's limit of the consistency ratio.
inline constexpr double most_inconsistent = 0.1;

// The mean consistency index of random reciprocal matrices of 1 to `most_compared` rows (Saaty
// 1980, as printed in most manuals: 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49).
double random_index(std::size_t size);

struct ComparedWeights {
  std::vector<double> eigenvector;  // of the largest eigenvalue; adds up to 1
  std::vector<double> row_means;    // geometric means of the rows; add up to 1
  double largest_eigenvalue = 0;    // lambda max, never below the number of rows
  double consistency_index = 0;     // (lambda max - n) / (n - 1)
  double consistency_ratio = 0;     // index over random index; 0 for one or two rows
};
// Of a matrix of `size` rows, row by row. The bits are the same on every processor.
// Requires: size is 1 to most_compared; entries are above 0 and reciprocal, 1 along the diagonal.
ComparedWeights compare_pairs(std::span<const double> matrix, std::size_t size);

// Judges' matrices as one: the geometric mean entry by entry, which is reciprocal again.
// Requires: at least one matrix; all of `size` rows.
std::vector<double> joined_judgements(std::span<const std::vector<double>> judges,
                                      std::size_t size);

// The judgement that, put as the others imply it, lowers the consistency ratio most.
struct WorstJudgement {
  std::size_t row = 0, column = 0;  // row < column
  std::size_t witness = 0;          // the third thing that contradicts it most
  double implied = 0;               // through the witness
  double better = 0;                // on the scale 1/9, 1/8 ... 1 ... 8, 9: what the others imply
  double ratio_then = 0;            // the consistency ratio with `better` in its place
};
// Requires: as compare_pairs, and at least three rows.
WorstJudgement worst_judgement(std::span<const double> matrix, std::size_t size);

}  // namespace jixiao::weights
