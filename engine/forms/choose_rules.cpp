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

void guess_rules(Draft& draft, std::map<std::string, double>& sums, bool cost, bool weighted,
                 double execution, bool printed) {
  draft.rules = cost ? "cn-mof-2021-101" : "cn-mof-2020";
  if (cost)
    ask_rules(draft, Sure::likely,
              {"表上成本自成一块，用 cn-mof-2021-101",
               "costs are a block of their own: cn-mof-2021-101"});
  if ((weighted || printed) && execution == 20 && !cost) {
    const bool fits_baoshan = weighted && sums["output"] >= 40 && sums["output"] <= 60 &&
                              sums["benefit"] >= 10 && sums["benefit"] <= 30 &&
                              sums["satisfaction"] == 10;
    draft.rules = fits_baoshan ? "yunnan-baoshan" : "hubei-dept";
    ask_rules(draft, Sure::guess,
              {"预算执行占 20 分，暂用 " + draft.rules,
               "execution carries 20 points: " + draft.rules + " for now"});
  } else if ((weighted || printed) && execution != 10) {
    const std::string points = value::plain(execution, 6);
    ask_rules(draft, Sure::guess,
              {"预算执行占 " + points + " 分，" + draft.rules + " 是 10 分",
               "execution carries " + points + " points, 10 in " + draft.rules});
  } else if (weighted && !cost &&
             (sums["output"] != 50 || sums["benefit"] != 30 || sums["satisfaction"] != 10)) {
    const std::string split = value::plain(sums["output"], 6) + "/" +
                              value::plain(sums["benefit"], 6) + "/" +
                              value::plain(sums["satisfaction"], 6);
    ask_rules(draft, Sure::likely,
              {"产出、效益、满意度分值 " + split + "，" + draft.rules +
                   " 是 50/30/10：用它的计分方法和表上的分值",
               "output, benefit and satisfaction carry " + split + ", 50/30/10 in " + draft.rules +
                   ": its methods with the form's points"});
  }
}

}  // namespace

void choose_rules(const Form& form, Draft& draft) {
  if (form.scoring) {
    draft.rules = named_rules(form).empty() ? "as-assessed" : named_rules(form);
    ask_rules(draft, Sure::likely,
              {"评分表没有指标值：按表上给的分计，用 " + draft.rules,
               "a scoring table without targets: the points it gives count, by " + draft.rules});
    return;
  }
  std::map<std::string, double> sums;
  bool weighted = false;
  bool cost = false;
  for (const DraftIndicator& each : draft.indicators) {
    const auto points = points_of(each.weight.text);
    weighted = weighted || points.has_value();
    sums[each.block.text] += points.value_or(0);
    cost = cost || each.block.text == "cost";
  }
  double total = 0;
  for (const auto& [block, sum] : sums) total += sum;
  const auto printed = execution_points(form, scale_of(form));
  const double execution = printed.value_or(weighted && std::abs(total - 80) < 1e-9    ? 20
                                            : weighted && std::abs(total - 100) < 1e-9 ? 0
                                                                                       : 10);
  const std::string named = named_rules(form);
  if (!named.empty())
    draft.rules = named;
  else
    guess_rules(draft, sums, cost, weighted, execution, printed.has_value());
  if (!weighted) return;
  draft.weights.emplace_back("execution", value::plain(execution, 6));
  for (const char* block : {"cost", "output", "benefit", "satisfaction"}) {
    if (std::string_view(block) == "cost" && !cost) continue;
    draft.weights.emplace_back(block, value::plain(sums[block], 6));
  }
}

}  // namespace jixiao::forms
