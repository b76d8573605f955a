#include <algorithm>

#include "audit/checks.hpp"
#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/understanding.hpp"

namespace jixiao::audit {
namespace {

using value::Direction;
using value::Kind;

void doubt_sign(CheckContext& context, const Row& row, Severity severity, Text message,
                Text way_out) {
  context.add(Check::k10, severity, row.target, row.name.text, std::move(message)).explanation =
      std::move(way_out);
}

void check_sign(CheckContext& context, const Row& row) {
  if (!row.aim || !row.aim_signed || !row.aim->direction) return;
  const value::Field& aim = *row.aim;
  const std::string& name = row.name.text;
  const bool rate = aim.unit.is_percent() && speaks_of_rate(name);
  const bool fewer =
      forms::speaks_of_harm(name) ||
      forms::has_any(name,
                     "控制|成本|费用|能耗|耗|时间|时长|天数|期限|用时|等待|误|缺|空置|死亡|失");
  if (aim.kind == Kind::date) {
    if (is_higher(aim))
      doubt_sign(context, row, Severity::warning,
                 {"期限用了“≥”：越晚越好？", "a deadline with ≥: the later the better?"},
                 {"期限写 ≤ 或“前”", "a deadline is written with ≤"});
    return;
  }
  if (aim.kind != Kind::number) return;
  if (rate && aim.direction == Direction::more_than && aim.low >= 100)
    return doubt_sign(
        context, row, Severity::warning,
        {"比率不会大于 100%，目标达不到", "no rate is above 100%: the target cannot be met"},
        {"写 =100%", "write =100%"});
  if (rate && aim.direction == Direction::at_least && aim.low == 100)
    return doubt_sign(
        context, row, Severity::note,
        {"比率最多 100%，“≥100%”就是“=100%”", "a rate is at most 100%: ≥100% can only mean =100%"},
        {"写 =100%", "write =100%"});
  const bool cost = row.block_id == "cost" || row.type_id.find("cost") != std::string::npos;
  if (cost && is_higher(aim) && aim.unit.counts_money() && !forms::has_any(name, "节约|节省|节支"))
    return doubt_sign(context, row, Severity::warning,
                      {"成本用了“≥”：花得越多越好？", "a cost with ≥: the more spent the better?"},
                      {"成本写 ≤", "a cost is written with ≤"});
  if (row.type_id == "quantity" && is_lower(aim) && !fewer && aim.low > 0 &&
      !aim.unit.is_percent() && !aim.unit.is_time() && !aim.unit.counts_money())
    return doubt_sign(
        context, row, Severity::warning,
        {"数量用了“≤”：什么都不做也得满分", "an output with ≤: nothing done would earn full marks"},
        {"写 ≥，恰好相等写 =", "write ≥, or = where it must be met exactly"});
  if ((row.block_id == "satisfaction" || rate) && is_lower(aim) && !fewer)
    doubt_sign(
        context, row, Severity::warning,
        {"“" + name + "”用了“≤”：越低越好？", "'" + name + "' with ≤: the lower the better?"},
        {"写 ≥", "write ≥"});
}

void check_kinds(CheckContext& context, const Row& row) {
  if (row.aim && row.aim->unit.is_percent() && forms::has_any(row.name.text, "是否")) {
    context
        .add(Check::k16, Severity::warning, row.target, row.name.text,
             {"“是否”的指标用百分比作目标", "a yes-or-no question with a percentage as its target"})
        .explanation = {"改成“……率”，或把目标写成“是”",
                        "ask for a rate, or write the target as 是 (yes)"};
  }
  if (!row.aim || row.actual.text.empty() || forms::says_nothing(row.actual.text) ||
      !context.claims.reports)
    return;
  if (row.reached && row.reached->kind == row.aim->kind) return;
  if (row.aim->kind == Kind::yes_no && (row.graded || row.certain)) return;  // 已完成 beside 是
  const bool date = row.aim->kind == Kind::date;
  if (forms::is_any(forms::folded(row.actual.text),
                    "百分制|十分制|五分制|百分比|百分数|百分点|满分|分制|等级制|分值|%")) {
    context
        .add(Check::not_a_number, Severity::warning, row.actual, row.name.text,
             {"完成值处写的是“" + row.actual.text + "”",
              "the result cell says '" + row.actual.text + "'"})
        .explanation = {"填了量尺的名称，没有填数",
                        "the name of a scale was typed, not a value on it"};
    return;
  }
  context
      .add(Check::k16, Severity::warning, row.actual, row.name.text,
           {"目标 " + row.target.text + " 要的是" + (date ? "日期" : "数") + "，完成值写的是“" +
                row.actual.text + "”",
            "the target " + row.target.text + " asks for a " + (date ? "date" : "number") +
                ", the result says '" + row.actual.text + "'"})
      .explanation = {"完成值看不出完成了多少，得分无从核对",
                      "it does not say how much was reached: the points cannot be checked"};
}

int year_of(const std::string& text) {
  const std::string year = forms::year_in(text);
  return year.empty() ? 0 : std::stoi(year);
}

void check_years(CheckContext& context, const Row& row) {
  const int year = context.claims.year;
  if (year == 0) return;
  const int last = std::max(year, year_of(context.claims.period_to.text));
  const int due = row.aim && row.aim->kind == Kind::date ? year_of(row.target.text) : 0;
  if (due != 0 && (due < year || due > last)) {
    AuditFinding& found = context.add(
        Check::k17, Severity::warning, row.target, row.name.text,
        {"目标日期在 " + std::to_string(due) + " 年，表是 " + std::to_string(year) + " 年度的",
         "the target is in " + std::to_string(due) + ", the form is for " + std::to_string(year)});
    found.computed = std::to_string(year);
    found.explanation = {"可能沿用了别的年度的表",
                         "perhaps the form of another year was used again"};
  }
  const int done = row.reached && row.reached->kind == Kind::date ? year_of(row.actual.text) : 0;
  if (done != 0 && done != due && (done < year || done > last + 1)) {
    context
        .add(
            Check::k17, Severity::warning, row.actual, row.name.text,
            {"完成日期在 " + std::to_string(done) + " 年，表是 " + std::to_string(year) + " 年度的",
             "it was reached in " + std::to_string(done) + ", the form is for " +
                 std::to_string(year)})
        .computed = std::to_string(year);
  }
}

void check_period(CheckContext& context) {
  const int from = year_of(context.claims.period_from.text);
  const int to = std::max(from, year_of(context.claims.period_to.text));
  const int year = context.claims.year;
  if (from == 0 || year == 0 || (from <= year && year <= to)) return;
  context
      .add(Check::k17, Severity::warning, context.claims.period_from, {},
           {"项目期 " + std::to_string(from) + (to != from ? "–" + std::to_string(to) : "") +
                " 年不含表的年度 " + std::to_string(year),
            "the period, " + std::to_string(from) + (to != from ? "–" + std::to_string(to) : "") +
                ", does not hold the form's year " + std::to_string(year)})
      .computed = std::to_string(year);
}

}  // namespace

void check_targets(CheckContext& context) {
  if (context.claims.reports) check_period(context);  // of a declaration, reading it tells
  for (const Row& row : context.claims.rows) {
    if (row.indicator == none || !row.readable) continue;
    check_sign(context, row);
    check_kinds(context, row);
    check_years(context, row);
  }
}

}  // namespace jixiao::audit
