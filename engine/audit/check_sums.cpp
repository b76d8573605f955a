#include <cmath>

#include "audit/checks.hpp"
#include "forms/headings.hpp"
#include "value/rounding.hpp"

namespace jixiao::audit {
namespace {

struct Summed {
  double points = 0;
  std::size_t blank = 0;  // weighted rows without points
  double blank_weight = 0;
  double rounding = 0;  // what the rows' own printed decimals may have left off
};

Summed sum_rows(const Claims& claims, std::size_t first, std::size_t behind) {
  Summed out;
  for (std::size_t i = first; i < behind; ++i) {
    const Row& row = claims.rows[i];
    if (row.points.there()) {
      out.points += *row.points.value;
      if (row.points.decimals > 2) out.rounding += 0.5 * std::pow(10, -row.points.decimals);
    } else if (row.weight.there()) {
      ++out.blank;
      out.blank_weight += *row.weight.value;
    }
  }
  return out;
}

// A total of two decimals or more is its rows to the last of them; a coarser one is worth a note.
bool is_rounded(const Number& printed, double sum, double rounding) {
  return printed.decimals >= 2 &&
         std::abs(*printed.value - sum) < 0.5 * std::pow(10, -printed.decimals) + rounding + 1e-9;
}

// The smallest slip that makes `printed` of the rows.
Text slip(const Claims& claims, const std::optional<double>& computed, double printed, int decimals,
          double sum, const std::optional<double>& execution) {
  const value::Rounding rounding{decimals};
  if (decimals == 0 && near(rounding(sum), printed))
    return {number_text(sum) + " 四舍五入到整数", number_text(sum) + " rounded to whole points"};
  if (decimals == 1 && near(rounding(sum), printed))
    return {number_text(sum) + " 保留一位小数", number_text(sum) + " rounded to one decimal"};
  if (decimals < 2 && near(value::Rounding{decimals, value::RoundingMode::down}(sum), printed))
    return {number_text(printed) + " 是 " + number_text(sum) + " 舍去尾数",
            number_text(printed) + " is " + number_text(sum) + " rounded down"};
  if (execution && near(sum - *execution, printed))
    return {"没有计入预算执行的得分", "the points of the budget's execution were left out"};
  if (execution && near(sum + *execution, printed))
    return {"预算执行的得分计了两次", "the points of the budget's execution were counted twice"};
  for (const Row& row : claims.rows) {
    if (!row.points.there() || *row.points.value == 0) continue;
    if (near(sum - *row.points.value, printed))
      return {"漏计“" + row.name.text + "”的得分",
              "the points of '" + row.name.text + "' were left out"};
    if (near(sum + *row.points.value, printed))
      return {"“" + row.name.text + "”的得分计了两次",
              "the points of '" + row.name.text + "' were counted twice"};
  }
  if (computed && near(value::Rounding{decimals}(*computed), printed))
    return {"这是按规则重算的总分", "this is the total the rules give"};
  return {};
}

void compare_total(CheckContext& context) {
  const Claims& claims = context.claims;
  if (!claims.total.there()) return;
  const Summed rows = sum_rows(claims, 0, claims.rows.size());
  bool in_money = false;
  for (const MoneyLine& line : claims.money) in_money = in_money || line.points.there();
  // In a row of their own they are among the rows already.
  for (const Row& row : claims.rows)
    in_money = in_money && (row.indicator != none || !row.points.there());
  const auto execution = claims.execution_points();
  const double before = rows.points + (in_money ? execution.value_or(0) : 0);
  const double printed = *claims.total.value;
  double sum = before + claims.events_change();
  // A total ends at full marks and at nothing.
  if (!claims.events.empty() && sum > 100 && near(printed, 100)) return;
  if (!claims.events.empty() && sum < 0) sum = 0;
  if (near(sum, printed) || is_rounded(claims.total, sum, rows.rounding)) return;
  // Blank cells leave room for what they might hold.
  if (rows.blank > 0 && printed > sum - 1e-9 && printed < sum + rows.blank_weight + 1e-9) return;
  Text why = slip(claims, context.recomputed != nullptr ? context.recomputed->total : std::nullopt,
                  printed, claims.total.decimals, sum, execution);
  if (!near(before, sum) && near(before, printed))
    why = {"没有计入加减分", "bonuses and deductions were left out"};
  const bool rounded = std::abs(sum - printed) < 1 && why.en.find("rounded") != std::string::npos;
  AuditFinding& found = context.add(
      Check::k2, rounded ? Severity::note : Severity::error, claims.total.words, {},
      {"总分写 " + claims.total.words.text + "，各行得分合计 " + number_text(sum),
       "the total says " + claims.total.words.text + ", the rows add up to " + number_text(sum)});
  found.computed = number_text(sum);
  found.explanation = why;
}

// 加分小计, and the bonuses above it.
void compare_subtotals_of_events(CheckContext& context) {
  const Claims& claims = context.claims;
  for (const SumLine& line : claims.sums) {
    if (!line.of_events || !line.points.there()) continue;
    const auto heading = forms::event_heading(line.name.text);
    double sum = 0;
    for (const EventLine& event : claims.events) {
      const bool penalty = event.kind == forms::EventKind::penalty;
      const bool of_this = heading == forms::EventHeading::either ||
                           (heading == forms::EventHeading::penalty) == penalty;
      if (of_this) sum += event.change().value_or(0);
    }
    const bool penalties = heading == forms::EventHeading::penalty;
    const double printed = penalties ? -std::abs(*line.points.value) : *line.points.value;
    if (near(sum, printed)) continue;
    context
        .add(Check::k2, Severity::error, line.points.words, line.name.text,
             {"“" + line.name.text + "”写 " + line.points.words.text + "，各行合计 " +
                  number_text(sum),
              "'" + line.name.text + "' says " + line.points.words.text + ", its rows add up to " +
                  number_text(sum)})
        .computed = number_text(sum);
  }
}

// Whether what is printed over rows may be their points together: a blank cell leaves that open.
bool may_be_points_of(const Number& printed, const Summed& rows) {
  return near(rows.points, *printed.value) || rows.blank > 0 ||
         is_rounded(printed, rows.points, rows.rounding);
}

// The points behind a block or type of a scoring table, and its rows.
void compare_levels_of_points(CheckContext& context) {
  const Claims& claims = context.claims;
  for (const LevelLine& level : claims.levels) {
    if (!level.points.there()) continue;
    const Summed rows = sum_rows(claims, level.first, level.behind);
    if (may_be_points_of(level.points, rows)) continue;
    context
        .add(Check::k2, Severity::error, level.points.words, level.name.text,
             {"“" + level.name.text + "”得分写 " + level.points.words.text + "，其下各行合计 " +
                  number_text(rows.points),
              "'" + level.name.text + "' is given " + level.points.words.text +
                  " points, its rows add up to " + number_text(rows.points)})
        .computed = number_text(rows.points);
  }
}

void compare_subtotals_of_points(CheckContext& context) {
  const Claims& claims = context.claims;
  for (const SumLine& line : claims.sums) {
    if (!line.subtotal || line.of_events || !line.points.there()) continue;
    const Summed rows = sum_rows(claims, line.first, line.behind);
    if (may_be_points_of(line.points, rows)) continue;
    context
        .add(Check::k2, Severity::error, line.points.words, line.name.text,
             {"“" + line.name.text + "”写 " + line.points.words.text + "，各行得分合计 " +
                  number_text(rows.points),
              "'" + line.name.text + "' says " + line.points.words.text + ", its rows add up to " +
                  number_text(rows.points)})
        .computed = number_text(rows.points);
  }
}

}  // namespace

void check_sums(CheckContext& context) {
  if (!context.claims.reports) return;
  compare_subtotals_of_points(context);
  compare_subtotals_of_events(context);
  compare_levels_of_points(context);
  compare_total(context);
}

}  // namespace jixiao::audit
