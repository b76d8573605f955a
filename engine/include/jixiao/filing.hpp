// Reports to be filed: the official self-evaluation form filled in, as a file an office can open,
// edit and sign.
#pragma once

#include <optional>
#include <string>

#include "jixiao/audit.hpp"
#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scorecard.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

enum class FileKind { xlsx, docx, html, markdown };
// By the ending of a file's name; none for another.
JIXIAO_EXPORT std::optional<FileKind> file_kind(const std::string& file);

struct FilingOptions {
  FileKind kind = FileKind::xlsx;
  Language language = Language::zh;
  bool summary = false;   // one page for a leader instead of the form
  bool as_filed = false;  // as the card was scored
};

// The bytes of the file; `file` is only named in diagnostics. `card` is the scorecard of that
// project under that rule set, `audited` what the audit found in it. The form: money, goals, every
// indicator with its points, deviation reasons (proposed from the story where the unit gave none,
// and marked as drafts), total and rating; missing values are blank. Behind it the audit. A
// workbook also has a sheet between them where every point is a live formula. An error where the
// library for the file's kind is not installed.
JIXIAO_EXPORT Checked<std::string> file_report(const RuleSet& rules, const Project& project,
                                               const Scorecard& card, const AuditedForm& audited,
                                               const FilingOptions& options,
                                               const std::string& file);

}  // namespace jixiao
