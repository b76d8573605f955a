// Labels of inputs that tell apart what has one name in the project: a result, its target, its
// weight, the driver behind it.
#pragma once

#include <span>
#include <vector>

#include "scenario/project_model.hpp"

namespace jixiao::scenario {

// One label for each of `inputs`, no two alike. A target and a weight say that they are one; a
// result says so beside inputs of another kind, an item beside inputs that are none. What is still
// alike after that carries its name.
std::vector<Text> distinct_labels(std::span<const InputFacts* const> inputs);

}  // namespace jixiao::scenario
