// The readers of each kind of document. Private to this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/parts.hpp"
#include "forms/document.hpp"

namespace jixiao::forms {

bool read_xlsx(const archive::Archive& parts, Document& document,
               std::vector<Diagnostic>& diagnostics);
bool read_docx(const archive::Archive& parts, Document& document,
               std::vector<Diagnostic>& diagnostics);
// Records of a table with a separator.
void read_records(std::string_view text, Document& document);
// A document saved as text: a cell a line behind a tab, rows apart by a blank line; or a row a
// line, cells apart by tabs.
void read_plain_text(std::string_view text, Document& document);

// Without white space of any kind (also the ideographic one) at either end.
std::string trimmed(std::string_view text);

}  // namespace jixiao::forms
