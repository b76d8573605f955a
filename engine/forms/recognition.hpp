// Finding the forms in a document, by their headings.
#pragma once

#include <vector>

#include "forms/document.hpp"
#include "forms/form.hpp"

namespace jixiao::forms {

// Every form there is, in order. Rows it passed over, and what it had to guess, are warnings
// (form.reading); no form at all is form.none.
std::vector<Form> recognise(const Document& document, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::forms
