// What the audit's reports say, in both languages.
#pragma once

#include <string>

#include "jixiao/audit.hpp"
#include "report/words.hpp"

namespace jixiao::report {

namespace word {
inline constexpr Label audit{"绩效表审核", "Audit of forms"};
inline constexpr Label audited_form{"表", "form"};
inline constexpr Label audited_project{"项目", "project"};
inline constexpr Label overview{"各表概览", "Forms, worst first"};
inline constexpr Label by_kind{"问题种类", "Findings by kind"};
inline constexpr Label errors{"错误", "errors"};
inline constexpr Label warnings{"警告", "warnings"};
inline constexpr Label notes{"提示", "notes"};
inline constexpr Label forms_count{"表数", "forms"};
inline constexpr Label sheets{"张表", "forms"};
inline constexpr Label forms_with{"涉及表数", "forms"};
inline constexpr Label findings_count{"问题数", "findings"};
inline constexpr Label unread{"读不了", "not read"};
inline constexpr Label check{"检查项", "check"};
inline constexpr Label where{"位置", "where"};
inline constexpr Label printed{"表上写", "printed"};
inline constexpr Label follows{"推算应为", "follows"};
inline constexpr Label finding{"问题", "finding"};
inline constexpr Label explanation_of{"最小的解释", "smallest explanation"};
inline constexpr Label printed_total{"表上总分", "total printed"};
inline constexpr Label summed_total{"各行合计", "sum of its rows"};
inline constexpr Label computed_total{"按规则重算", "by the rules"};
inline constexpr Label difference{"差", "difference"};
inline constexpr Label points_beside{"自评得分与重算得分", "Points as reported, beside those computed"};
inline constexpr Label as_reported{"自评", "reported"};
inline constexpr Label as_computed{"重算", "computed"};
inline constexpr Label by_rule{"计分方法", "method"};
inline constexpr Label how_it_was_read{"怎样读的", "How it was read"};
inline constexpr Label recomputed_rows{"可重算的行", "rows recomputed"};
inline constexpr Label clean{"没有发现问题", "nothing found"};
inline constexpr Label guesses{"读表时拿不准之处", "Read with a guess"};
inline constexpr Label meaning{
    "错误：表上的数自相矛盾，这样写不可能对。警告：从表上推不出来，审核人会问。提示：值得看一眼，也可能没错。",
    "error: the form contradicts its own numbers and cannot be right as printed. warning: it does not follow from what the form says, so a "
    "reviewer will ask. note: worth a look, may well be right."};
}  // namespace word

struct Document;
// As audit_document(), with findings as lines rather than a table.
Document audit_lines(const AuditReport& report, Language language, std::size_t most);

// "forms/a.xlsx", "forms/a.xlsx (2)" for the second form of a file; without the first `skipped` bytes.
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
