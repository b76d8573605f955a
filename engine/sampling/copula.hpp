// Correlated inputs: a Gaussian copula.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "text/diagnostics.hpp"

namespace jixiao::sampling {

class Copula {
 public:
  // `correlations`: size x size, row by row, of the normal variables behind the inputs. Errors
  // (value.number, at `place`): not square, not symmetric, a diagonal other than 1, an entry
  // outside -1..1, or a matrix that is not positive definite (with the input at which it fails).
  // `names` are the inputs', for messages.
  static std::optional<Copula> make(std::span<const double> correlations,
                                    const std::vector<std::string>& names, const text::Place& place,
                                    std::vector<Diagnostic>& diagnostics);

  // Independent uniform columns become correlated uniform columns, in place.
  void apply(std::span<const std::span<double>> columns) const;
  // lower triangle, row by row, size x size
  [[nodiscard]] std::span<const double> factor() const { return factor_; }

 private:
  std::size_t size_ = 0;
  std::vector<double> factor_;
};

}  // namespace jixiao::sampling
