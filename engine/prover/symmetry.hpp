// What a formula does not depend on: the unit its numbers are in, and where its scale begins.
#pragma once

#include <optional>
#include <vector>

#include "prover/graph.hpp"

namespace jixiao::prover {

// The degree of the result when the variables marked are multiplied by one positive number: 1 where
// it is multiplied by it too, 0 where it stays. Nothing where it does neither. The degree of 0 is
// whatever is asked: `is_any`.
struct Degree {
  bool is_any = false;
  double degree = 0;
  [[nodiscard]] bool is(double wanted) const { return is_any || degree == wanted; }
};
std::optional<Degree> scaled_degree(const Graph& graph, const std::vector<bool>& marked);

// How often a number is added to the result when it is added to each of the variables marked.
// Nothing where the result changes otherwise. The allowances for rounding, which are relative to
// the numbers, are taken to stay.
std::optional<double> shifted_by(const Graph& graph, const std::vector<bool>& marked);

}  // namespace jixiao::prover
