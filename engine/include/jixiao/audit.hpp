// The audit: what a filled-in form claims, held against what follows from the form itself.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/forms.hpp"
#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"

namespace jixiao {

// One kind of finding. What its severity says: error, the form contradicts its own numbers and
// cannot be right as printed; warning, it does not follow from what the form says, so a reviewer
// will ask; note, worth a look, may well be right.
struct AuditCheck {
  std::string id;  // "k2", "inequality"
  Text title;
  Severity severity = Severity::warning;  // the heaviest it has
};
JIXIAO_EXPORT std::span<const AuditCheck> audit_checks();

// Where something stands on a form, or in a project's file.
struct AuditPlace {
  std::size_t table = 0, row = 0, column = 0;  // from 1; 0: nowhere
  std::string sheet;
  std::size_t line = 0;  // of a text file
  Text where;            // for people: "table 1, row 10, column G"
};

struct AuditFinding {
  std::string check;
  Severity severity = Severity::warning;
  AuditPlace place;
  std::string subject;   // the row it speaks of, as printed; may be empty
  std::string printed;   // as printed
  std::string computed;  // what follows from the form itself; may be empty
  Text message;
  Text explanation;  // the smallest that reproduces what is printed; may be empty
};

// One scored row: the points it gives itself beside those the rules give.
struct AuditedRow {
  std::string id;
  std::string name, block;  // as printed
  AuditPlace place;
  std::string target, actual;  // as printed, with sign and unit
  std::optional<double> weight, reported, computed;
  Text method;       // by which it was computed, and whether the form prints that rule itself
  Text explanation;  // of the difference; may be empty
};

struct AuditedForm {
  std::string file;
  std::size_t number = 0;  // of the form in its file, from 1; 0 when it has but one
  bool read = false;       // false: `diagnostics` say why there is no form
  bool reports = false;    // a self-evaluation; false: a declaration, which has no points
  std::string project, unit, year;
  std::string rules;  // id of the rule set it was computed with
  std::vector<AuditFinding> findings;
  std::vector<AuditedRow> rows;
  std::optional<double> total_printed;  // the total row
  std::optional<double> total_summed;  // of the points it gives itself; none for a project that has
                                       // them for some rows only
  std::optional<double> total_computed;  // by the rule set; none when a row cannot be computed
  // Over the rows that both have: equal to the totals when nothing is missing.
  double compared_reported = 0, compared_computed = 0;
  std::size_t compared = 0;
  std::size_t recomputable = 0, scored_rows = 0;  // rows whose points could be recomputed, of how
                                                  // many
  std::string rating_printed;
  Text rating_due;                      // of the printed total, by the rule set's bands
  Text rating_computed;                 // of the computed total
  std::vector<Text> map;                // how the form was read, a line each; empty for a project
  std::vector<Diagnostic> diagnostics;  // of reading: errors, rows passed over, guesses
  [[nodiscard]] JIXIAO_EXPORT std::size_t count(Severity severity) const;
};

struct AuditCount {
  std::string check;
  std::size_t findings = 0, forms = 0;
};

struct AuditReport {
  std::string engine;
  std::vector<AuditedForm> forms;  // worst first: unread ones, then by errors, warnings, notes
  std::vector<AuditCount> counts;  // by check, most findings first
  std::size_t errors = 0, warnings = 0, notes = 0;
  std::size_t unread = 0;
};

struct AuditOptions {
  std::string rules;         // "": what the form's shape, or the project, asks for
  std::size_t threads = 0;   // 0: all cores. The report is the same for any number
  bool as_filed = false;     // a project's indicators count where they were filed
  std::string columns = {};  // as FormOptions::columns
};

JIXIAO_EXPORT AuditedForm audit_form(const FilledForm& form, const RuleLibrary& library,
                                     const AuditOptions& options = {});
JIXIAO_EXPORT AuditedForm audit_project(const Project& project, const RuleLibrary& library,
                                        const AuditOptions& options = {});
// Forms (.docx .xlsx .csv .txt ...), projects (a project.toml or its folder) and folders of both,
// looked through to the bottom. A file that cannot be read is a form with `read` false; a file of
// another kind in a folder is passed over.
JIXIAO_EXPORT AuditReport audit_files(const std::vector<std::string>& paths,
                                      const RuleLibrary& library, const AuditOptions& options = {});

// The report as a workbook, the bytes of `file`: forms, findings, points. Text is never a formula.
// An error where libxlsxwriter is not installed.
JIXIAO_EXPORT Checked<std::string> audit_workbook(const AuditReport& report, Language language,
                                                  const std::string& file);

}  // namespace jixiao
