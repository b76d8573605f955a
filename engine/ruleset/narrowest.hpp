// Which of the methods that fit an indicator fit it most closely.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ruleset/ruleset.hpp"

namespace jixiao::ruleset {

// Returns those of `fitting` (indices into `methods`, ascending, each with a `when`) that no other
// of them is narrower than; ascending. Costs one comparison for each pair of a method and a
// different narrowest selector: methods with the same `when` are one.
std::vector<std::size_t> narrowest(const std::vector<Method>& methods,
                                   std::span<const std::size_t> fitting);

}  // namespace jixiao::ruleset
