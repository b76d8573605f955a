#include <algorithm>
#include <cmath>
#include <map>

#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/understanding.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

// Points of the budget's execution, from the money table or a row of their own.
std::optional<double> execution_points(const Form& form, const Scale& scale) {
  for (const MoneyRow& row : form.money) {
    if (const auto points = points_of(row.weight.text)) return *points * scale.weight;
  }
  std::optional<double> sum;
  for (const IndicatorRow& row : form.indicators) {
    if (block_of(row.block.text) != "execution") continue;
    if (const auto points = points_of(row.weight.text))
      sum = sum.value_or(0) + *points * scale.weight;
  }
  return sum;
}

void ask_rules(Draft& draft, Sure sure, const Text& taken) {
  draft.rules_questions.push_back(draft.questions.size());
  Question question;
  question.taken = taken;
  question.change = {"jixiao rules list 列出可用的规则集，改 rules",
                     "jixiao rules list shows the rule sets there are; change rules"};
  question.sure = sure;
  draft.questions.push_back(std::move(question));
}

// The id of the rule set the form names: a word, never a path.
std::string named_rules(const Form& form) {
  const std::string& text = form.rules.text;
  return text.substr(
      0, std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), text.size()));
}

// What a form's indicators weigh, and what it gives the execution of the budget.
struct Weighing {
  std::map<std::string, double> sums;  // by block
  bool cost = false;                   // costs are a block of their own
  bool weighted = false;               // the indicators print points
  bool printed = false;                // the execution does
  double total = 0;                    // of the indicators
  double execution = 10;
};

Weighing weigh(const Form& form, const Draft& draft) {
  Weighing out;
  for (const DraftIndicator& each : draft.indicators) {
    const auto points = points_of(each.weight.text);
    out.weighted = out.weighted || points.has_value();
    out.sums[each.block.text] += points.value_or(0);
    out.cost = out.cost || each.block.text == "cost";
  }
  for (const auto& block : out.sums) out.total += block.second;
  const auto printed = execution_points(form, scale_of(form));
  out.printed = printed.has_value();
  const bool alone = out.weighted && std::abs(out.total - 100) < 1e-6;
  const bool twenty = out.weighted && std::abs(out.total - 80) < 1e-6;
  out.execution = printed.value_or(alone ? 0 : twenty ? 20 : 10);
  return out;
}

std::string split_of(Weighing& form) {
  return value::plain(form.sums["output"], 6) + "/" + value::plain(form.sums["benefit"], 6) + "/" +
         value::plain(form.sums["satisfaction"], 6);
}

// The rule set for forms that give the execution 20 points; empty when their blocks fit none.
std::string rules_of_twenty(Weighing& form) {
  const double output = form.sums["output"], benefit = form.sums["benefit"],
               satisfaction = form.sums["satisfaction"];
  if (form.weighted && output >= 40 && output <= 60 && benefit >= 10 && benefit <= 30 &&
      satisfaction == 10)
    return "yunnan-baoshan";
  return benefit <= 40 && satisfaction <= 40 ? "hubei-dept" : "";
}

// A list of indicators under no blocks, with neither weights nor money: equal shares of 100.
void share_all(Draft& draft) {
  std::map<std::string, double> rows;
  for (const DraftIndicator& each : draft.indicators) rows[each.block.text] += 1;
  const auto n = static_cast<double>(draft.indicators.size());
  for (const char* block : {"output", "benefit", "satisfaction"})
    draft.weights.emplace_back(block, value::plain(100 * rows[block] / n, 9));
  draft.rules = "indicators-100";
  ask_rules(draft, Sure::guess,
            {"表上没有分值，也没有资金：各指标平分 100 分，用 indicators-100",
             "the form has neither weights nor money: equal shares of 100, by indicators-100"});
}

bool is_bare_list(const Form& form) {
  return form.money.empty() && !form.indicators.empty() &&
         std::all_of(form.indicators.begin(), form.indicators.end(),
                     [](const IndicatorRow& row) { return row.block.blank() && row.type.blank(); });
}

void ask_for_money(const Weighing& form, Draft& draft) {
  if (!draft.reports || form.execution == 0) return;
  const std::string points = value::plain(form.execution, 6);
  if (!draft.money.adjusted.there() && !draft.money.initial.there() &&
      draft.money.adjusted.questions.empty())
    ask(draft, draft.money.adjusted, Sure::missing,
        {"预算执行占 " + points + " 分，表上没有全年预算数",
         "the execution carries " + points + " points and the form has no adjusted budget"},
        {"在 project.toml 的 [money] 中写 adjusted",
         "write adjusted under [money] in project.toml"});
  if (!draft.money.executed.there() && draft.money.executed.questions.empty())
    ask(draft, draft.money.executed, Sure::missing,
        {"预算执行占 " + points + " 分，表上没有执行数",
         "the execution carries " + points + " points and the form has no amount executed"},
        {"在 results.toml 的 [money] 中写 executed",
         "write executed under [money] in results.toml"});
}

