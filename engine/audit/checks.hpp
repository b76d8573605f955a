// The checks: each looks at the claims of one form, and at what was recomputed from them. Private
// to this room.
#pragma once

#include <string>
#include <vector>

#include "audit/claims.hpp"
#include "audit/recomputed.hpp"
#include "jixiao/audit.hpp"

namespace jixiao::audit {

// JIXIAO_AUDIT_CHECK(identifier, "id", heaviest severity, 中文, English)
#define JIXIAO_AUDIT_CHECKS(JIXIAO_AUDIT_CHECK)                                                    \
  JIXIAO_AUDIT_CHECK(k1, "k1", error, "分值合计", "weights that do not add up")                    \
  JIXIAO_AUDIT_CHECK(k2, "k2", error, "得分合计",                                                  \
                     "a sum of points that is not the sum of its rows")                            \
  JIXIAO_AUDIT_CHECK(k3, "k3", warning, "得分与规则不符", "points that differ from the rule")      \
  JIXIAO_AUDIT_CHECK(k4, "k4", warning, "达标仍扣分", "points off though the target is met")       \
  JIXIAO_AUDIT_CHECK(k5, "k5", warning, "未达标得满分", "full marks though the target is missed")  \
  JIXIAO_AUDIT_CHECK(k6, "k6", warning, "大幅超额", "a target far surpassed")                      \
  JIXIAO_AUDIT_CHECK(k7, "k7", error, "资金合计", "money rows that do not add up")                 \
  JIXIAO_AUDIT_CHECK(k8, "k8", warning, "文字与表中金额不符",                                      \
                     "sums in the text that differ from the table")                                \
  JIXIAO_AUDIT_CHECK(k9, "k9", warning, "成本等于预算而未支完",                                    \
                     "a cost reported as the whole budget, of which less was spent")               \
  JIXIAO_AUDIT_CHECK(k10, "k10", warning, "比较符号不合情理",                                      \
                     "a sign that makes no sense for the quantity")                                \
  JIXIAO_AUDIT_CHECK(k11, "k11", warning, "分值过于集中", "one row that carries too much")         \
  JIXIAO_AUDIT_CHECK(k12, "k12", warning, "缺一级指标", "a block that is missing")                 \
  JIXIAO_AUDIT_CHECK(k13, "k13", warning, "归类或填写位置不对",                                    \
                     "an indicator in the wrong place, or its cells swapped")                      \
  JIXIAO_AUDIT_CHECK(k14, "k14", warning, "缺原因说明", "a reason that is missing")                \
  JIXIAO_AUDIT_CHECK(k15, "k15", warning, "无法衡量", "what cannot be measured as written")        \
  JIXIAO_AUDIT_CHECK(k16, "k16", warning, "目标与结果不同类",                                      \
                     "a target and a result of two kinds")                                         \
  JIXIAO_AUDIT_CHECK(k17, "k17", warning, "年份不符", "a date in the wrong year")                  \
  JIXIAO_AUDIT_CHECK(k18, "k18", warning, "比率的算法与舍入",                                      \
                     "a rate that is wrong, or rounded before scoring")                            \
  JIXIAO_AUDIT_CHECK(k19, "k19", warning, "指标满分而执行偏低",                                    \
                     "full marks everywhere while little was spent")                               \
  JIXIAO_AUDIT_CHECK(k20, "k20", warning, "佐证不足",                                              \
                     "evidence that is missing, thin or used again and again")                     \
  JIXIAO_AUDIT_CHECK(k21, "k21", warning, "结果照抄目标", "results copied from the targets")       \
  JIXIAO_AUDIT_CHECK(k22, "k22", warning, "测算关系不成立",                                        \
                     "arithmetic of the budget that does not hold")                                \
  JIXIAO_AUDIT_CHECK(inequality, "inequality", warning, "结果写成不等式",                          \
                     "an inequality as a result")                                                  \
  JIXIAO_AUDIT_CHECK(unit_clash, "unit-clash", error, "单位不一致", "units that differ")           \
  JIXIAO_AUDIT_CHECK(over_spent, "over-spent", warning, "执行超过预算",                            \
                     "more spent than the budget")                                                 \
  JIXIAO_AUDIT_CHECK(over_rate, "over-rate", warning, "比率超过100%", "a rate above 100%")         \
  JIXIAO_AUDIT_CHECK(no_result, "no-result", warning, "得分而无完成值", "points without a result") \
  JIXIAO_AUDIT_CHECK(no_points, "no-points", warning, "漏填得分", "a result without points")       \
  JIXIAO_AUDIT_CHECK(weight_twice, "weight-twice", warning, "预算执行分值重复",                    \
                     "the weight of the execution printed twice")                                  \
  JIXIAO_AUDIT_CHECK(total_place, "total-place", warning, "总分填错位置",                          \
                     "a total in a row of money")                                                  \
  JIXIAO_AUDIT_CHECK(over_weight, "over-weight", error, "得分超出分值",                            \
                     "points above the weight, or below nothing")                                  \
  JIXIAO_AUDIT_CHECK(not_a_number, "not-a-number", warning, "应填数而填了文字",                    \
                     "words where a number belongs")                                               \
  JIXIAO_AUDIT_CHECK(rating, "rating", warning, "等级与总分不符",                                  \
                     "a rating that is not that of the total")                                     \
  JIXIAO_AUDIT_CHECK(rating_computed, "rating-computed", warning, "按规则重算等级不同",            \
                     "another rating by the computed points")

enum class Check {
#define JIXIAO_AUDIT_CHECK(identifier, id, severity, zh, en) identifier,
  JIXIAO_AUDIT_CHECKS(JIXIAO_AUDIT_CHECK)
#undef JIXIAO_AUDIT_CHECK
};

// Whether the field asks for at most, or at least, its number.
inline bool is_lower(const value::Field& field) {
  return field.direction == value::Direction::at_most ||
         field.direction == value::Direction::less_than;
}
inline bool is_higher(const value::Field& field) {
  return field.direction == value::Direction::at_least ||
         field.direction == value::Direction::more_than;
}

// What the checks look at, and where their findings go. Lives for one audit of one form.
struct CheckContext {
  const Claims& claims;
  const Recomputed* recomputed;  // null: there was nothing to compute with
  std::vector<AuditFinding>& findings;
  std::vector<Text> explanations;  // one per row: what makes its points, finding or not

