// Every word the filed papers say, in both languages. The Chinese ones are those of the official
// form.
#pragma once

#include "jixiao/text.hpp"
#include "page/words.hpp"

namespace jixiao::filing::word {

using page::Label;

inline constexpr Label form_title{"项目支出绩效自评表", "Project self-evaluation"};
inline constexpr Label project{"项目名称", "project"};
inline constexpr Label department{"主管部门", "supervising department"};
inline constexpr Label unit{"实施单位", "implementing unit"};
inline constexpr Label money{"项目资金", "project funds"};
inline constexpr Label initial{"年初预算数", "initial budget"};
inline constexpr Label adjusted{"全年预算数", "adjusted budget"};
inline constexpr Label executed{"全年执行数", "executed"};
inline constexpr Label weight{"分值", "weight"};
inline constexpr Label rate{"执行率", "rate"};
inline constexpr Label points{"得分", "points"};
inline constexpr Label year_total{"年度资金总额", "total of the year"};
inline constexpr Label of_which{"其中：", "of which: "};
inline constexpr Label goals{"年度总体目标", "goals of the year"};
inline constexpr Label expected{"预期目标", "expected"};
inline constexpr Label reached{"实际完成情况", "reached"};
inline constexpr Label level_1{"一级指标", "level 1"};
inline constexpr Label level_2{"二级指标", "level 2"};
inline constexpr Label scoring_title{"绩效评价评分表", "Evaluation form: scoring table"};
inline constexpr Label bonus_row{"加分项", "bonus"};
inline constexpr Label penalty_row{"扣分项", "deduction"};
inline constexpr Label veto_row{"一票否决项", "veto"};
inline constexpr Label happened{"发生", "yes"};
inline constexpr Label did_not_happen{"未发生", "no"};
inline constexpr Label level_3{"三级指标", "level 3"};
inline constexpr Label target{"年度指标值", "target"};
inline constexpr Label actual{"实际完成值", "actual"};
inline constexpr Label rule{"评分标准", "how it is scored"};
inline constexpr Label reason{"偏差原因分析及改进措施", "reasons for deviations, remedies"};
inline constexpr Label total{"总分", "total"};
inline constexpr Label rating{"自评等级", "rating"};
inline constexpr Label rules{"计分规则集", "rule set"};
inline constexpr Label remedy{"改进措施：", "Remedy: "};
inline constexpr Label not_applicable{"不适用", "not applicable"};
inline constexpr Label not_scored{"不计分", "not scored"};

inline constexpr Label audit{"审核", "Audit"};
inline constexpr Label calculation{"计算过程", "Calculation"};
inline constexpr Label form_sheet{"自评表", "Self-evaluation"};
inline constexpr Label summary{"一页摘要", "Summary"};

}  // namespace jixiao::filing::word
