#include <algorithm>
#include <cmath>

#include "audit/checks.hpp"
#include "forms/headings.hpp"
#include "value/rounding.hpp"

namespace jixiao::audit {
namespace {

struct MoneyColumn {
  Number MoneyLine::*number;
  Text name;
};

const MoneyColumn* columns() {
  static const MoneyColumn all[] = {{&MoneyLine::initial, {"年初预算数", "initial budget"}},
                                    {&MoneyLine::adjusted, {"全年预算数", "adjusted budget"}},
                                    {&MoneyLine::executed, {"执行数", "executed"}}};
  return all;
}

// Sources, each without those that only break down the one above it (其中：中央, 省级 below
// 财政拨款).
double sum_of_sources(const std::vector<const Number*>& amounts) {
  double sum = 0;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const double here = amounts[i]->value.value_or(0);
    sum += here;
    double below = 0;
    for (std::size_t j = i + 1; here > 0 && j < amounts.size(); ++j) {
      below += amounts[j]->value.value_or(0);
      if (j > i + 1 && near(below, here)) {
        i = j;
        break;
      }
    }
  }
  return sum;
}

void compare_sources(CheckContext& context) {
  const MoneyLine* total = context.claims.total_money();
  if (total == nullptr) return;
  bool empty_total = false;  // said once for the whole row
  for (const MoneyColumn* column = columns(); column != columns() + 3; ++column) {
    std::vector<const Number*> amounts;
    int decimals = (total->*(column->number)).decimals;
    double plain_sum = 0;
    for (const MoneyLine& line : context.claims.money) {
      if (&line == total || line.total || !(line.*(column->number)).there()) continue;
      amounts.push_back(&(line.*(column->number)));
      decimals = std::max(decimals, amounts.back()->decimals);
      plain_sum += *amounts.back()->value;
    }
    const Number& printed = total->*(column->number);
    if (amounts.empty() || (!printed.there() && !printed.words.on_form)) continue;
    const double due = printed.value.value_or(0);
    const double sum = sum_of_sources(amounts);
    // Sums of rounded amounts may be off by the roundings.
    const double scale = printed.there() && due != 0 ? std::abs(due) : std::abs(sum);
    const double unit =
        std::pow(10.0, -decimals) *
        (scale >= 10000 && decimals > 0 && printed.words.text.find("元") == std::string::npos
             ? 10000
             : 1);
    const double room = decimals > 0 ? 0.5 * unit * static_cast<double>(amounts.size()) : 0;
    if (near(sum, due) || near(plain_sum, due) ||
        (amounts.size() > 1 && std::abs(sum - due) <= room + 1e-6))
      continue;
    if (due == 0 && empty_total) continue;
    empty_total = empty_total || due == 0;
    AuditFinding& found =
        context.add(Check::k7, Severity::error, printed.words, total->name.text,
                    {column->name.zh + "：总额 " + money_text(due, Language::zh) + "，各来源合计 " +
                         money_text(sum, Language::zh),
                     column->name.en + ": the total is " + money_text(due, Language::en) +
                         ", its sources make " + money_text(sum, Language::en)});
    found.computed = money_text(sum, Language::zh);
    if (due == 0) found.explanation = {"总额行没有填", "the total row was left at nothing"};
  }
}

void compare_rate(CheckContext& context, const MoneyLine& money, double rate) {
  if (!money.rate.there()) return;
  const double printed = *money.rate.value;
  const int digits = std::clamp(money.rate.decimals, 0, 6);
  if (near(value::Rounding{digits}(rate), printed)) return;
  if (rate > 100 && near(printed, 100)) return;  // capped
  const double step = std::pow(10.0, -digits);
  const bool near_miss = std::abs(printed - rate) < step - 1e-9;
  const std::string exact = value::plain(rate, 4) + "%";
  AuditFinding& found = context.add(
      Check::k18, near_miss ? Severity::note : Severity::warning, money.rate.words, money.name.text,
      {"执行率写 " + money.rate.words.text + "，执行数除以预算数是 " + exact,
       "the execution rate says " + money.rate.words.text + "; executed by budget is " + exact});
  found.computed = value::plain(value::Rounding{std::max(digits, 2)}(rate), 6) + "%";
  if (near_miss) found.explanation = {"舍入的方向不对", "rounded the wrong way"};
  if (money.initial.there() && *money.initial.value > 0 && money.executed.there() &&
      near(value::Rounding{digits}(100 * *money.executed.value / *money.initial.value), printed))
    found.explanation = {"分母用了年初预算", "the initial budget was used below the line"};
}

// All rows full, or nearly, while money is left.
void compare_with_points(CheckContext& context, const MoneyLine& money, double rate) {
  double earned = 0;
  double weights = 0;
  for (const Row& row : context.claims.rows) {
    if (row.indicator == none || !row.weight.there() || !row.points.there()) continue;
    earned += *row.points.value;
    weights += *row.weight.value;
  }
  if (weights <= 0 || earned <= 0) return;
  constexpr double all_full = 0.98;
  constexpr double low = 0.8;
  const double share = earned / weights;
  if (share < all_full || (share - rate / 100) / share <= 0.05 + 1e-9) return;
  const std::string executed = value::plain(rate, 2) + "%";
  context
      .add(Check::k19, rate / 100 < low ? Severity::warning : Severity::note, money.executed.words,
           money.name.text,
           {"指标得分率 " + value::plain(100 * share, 2) + "%，而预算只执行了 " + executed,
            "the indicators earn " + value::plain(100 * share, 2) + "%, while " + executed +
                " of the budget was spent"})
      .computed = executed;
}

bool explains_execution(const Claims& claims) {
  constexpr std::string_view words = "执行|支出|支付|资金|结转|结余|付款|拨付|经费|结算|预算";
  for (const Row& row : claims.rows) {
    if (forms::has_any(row.reason.text, words)) return true;
    if (row.indicator == none && row.reason.there()) return true;
  }
  return forms::has_any(claims.reached_goal.text,
                        "原因|结转|结余|节余|节约|未支付|未支出|待支付|剩余|余款|结算");
}

void check_execution(CheckContext& context, const MoneyLine& money) {
  const auto budget = budget_of(money);
  if (!budget || !money.executed.there()) return;
  if (*budget <= 0) return;
  const double rate = 100 * *money.executed.value / *budget;
  const std::string shown = value::plain(rate, 2) + "%";
  compare_rate(context, money, rate);
  if (rate > 100 + 1e-9) {
    context
        .add(Check::over_spent, Severity::warning, money.executed.words, money.name.text,
             {"执行数超过预算数，执行率 " + shown, "more was spent than the budget: " + shown})
        .computed = shown;
  }
  constexpr double asked_below = 90;  // as the forms of Sichuan ask
  if (rate < asked_below - 1e-9 && !explains_execution(context.claims)) {
    context
        .add(Check::k14, Severity::warning, money.executed.words, money.name.text,
             {"执行率 " + shown + " 低于 90%，没有说明原因",
              "the execution rate, " + shown + ", is below 90% and no reason is given"})
        .computed = shown;
  }
  compare_with_points(context, money, rate);
}

// A cost that is the whole budget, said to be spent to the last 元.
void check_costs(CheckContext& context, const MoneyLine& money) {
  const auto budget = budget_of(money);
  if (!budget || !money.executed.there() || *budget <= 0 || near(*money.executed.value, *budget))
    return;
  for (const Row& row : context.claims.rows) {
    const bool cost = row.block_id == "cost" || row.type_id.find("cost") != std::string::npos;
    if (!cost || !row.aim || !row.reached || !row.aim->unit.is_money() ||
        !row.reached->unit.is_money())
      continue;
    const bool whole = near(row.aim->low, *budget) ||
                       (money.initial.there() && near(row.aim->low, *money.initial.value));
    if (!whole || !near(row.reached->low, row.aim->low)) continue;
    context
        .add(Check::k9, Severity::warning, row.actual, row.name.text,
             {"成本完成值 " + row.actual.text + " 等于全部预算，而执行数是 " +
                  money_text(*money.executed.value, Language::zh),
              "the cost is reported as the whole budget, " + row.actual.text + ", and " +
                  money_text(*money.executed.value, Language::en) + " were spent"})
        .computed = money_text(*money.executed.value, Language::zh);
  }
}

}  // namespace

void check_money(CheckContext& context) {
  compare_sources(context);
  const MoneyLine* money = context.claims.total_money();
  if (money == nullptr || !context.claims.reports) return;
  check_execution(context, *money);
  check_costs(context, *money);
}

}  // namespace jixiao::audit
