#include <algorithm>
#include <cmath>

#include "funding/rules.hpp"
#include "jixiao/funding.hpp"
#include "jixiao/version.hpp"
#include "ruleset/citation.hpp"
#include "scoring/project_values.hpp"
#include "scoring/substitution.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao {
namespace funding {
namespace {

using text::Code;

const double nothing = std::nan("");

bool is_illustrative(const std::vector<ruleset::Citation>& list) {
  return std::any_of(list.begin(), list.end(), [](const auto& citation) {
    return citation.evidence == ruleset::Evidence::illustrative;
  });
}

// The names of a formula that have no value: "E, surplus_growth".
std::string unknown_names(const formula::Formula& formula, const std::vector<std::string>& names,
                          const std::vector<double>& values) {
  std::string out;
  for (const std::size_t name : formula.used()) {
    if (!std::isnan(values[name])) continue;
    out += (out.empty() ? "" : ", ") + names[name];
  }
  return out;
}

class Funding {
 public:
  explicit Funding(const Rules& rules) : rules_(rules), names_(rules.known_names()) {
    names_.insert(names_.end(), {"base", "carry", "amount"});
  }

  FundedProject decide(const FundingCase& what) const {
    FundedProject out;
    out.what = what;
    const std::size_t rating = rules_.find_rating(what.rating);
    if (rating == rules_.ratings.size()) {
      out.why_not = what.rating.empty()
                        ? Text{"没有评级", "it has no rating"}
                        : Text{"规则没有说等级“" + what.rating + "”怎么办",
                               "the rules say nothing about the rating '" + what.rating + "'"};
      return out;
    }
    out.what.rating_label = what.rating_label.empty() ? rules_.ratings[rating].label
                                                      : what.rating_label;
    std::vector<double> values = start(what, rating);
    const double base = scoring::evaluate_known(rules_.base, values);
    if (!std::isfinite(base) || base < 0) {
      const std::string missing = unknown_names(rules_.base, names_, values);
      out.why_not = missing.empty()
                        ? Text{"基数算不出来", "the base comes to nothing that is an amount"}
                        : Text{"基数要用的 " + missing + " 没有",
                               "the base needs " + missing + ", which is not given"};
      return out;
    }
    values[rules_.base_name()] = base;
    if (rules_.carry) values[rules_.carry_name()] = scoring::evaluate_known(*rules_.carry, values);
    values[rules_.amount_name()] = base;
    out.base = base;
    for (const Step& step : rules_.steps) {
      if (!take(step, values, out)) return out;
    }
    out.next = rules_.rounding(values[rules_.amount_name()]);
    out.recalled = rules_.rounding(out.recalled);
    out.decided = true;
    return out;
  }

 private:
  std::vector<double> start(const FundingCase& what, std::size_t rating) const {
    std::vector<double> values{what.score.value_or(nothing),
                               what.scale,
                               what.year > 0 ? static_cast<double>(what.year) : nothing,
                               what.initial.value_or(nothing),
                               what.adjusted.value_or(nothing),
                               what.executed.value_or(nothing)};
    values.insert(values.end(), rules_.ratings[rating].values.begin(),
                  rules_.ratings[rating].values.end());
    for (const Input& input : rules_.inputs) {
      const auto given = std::find_if(what.inputs.begin(), what.inputs.end(),
                                      [&](const auto& pair) { return pair.first == input.id; });
      values.push_back(given != what.inputs.end() ? given->second
                                                  : input.otherwise.value_or(nothing));
    }
    for (const auto& param : rules_.params) values.push_back(param.value);
    values.resize(rules_.amount_name() + 1, nothing);
    return values;
  }

  // False when the step cannot be told: the project then stays undecided.
  bool take(const Step& step, std::vector<double>& values, FundedProject& out) const {
    std::string missing = step.condition ? unknown_names(*step.condition, names_, values)
                                         : std::string();
    const double holds = step.condition ? scoring::evaluate_known(*step.condition, values) : 1;
    if (holds == 0) return true;
    if (missing.empty() && !std::isfinite(holds)) {
      out.why_not = {
          "“" + step.title.zh + "”的条件无法计算：" + step.condition->text(),
          "the condition of '" + step.title.en + "' cannot be computed: " + step.condition->text()};
      return false;
    }
    if (missing.empty()) missing = unknown_names(step.amount, names_, values);
    const double amount = missing.empty() ? step.amount.evaluate(values) : nothing;
    if (!std::isfinite(amount) || amount < 0) {
      if (step.optional && !missing.empty()) return true;
      out.why_not = missing.empty()
                        ? Text{"“" + step.title.zh + "”算出的不是金额",
                               "'" + step.title.en + "' comes to nothing that is an amount"}
                        : Text{"“" + step.title.zh + "”要用的 " + missing + " 没有",
                               "'" + step.title.en + "' needs " + missing + ", which is not given"};
      return false;
    }
    double& current = step.recalls ? out.recalled : values[rules_.amount_name()];
    const double after = step.recalls ? current + amount : amount;
    if (after != current) {
      FundingStep story{step.id, step.title, step.recalls,
                        current, after,      step.amount.text(),
                        {},      {},         ruleset::cited(step.cite)};
      story.substituted = scoring::substituted(step.amount, {values, value::Unit{}});
      story.reason = scoring::substitute(step.reason, {values, value::Unit::money()});
      out.steps.push_back(std::move(story));
    }
    current = after;
    return true;
  }

  const Rules& rules_;
  std::vector<std::string> names_;
};

}  // namespace
}  // namespace funding

FundingCase funding_case(const Scorecard& card) {
  FundingCase out;
  out.id = card.project_file;
  out.name = card.project;
  out.rating = card.scored ? card.rating : "";
  out.rating_label = card.rating_label;
  if (card.scored) out.score = card.total;
  out.scale = card.scale;
  out.year = card.year;
  out.initial = card.initial;
  out.adjusted = card.adjusted;
  out.executed = card.executed;
  out.illustrative = card.illustrative;
  out.file = card.project_file;
  return out;
}

Checked<FundingReport> fund(const FundingRules& handle, std::span<const FundingCase> cases) {
  const funding::Rules& rules = handle.model();
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> known;
  for (const auto& input : rules.inputs) known.push_back(input.id);
  FundingReport out;
  out.rules = {rules.id,     rules.version, rules.title, rules.note,
               rules.sha256, rules.file,    {},          ruleset::cited(rules.cite)};
  for (const auto& ancestor : rules.lineage)
    out.rules.lineage.push_back(ancestor.id + " " + ancestor.version);
  out.engine = engine_name();
  out.illustrative_rules = funding::is_illustrative(rules.cite);
  for (const auto& step : rules.steps)
    out.illustrative_rules = out.illustrative_rules || funding::is_illustrative(step.cite);
  const funding::Funding funding(rules);
  for (const FundingCase& what : cases) {
    for (const auto& [name, value] : what.inputs) {
      if (std::find(known.begin(), known.end(), name) == known.end())
        diagnostics.push_back(
            text::diagnose_file(text::Code::reference_unknown, rules.file,
                                {"规则 " + rules.id + " 没有输入 '" + name + "'",
                                 "the rules " + rules.id + " have no input '" + name + "'"},
                                text::suggestion(name, known)));
    }
    FundedProject project = funding.decide(what);
    if (project.decided) {
      out.base += project.base;
      out.next += project.next;
      out.recalled += project.recalled;
    } else {
      ++out.undecided;
    }
    out.projects.push_back(std::move(project));
  }
  text::sort_by_place(diagnostics);
  if (!diagnostics.empty()) return diagnostics;
  return out;
}

}  // namespace jixiao
