// Formulas that scale with one of their variables.
#pragma once

#include <cstddef>

#include "formula/formula.hpp"

namespace jixiao::formula {

// Whether it follows from the text that the result is multiplied by k whenever the variable (a
// position in `scope`, the one the formula was compiled in) is, for every k above 0 and whatever
// the others are: `A >= T ? W : W*A/T` scales with W, `min(W, 5)` does not. False: it does not, or
// that cannot be told.
bool is_proportional(const Formula& formula, const Scope& scope, std::size_t variable);

}  // namespace jixiao::formula
