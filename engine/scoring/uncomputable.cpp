#include "scoring/uncomputable.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "scoring/project_values.hpp"
#include "value/rounding.hpp"

namespace jixiao::scoring {

using text::Code;
using value::CellState;

namespace {

Text named(const Text& name, const Text& words) {
  return {name.zh + "：" + words.zh, name.en + ": " + words.en};
}

}  // namespace

WhyNot why_uncomputable(const ruleset::RuleSet& rules, const MethodRows& method_rows, std::size_t i,
                        const Outcomes& outcomes, const Substitution& substitution,
                        const Text& name) {
  const ruleset::Method& method = method_rows.method();
  const std::size_t slot = method_rows.slot(i);
  const ruleset::Outside* outside = outcomes.outside[slot] == outside_indicator
                                        ? &method_rows.fixed().outside
                                    : outcomes.outside[slot] == outside_method ? &method.outside
                                                                               : nullptr;
  if (outside != nullptr && outside->policy == ruleset::OutsidePolicy::not_applicable &&
      rules.not_applicable == ruleset::NotApplicablePolicy::refuse)
    return {Code::inapplicable_refused,
            named(name, {"不适用，而规则集 " + rules.id + " 不允许“不适用”",
                         "does not apply, and the rule set " + rules.id + " does not allow that"}),
            {"检查金额与输入；或换一套允许“不适用”的规则集",
             "look at the money and the inputs, or use a rule set that allows it"}};
  for (const auto& accept : method.accepts) {
    if (evaluate_known(accept.that, substitution.values) != 0) continue;
    return {Code::result_invalid, named(name, substitute(accept.wording, substitution)), {}};
  }
  std::vector<double> given;  // under the project names
  if (method_rows.is_fixed()) {
    given.assign(substitution.values.begin() + ruleset::row_B0,
                 substitution.values.begin() + ruleset::row_year + 1);
    given.insert(given.end(), substitution.values.begin() + ruleset::row_names,
                 substitution.values.end());
  }
  if (method_rows.is_fixed() && method_rows.fixed().domain &&
      evaluate_known(*method_rows.fixed().domain, given) == 0) {
    const std::string condition = method_rows.fixed().domain->text();
    const std::string with_numbers = substituted(*method_rows.fixed().domain, {given, {}});
    return {Code::result_uncomputable,
            named(name, {"只在 " + condition + "（" + with_numbers + "）时有意义",
                         "it has a meaning only where " + condition + " (" + with_numbers + ")"}),
            {"检查其中的金额与输入", "look at the amounts and inputs in it"}};
  }
  // The rule set computes the actual of its own indicators: what it is computed from says more than
  // the dash in its place.
  if (method_rows.is_fixed() && !method_rows.actual(i).ok()) {
    const formula::Formula& actual = method_rows.fixed().actual;
    const std::string with_numbers = substituted(actual, {given, {}});
    return {Code::result_uncomputable,
            named(name, {"无法计算：" + actual.text() + " = " + with_numbers,
                         "cannot be computed: " + actual.text() + " = " + with_numbers}),
            {"检查其中的金额与输入", "look at the amounts and inputs in it"}};
  }
  if (method.domain && evaluate_known(*method.domain, substitution.values) == 0) {
    const std::string with_numbers = substituted(*method.domain, substitution);
    const std::string condition = method.domain->text();
    return {
        Code::result_uncomputable,
        named(name, {"方法 " + method.id + " 只在 " + condition + "（" + with_numbers + "）时成立",
                     "the method " + method.id + " holds only where " + condition + " (" +
                         with_numbers + ")"}),
        {"检查目标与实际值，或换一个适用的方法",
         "look at target and actual, or choose a method that fits"}};
  }
  const bool by_outside = outcomes.outside[slot] == outside_method && method.outside.points;
  const std::string with_numbers =
      substituted(by_outside ? *method.outside.points : method.points, substitution);
  return {Code::result_uncomputable,
          named(name, {"无法计算：" + with_numbers, "cannot be computed: " + with_numbers}),
          {"检查目标与实际值；公式只在 domain 成立时有意义",
           "look at target and actual; the formula holds only inside its domain"}};
}

namespace {

// Where a project has its own numbers and the table has none for it: its year or group is not in
// the table, or it stands there alone.
void need_statistics(const ruleset::RuleSet& rules, const ruleset::FixedIndicator& indicator,
                     const Batch& batch, std::size_t project, std::vector<MissingValue>& out) {
  if (rules.lacks_table()) return;  // said once, for all of them
  for (std::size_t i = 0; i < rules.inputs.size(); ++i) {
    if (rules.inputs[i].statistic == ruleset::none ||
        batch.inputs[i].states[project] == CellState::ok)
      continue;
    const auto used = indicator.actual.used();
    const bool named =
        std::find(used.begin(), used.end(), ruleset::project_names + i) != used.end() ||
        std::any_of(indicator.params.begin(), indicator.params.end(),
                    [&](const ruleset::Parameter& param) { return param.input == i; });
    const ruleset::Statistic& statistic = rules.statistics[rules.inputs[i].statistic];
    if (!named || (ruleset::is_own(statistic.is) && !out.empty())) continue;
    std::string zh, en;
    if (statistic.by == ruleset::project_year) {
      const double year = batch.year[project];
      zh = year == no_year ? "（没有年度）" : "（" + value::plain(year, 0) + " 年）";
      en = year == no_year ? " without a year" : " for the year " + value::plain(year, 0);
    } else if (statistic.by != ruleset::none) {
      const std::size_t by = statistic.by - ruleset::project_names;
      zh = "（" + rules.inputs[by].name.zh + " " +
           rules.inputs[by].shown(batch.inputs[by].values[project]) + "）";
      en = " for " + rules.inputs[by].name.en + " " +
           rules.inputs[by].shown(batch.inputs[by].values[project]);
    }
    out.push_back(
        {ruleset::project_names + i,
         rules.inputs[i].id,
         {"统计量 '" + rules.inputs[i].id + "' 没有值" + zh + "，" + indicator.name.zh + "无法计算",
          "the statistic '" + rules.inputs[i].id + "' has no value" + en + ", so that " +
              indicator.name.en + " cannot be computed"}});
  }
}

// Whether a missing actual has points: the method asks given(A).
bool pays_without_actual(const ruleset::Method& method) {
  const auto points = method.points.used();
  return std::binary_search(points.begin(), points.end(), std::size_t{ruleset::row_A}) &&
         !method.points.needs(ruleset::row_A) &&
         (!method.domain || !method.domain->needs(ruleset::row_A));
}

}  // namespace

std::vector<MissingValue> missing_values(const ruleset::RuleSet& rules,
                                         const ruleset::FixedIndicator& indicator,
                                         const Batch& batch, std::size_t project) {
  std::vector<MissingValue> out;
  if (pays_without_actual(rules.methods[indicator.method])) return out;
  // What given() asks for is what is missing where nothing else is.
  std::vector<MissingValue> asked;
  const auto names_it = [](const formula::Formula& formula, std::size_t name) {
    const auto used = formula.used();
    return std::find(used.begin(), used.end(), name) != used.end();
  };
  const auto need = [&](std::size_t name, const CellColumn& cells, const std::string& key,
                        const Text& what) {
    const auto& target = indicator.target_formula;
    const bool of_actual = names_it(indicator.actual, name);
    const bool of_target = target && names_it(*target, name);
    if (cells.states[project] != CellState::missing || (!of_actual && !of_target)) return;
    const bool needed = (of_actual && indicator.actual.needs(name)) ||
                        (of_target && target->needs(name));
    std::vector<MissingValue>& to = needed ? out : asked;
    to.push_back({name,
                  key,
                  {"缺少" + what.zh + " '" + key + "'，" + indicator.name.zh + "无法计算",
                   "the " + what.en + " '" + key + "' is missing, so that " + indicator.name.en +
                       " cannot be computed"}});
  };
  const Text amount{"金额", "amount"};
  need(ruleset::project_B0, batch.initial, "initial", amount);
  need(ruleset::project_B, batch.adjusted, "adjusted", amount);
  need(ruleset::project_E, batch.executed, "executed", amount);
  for (std::size_t i = 0; i < rules.inputs.size(); ++i) {
    if (rules.inputs[i].statistic == ruleset::none)
      need(ruleset::project_names + i, batch.inputs[i], rules.inputs[i].id, {"输入", "input"});
  }
  need_statistics(rules, indicator, batch, project, out);
  if (!out.empty() || asked.empty()) return out;
  std::vector<double> values;
  append_given(batch, project, values);
  return std::isnan(evaluate_known(indicator.actual, values)) ? asked : out;
}

std::vector<WhyNot> why_undecided(const ruleset::RuleSet& rules, const Batch& batch,
                                  const Scorecards& cards, std::size_t project) {
  std::vector<WhyNot> out;
  const std::vector<double> values = project_values(rules, batch, cards, project);
  const auto look = [&](const formula::Formula& formula, const Text& what) {
    const auto used = formula.needed();
    if (std::none_of(used.begin(), used.end(), [&](std::size_t n) {
          return n < rules.first_block_name() && std::isnan(values[n]);
        }))
      return;
    const std::string with_numbers = substituted(formula, {values, {}});
    out.push_back(
        {Code::result_uncomputable,
         {what.zh + "：无法判断 " + with_numbers, what.en + ": cannot be judged, " + with_numbers},
         {"补上缺少的金额或输入", "give the amount or input that is missing"}});
  };
  for (const auto& veto : rules.vetoes) {
    if (veto.when) look(*veto.when, veto.name);
  }
  for (const Event& event : batch.adjustments) {
    if (event.project == project)
      look(rules.adjustments[event.which].points, rules.adjustments[event.which].name);
  }
  if (const auto stuck = WeightSettler(rules).stuck(batch, cards, project))
    out.push_back({Code::inapplicable_refused, why_stuck(rules, *stuck), help_for_stuck()});
  return out;
}

bool block_counts(const ruleset::RuleSet& rules, std::size_t block, double weight) {
  if (!rules.combine) return weight > 0;
  const auto used = rules.combine->used();
  return std::find(used.begin(), used.end(), rules.first_block_name() + block) != used.end();
}

WhyNot block_is_empty(const ruleset::Block& block, double weight) {
  const std::string points = value::plain(weight, 4);
  const std::string zh = weight > 0 ? "（" + points + " 分）" : "";
  const std::string en = weight > 0 ? " (" + points + " points)" : "";
  return {Code::block_empty,
          {"块“" + block.name.zh + "”" + zh + "没有指标",
           "the block '" + block.name.en + "'" + en + " has no indicators"},
          {"检查指标是否放错了块", "see whether its indicators stand in another block"}};
}

Severity severity_of_empty(const ruleset::Block& block) {
  if (block.when_empty == ruleset::WhenEmpty::refuse) return Severity::error;
  return block.when_empty == ruleset::WhenEmpty::lost ? Severity::warning : Severity::note;
}

WhyNot weights_do_not_add_up(const ruleset::Block& block, const BlockShare& share) {
  const std::string given = value::plain(share.given, 4);
  const std::string due = value::plain(share.block, 4);
  return {
      Code::weights_sum,
      {"块“" + block.name.zh + "”的指标权重之和为 " + given + "，应为 " + due,
       "the indicators of block '" + block.id + "' weigh " + given + ", they should make " + due},
      {"改正权重，或删去部分权重由其余指标均分",
       "correct a weight, or leave some out: they share what is left"}};
}

}  // namespace jixiao::scoring
