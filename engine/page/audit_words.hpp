// What the audit's reports say, in both languages.
#pragma once

#include <string>

#include "jixiao/audit.hpp"
#include "page/words.hpp"

namespace jixiao::page {

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
inline constexpr Label points_beside{"自评得分与重算得分",
                                     "Points as reported, beside those computed"};
inline constexpr Label as_reported{"自评", "reported"};
inline constexpr Label as_computed{"重算", "computed"};
inline constexpr Label by_rule{"计分方法", "method"};
inline constexpr Label how_it_was_read{"怎样读的", "How it was read"};
inline constexpr Label recomputed_rows{"可重算的行", "rows recomputed"};
inline constexpr Label clean{"没有发现问题", "nothing found"};
inline constexpr Label guesses{"读表时拿不准之处", "Read with a guess"};
inline constexpr Label meaning{
    "错误：表上的数自相矛盾，这样写不可能对。警告：从表上推不出来，审核人会问。提示：值得看一眼，也"
    "可能没错。",
    "error: the form contradicts its own numbers and cannot be right as printed. warning: it does "
    "not follow from what the form says, so a "
    "reviewer will ask. note: worth a look, may well be right."};
}  // namespace word

}  // namespace jixiao::page
