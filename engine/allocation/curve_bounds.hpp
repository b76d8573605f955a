// Between which declared points of its curves a split of the money keeps the results.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "project/project.hpp"
#include "scenario/project_model.hpp"

namespace jixiao::allocation {

// The curve of an indicator, by what its formula may be: from its first declared point to its last,
// and to where the project stands when that is outside already.
struct CurveBounds {
  std::string indicator;  // id
  double low = 0, high = 0;

  [[nodiscard]] bool holds(double x) const;  // false for NaN
};

// Of every curve whose formula follows an item. `beyond`: indicators whose curves may be left, "*"
// for all; errors for a name that is no indicator with such a curve.
std::vector<CurveBounds> curve_bounds(const RuleSet& rules, const Project& project,
                                      std::span<const project::Word> beyond,
                                      std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::allocation
