#include "monitoring/looking.hpp"

#include <algorithm>
#include <cmath>

#include "formula/substituted.hpp"
#include "ruleset/citation.hpp"
#include "scoring/project_values.hpp"
#include "scoring/substitution.hpp"
#include "value/rounding.hpp"

namespace jixiao::monitoring {

namespace {

bool is_day(std::size_t name, const Facts& facts) {
  if (name == name_today) return true;
  const bool of_indicator = facts.subject == Subject::indicator &&
                            (name == name_A || name == name_T || name == name_U || name == name_F);
  return of_indicator && facts.unit.is_date();
}

// Rounded before it is compared: what is printed is what is decided.
double value_of(const std::optional<formula::Formula>& formula, int digits, const Facts& facts) {
  if (!formula) return std::nan("");
  const double x = scoring::evaluate_known(*formula, facts.values);
  return std::isfinite(x) ? value::Rounding{digits}(x) : std::nan("");
}

bool uses_name(const formula::Formula& formula, std::size_t name) {
  return std::find(formula.used().begin(), formula.used().end(), name) != formula.used().end();
}

bool asks_for_done(const Light& light) {
  return std::any_of(light.cases.begin(), light.cases.end(), [](const Case& one) {
    return one.condition && uses_name(*one.condition, name_done);
  });
}

}  // namespace

Signal shown(const Rules& rules, std::size_t signal) {
  const ShownSignal& one = rules.signals[signal];
  return {one.id, one.label, one.mark, one.role == Role::attention || one.role == Role::unknown};
}

std::string substituted(const formula::Formula& formula, const Facts& facts, double v) {
  return formula::substituted(formula, [&](std::size_t name) -> std::string {
    const double x = name < facts.values.size() ? facts.values[name] : v;
    if (!std::isfinite(x)) return "—";
    if (is_day(name, facts)) return value::show(x, value::Unit::date());
    return x < 0 ? "(" + value::plain(x, 6) + ")" : value::plain(x, 6);
  });
}

LightStory look(const Rules& rules, const Light& light, const Facts& facts) {
  LightStory out;
  out.light = light.id;
  out.title = light.title;
  out.signal = shown(rules, rules.unknown);
  out.cite = ruleset::cited(light.cite);
  const double v = value_of(light.value, light.digits, facts);
  if (light.value) {
    out.formula = light.value->text();
    out.substituted = substituted(*light.value, facts, v);
  }
  if (!std::isnan(v)) {
    out.value = v;
    out.value_shown = value::fixed(v, light.digits) + (light.percent ? "%" : "");
  }
  if (facts.subject == Subject::indicator && facts.values[name_done] == 0 && !asks_for_done(light))
    return out;
  std::vector<double> values = facts.values;
  values.push_back(v);
  for (const Case& one : light.cases) {
    if (!one.condition) {
      out.signal = shown(rules, one.signal);
      out.condition.clear();
      out.condition_substituted.clear();
      return out;
    }
    out.condition = one.condition->text();
    out.condition_substituted = substituted(*one.condition, facts, v);
    const double holds = scoring::evaluate_known(*one.condition, values);
    if (std::isnan(holds)) return out;
    if (holds != 0) {
      out.signal = shown(rules, one.signal);
      return out;
    }
  }
  return out;
}

std::optional<Text> raised(const Warning& warning, const Facts& facts) {
  std::vector<double> values = facts.values;
  values.push_back(value_of(warning.value, warning.digits, facts));
  const double holds = scoring::evaluate_known(warning.condition, values);
  if (std::isnan(holds) || holds == 0) return std::nullopt;
  return scoring::substitute(warning.wording, {values, facts.unit});
}

}  // namespace jixiao::monitoring
