// What is said of an audited form: its name, its counts, its findings.
#pragma once

#include <string>

#include "jixiao/audit.hpp"
#include "page/document.hpp"
#include "page/numbers.hpp"

namespace jixiao::report {

using page::total_text;

// As audit_document(), with findings as lines rather than a table.
page::Document audit_lines(const AuditReport& report, Language language, std::size_t most);

// "forms/a.xlsx", "forms/a.xlsx (2)" for the second form of a file; without the first `skipped`
// bytes.
std::string form_name(const AuditedForm& form, std::size_t skipped = 0);
// Bytes of the folder all files are in: none where there is but one file.
std::size_t shared_folder(const AuditReport& report);
// "7 forms: 1 error, 4 warnings, 1 note, 1 not read".
std::string total_text(const AuditReport& report, Language language);
Text check_title(const std::string& check);
// "3 errors, 1 warning"; "nothing found"; "not read".
std::string counts_text(const AuditedForm& form, Language language);
// Message and explanation as one line.
std::string finding_text(const AuditFinding& finding, Language language);
// Rows that have points of either kind.
bool is_scored_row(const AuditedRow& row);
// "97.25 → 95.1", and the ratings, for an overview.
std::string rating_text(const AuditedForm& form, Language language);

}  // namespace jixiao::report
