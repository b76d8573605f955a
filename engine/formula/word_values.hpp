// Words in quotes beside the variables whose values they are.
#pragma once

#include <vector>

#include "formula/tree.hpp"

namespace jixiao::formula {

// Gives each word in quotes its number among the words of the variable it is compared with.
// Whatever else is done with a word, or with such a variable, is reported.
void resolve_words(const text::Located& source, const Scope& scope, Tree& tree,
                   std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::formula
