// Arguments of functions that take no formula in every place.
#pragma once

#include <vector>

#include "formula/tree.hpp"

namespace jixiao::formula {

// Reports what is no name where given() and its like want one, and how many sum_best() is to count
// where that is not written as a number.
void check_arguments(const text::Located& source, const Tree& tree,
                     std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::formula