void guess_rules(Weighing& form, Draft& draft) {
  draft.rules = form.cost ? "cn-mof-2021-101" : "cn-mof-2020";
  const bool said = form.weighted || form.printed;
  if (said && form.execution == 0) {
    draft.rules = form.cost ? "indicators-100-cost" : "indicators-100";
    ask_rules(draft, Sure::likely,
              {"指标合计 " + value::plain(form.total, 6) + " 分，预算执行不计分：用 " + draft.rules,
               "the indicators make " + value::plain(form.total, 6) +
                   " and the execution carries no points: " + draft.rules});
    return;
  }
  if (form.cost)
    ask_rules(draft, Sure::likely,
              {"表上成本自成一块，用 cn-mof-2021-101",
               "costs are a block of their own: cn-mof-2021-101"});
  const std::string twenty = said && form.execution == 20 && !form.cost ? rules_of_twenty(form)
                                                                        : std::string();
  if (!twenty.empty()) {
    draft.rules = twenty;
    ask_rules(draft, Sure::guess,
              {"预算执行占 20 分，暂用 " + draft.rules,
               "execution carries 20 points: " + draft.rules + " for now"});
  } else if (said && form.execution != 10) {
    const std::string points = value::plain(form.execution, 6);
    ask_rules(
        draft, Sure::guess,
        {"预算执行占 " + points + " 分，" + draft.rules + " 是 10 分：用它的计分方法和表上的分值",
         "execution carries " + points + " points, 10 in " + draft.rules +
             ": its methods with the form's points"});
  } else if (form.weighted && !form.cost &&
             (form.sums["output"] != 50 || form.sums["benefit"] != 30 ||
              form.sums["satisfaction"] != 10)) {
    ask_rules(draft, Sure::likely,
              {"产出、效益、满意度分值 " + split_of(form) + "，" + draft.rules +
                   " 是 50/30/10：用它的计分方法和表上的分值",
               "output, benefit and satisfaction carry " + split_of(form) + ", 50/30/10 in " +
                   draft.rules + ": its methods with the form's points"});
  }
}

// Weights that do not make 100 cannot be scored as they are.
void ask_about_sum(const Weighing& form, Draft& draft) {
  const double sum = form.total + form.execution;
  if (!form.weighted || std::abs(sum - 100) < 1e-6) return;
  const std::string all = value::plain(sum, 6), rows = value::plain(form.total, 6),
                    execution = value::plain(form.execution, 6);
  draft.weights_questions.push_back(draft.questions.size());
  draft.questions.push_back(
      {{},
       {"表上分值合计 " + all + "（预算执行 " + execution + " + 指标 " + rows + "），应为 100",
        "the form's weights add up to " + all + " (execution " + execution + " + indicators " +
            rows + "), they should make 100"},
       {"核对后改 [weights] 和各行的 weight",
        "compare with the form, then correct [weights] and the rows' weight"},
       Sure::guess});
}

}  // namespace

void choose_rules(const Form& form, Draft& draft) {
  if (form.scoring) {
    draft.rules = named_rules(form).empty() ? "as-assessed" : named_rules(form);
    draft.execution = {};  // its points are those of a row
    ask_rules(draft, Sure::likely,
              {"评分表没有指标值：按表上给的分计，用 " + draft.rules,
               "a scoring table without targets: the points it gives count, by " + draft.rules});
    return;
  }
  Weighing weighing = weigh(form, draft);
  const std::string named = named_rules(form);
  if (!named.empty())
    draft.rules = named;
  else if (!weighing.weighted && !weighing.printed && is_bare_list(form))
    share_all(draft);
  else
    guess_rules(weighing, draft);
  // The rule set chosen for these has no execution: what the form says of its points stays aside.
  const bool without = named.empty() && draft.rules.starts_with("indicators-100");
  if (without)
    draft.execution = {};
  else
    ask_for_money(weighing, draft);
  if (!weighing.weighted) return;
  if (!without) draft.weights.emplace_back("execution", value::plain(weighing.execution, 6));
  for (const char* block : {"cost", "output", "benefit", "satisfaction"}) {
    if (std::string_view(block) == "cost" && !weighing.cost) continue;
    draft.weights.emplace_back(block, value::plain(weighing.sums[block], 6));
  }
  ask_about_sum(weighing, draft);
}

}  // namespace jixiao::forms