  // `words`: where it stands, and what is printed there.
  AuditFinding& add(Check check, Severity severity, const PrintedText& words,
                    const std::string& subject, Text message) const;
};

void check_weights(CheckContext& context);    // k1 k11 k12
void check_sums(CheckContext& context);       // k2
void check_events(CheckContext& context);     // k3 k14, over-weight of bonuses and deductions
void check_points(CheckContext& context);     // k3 k4 k5, over-weight, not-a-number
void check_cells(CheckContext& context);      // no-result, no-points, weight-twice, total-place,
                                              // over-rate of targets
void check_money(CheckContext& context);      // k7 k9 k18 k19, over-spent, k14 of the budget
void check_narrative(CheckContext& context);  // k8, k22 of what the text says
void check_targets(CheckContext& context);    // k10 k16 k17
void check_results(CheckContext& context);    // k6 k21, inequality, unit-clash, over-rate, k18 of
                                              // completion rates
void check_reasons(CheckContext& context);    // k14 k15 k20
void check_rating(CheckContext& context, const RuleSet& rules);
// What importing found: moved and swapped cells, results no project would read, and what a
// declaration says against itself. `draft` is null for a project.
void check_reading(CheckContext& context, const forms::Draft* draft,
                   const project::Project* project, const std::vector<Diagnostic>& diagnostics);

bool near(double a, double b);  // equal, but for the last bits
bool speaks_of_rate(const std::string& name);
std::string number_text(double x);
std::string counted(double n, const char* one, const char* many);  // "1 row", "3 rows"
std::string money_text(double yuan, Language language);

}  // namespace jixiao::audit
