// Finding the forms in a document, by their headings.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "document/document.hpp"
#include "forms/form.hpp"
#include "forms/headings.hpp"

namespace jixiao::forms {

// Columns of indicators a person names, for a form whose headings are not known: by their letters.
struct GivenColumns {
  std::size_t row = 0;  // of the headings; 0: the row nearest to one
  std::vector<std::pair<std::size_t, Column>> columns;
  [[nodiscard]] bool there() const { return !columns.empty(); }
};
// Reads "C=name,D=target,F=weight", or "6:C=name,..." with the row of the headings in front.
// Nothing, with a diagnostic, for anything else.
std::optional<GivenColumns> read_given_columns(std::string_view text,
                                               std::vector<Diagnostic>& diagnostics);

// Every form there is, in order. Rows it passed over, and what it had to guess, are warnings
// (form.reading); no form at all is form.none, which names the row nearest to a heading and what it
// lacks.
std::vector<Form> recognise(const Document& document, const GivenColumns& given,
                            std::vector<Diagnostic>& diagnostics);
inline std::vector<Form> recognise(const Document& document, std::vector<Diagnostic>& diagnostics) {
  return recognise(document, {}, diagnostics);
}

}  // namespace jixiao::forms
