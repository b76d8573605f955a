// The uncertain inputs of a study: a law each, and what binds them together.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sampling/copula.hpp"
#include "sampling/distribution.hpp"
#include "sampling/model.hpp"
#include "sampling/simplex.hpp"

namespace jixiao::sampling {

struct Input {
  std::string name;
  Distribution distribution;
};

// Weights drawn together: columns first .. first + parts of the inputs are overwritten by a draw
// from a simplex.
struct WeightGroup {
  std::size_t first;
  Simplex simplex;
};

// At most 4095 of them.
class Inputs {
 public:
  explicit Inputs(std::vector<Input> inputs) : inputs_(std::move(inputs)) {}
  // Correlations between inputs, by a Gaussian copula over all of them.
  void correlate(Copula copula) { copula_ = std::move(copula); }
  void add_weights(WeightGroup group) { weights_.push_back(std::move(group)); }

  [[nodiscard]] std::size_t size() const { return inputs_.size(); }
  [[nodiscard]] const Input& operator[](std::size_t i) const { return inputs_[i]; }
  // Neither correlations nor weights bind the inputs: what indices of single inputs suppose.
  [[nodiscard]] bool independent() const { return !copula_ && weights_.empty(); }
  [[nodiscard]] std::string identity() const;

  // False, with an error at `place`, unless the inputs are independent(). `method` is what needs
  // it: "Sobol".
  bool require_independent(const std::string& method, const text::Place& place,
                           std::vector<Diagnostic>& diagnostics) const;

  // Turns columns of uniform numbers into values, in place. `first` is the number of the first
  // sample: weights have draws of their own.
  void transform(std::span<const std::span<double>> columns, std::uint64_t first,
                 std::uint64_t seed) const;

 private:
  std::vector<Input> inputs_;
  std::optional<Copula> copula_;
  std::vector<WeightGroup> weights_;
};

}  // namespace jixiao::sampling
