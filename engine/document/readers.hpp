// The readers of each kind of document, and text without the blanks around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/parts.hpp"
#include "document/document.hpp"

namespace jixiao::forms {

// `main`: the part the package begins with, xl/workbook.xml or word/document.xml.
bool read_xlsx(const archive::Archive& parts, const std::string& main, Document& document,
               std::vector<Diagnostic>& diagnostics);
bool read_docx(const archive::Archive& parts, const std::string& main, Document& document,
               std::vector<Diagnostic>& diagnostics);
// A page of HTML, as browsers and office programs save tables; tolerant of what they leave out.
void read_html(std::string_view text, Document& document);
bool is_html(std::string_view bytes);
// A Markdown page: tables of |.
void read_markdown(std::string_view text, Document& document);
bool has_markdown_table(std::string_view text);
// Records of a table with a separator.
void read_records(std::string_view text, Document& document);
// A document saved as text: a cell a line behind a tab, rows apart by a blank line; or a row a
// line, cells apart by tabs.
void read_plain_text(std::string_view text, Document& document);

// Adds a character as UTF-8; nothing for what is none.
void append_code_point(std::string& out, char32_t point);
// Adds raised text: a power of a unit (m²) to `seen`, what marks a note (97%¹) to `mark`.
void append_raised(std::string_view words, std::string& seen, std::string& mark);

// Without white space of any kind (also the ideographic one) at either end.
std::string trimmed(std::string_view text);

}  // namespace jixiao::forms
