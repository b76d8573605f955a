#include "audit/checks.hpp"
#include "forms/headings.hpp"
#include "forms/understanding.hpp"

namespace jixiao::audit {
namespace {

bool is_blank(const PrintedText& words) {
  return words.text.empty() || forms::says_nothing(words.text);
}

// Points for nothing that is reported. Only where the form has both columns.
void find_missing_results(CheckContext& context) {
  if (!context.claims.has(&Row::actual)) return;
  for (const Row& row : context.claims.rows) {
    if (row.indicator == none || row.assessed || !row.points.there() || *row.points.value <= 0)
      continue;
    const std::string actual = forms::folded(row.actual.text);
    if (!is_blank(row.actual) || forms::is_any(actual, "无|无。|没有|0|不适用|不涉及")) continue;
    context.add(Check::no_result, Severity::warning, row.points.words, row.name.text,
                {"得 " + row.points.words.text + " 分，而没有填完成值",
                 counted(*row.points.value, "point is", "points are") +
                     " given and no result is reported"});
  }
}

void find_missing_points(CheckContext& context) {
  const Claims& claims = context.claims;
  bool any = false;
  for (const Row& row : claims.rows) any = any || row.points.there();
  if (!any) return;
  for (const Row& row : claims.rows) {
    const std::string actual = forms::folded(row.actual.text);
    if (row.indicator == none || !row.weight.there() || *row.weight.value <= 0 ||
        row.points.there() || !is_blank(row.points.words) || !row.points.words.on_form ||
        is_blank(row.actual) || forms::is_any(actual, "不适用|不涉及"))
      continue;
    context.add(Check::no_points, Severity::warning, row.points.words, row.name.text,
                {"有完成值“" + row.actual.text + "”，没有填得分",
                 "a result is reported, " + row.actual.text + ", and no points are given"});
  }
}

// Points of the execution beside the money and again in a row of their own.
void find_repeated_weight(CheckContext& context) {
  const MoneyLine* money = nullptr;
  for (const MoneyLine& line : context.claims.money) {
    if (line.weight.there() && (money == nullptr || line.total)) money = &line;
  }
  if (money == nullptr) return;
  for (const Row& row : context.claims.rows) {
    if (row.indicator != none || !row.weight.there()) continue;
    context
        .add(Check::weight_twice, Severity::warning, row.weight.words, row.name.text,
             {"预算执行的分值印了两次：资金栏 " + money->weight.words.text + "，指标栏 " +
                  row.weight.words.text,
              "the weight of the execution is printed twice: " + money->weight.words.text +
                  " beside the money, " + row.weight.words.text + " among the indicators"})
        .explanation = {"只算一次", "it counts once"};
    return;
  }
}

// More points than the execution can have, and as many as the whole form makes.
void find_misplaced_total(CheckContext& context) {
  const Claims& claims = context.claims;
  double rows = 0;
  for (const Row& row : claims.rows) rows += row.points.value.value_or(0);
  for (const MoneyLine& line : claims.money) {
    if (!line.points.there() || !line.weight.there() || *line.points.value <= *line.weight.value)
      continue;
    const double printed = *line.points.value;
    const bool total = (claims.total.there() && near(*claims.total.value, printed)) ||
                       (printed >= rows - 1e-9 && printed <= rows + *line.weight.value + 1e-9);
    if (!total || rows <= 0) continue;
    context
        .add(Check::total_place, Severity::warning, line.points.words, line.name.text,
             {"资金行的得分写 " + line.points.words.text + "，像是总分",
              "the points of this row of money, " + line.points.words.text +
                  ", look like the total of the form"})
        .explanation = {"总分写在总分行", "the total has a row of its own"};
  }
}

void find_rates_above_all(CheckContext& context) {
  for (const Row& row : context.claims.rows) {
    if (row.indicator == none || !row.aim || row.aim->kind != value::Kind::number ||
        !row.aim->unit.is_percent() || row.aim->low <= 100 + 1e-9 ||
        !speaks_of_rate(row.name.text) ||
        forms::has_any(row.name.text,
                       "完成率|执行率|达成率|完成比例|增|提升|升幅|同比|环比|倍|负债|"
                       "覆盖率|拨备|超"))
      continue;
    context
        .add(Check::over_rate, Severity::warning, row.target, row.name.text,
             {"“" + row.name.text + "”的目标是 " + row.target.text + "，比率不会超过 100%",
              "the target of '" + row.name.text + "' is " + row.target.text +
                  ": no such rate is above 100%"})
        .explanation = {"像是录入有误", "it looks mistyped"};
  }
}

}  // namespace

void check_cells(CheckContext& context) {
  find_rates_above_all(context);
  if (!context.claims.reports) return;
  find_repeated_weight(context);
  find_misplaced_total(context);
  if (!context.claims.whole) return;
  find_missing_results(context);
  find_missing_points(context);
}

}  // namespace jixiao::audit
