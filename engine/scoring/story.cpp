#include "scoring/story.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ruleset/citation.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/most_lost.hpp"
#include "scoring/reasons.hpp"
#include "scoring/rule_checks.hpp"
#include "scoring/substitution.hpp"
#include "scoring/uncomputable.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::scoring {

using ruleset::none;
using text::Code;
using value::CellState;

namespace {

const char* state_name(CellState state) {
  switch (state) {
    case CellState::ok: return "ok";
    case CellState::missing: return "missing";
    case CellState::not_applicable: return "not_applicable";
    case CellState::error: return "error";
  }
  return "error";
}

// 10 - 9.4 as people subtract: 0.6.
double difference(double a, double b) {
  return value::Rounding{9, value::RoundingMode::half_up}(a - b);
}

class Explainer {
 public:
  Explainer(const ruleset::RuleSet& rules, const project::Project& project, const Binding& binding,
            const Scorecards& cards, Scorecard& card)
      : rules_(rules), project_(project), binding_(binding), cards_(cards), card_(card) {}

  void explain() {
    Workspace workspace;
    std::vector<MethodRows> row_sets;
    split_by_method(rules_, binding_.batch, workspace, row_sets);
    std::vector<IndicatorStory> own(project_.indicators.size());
    std::size_t f = 0;
    for (const MethodRows& method_rows : row_sets) {
      const Outcomes& outcomes = method_rows.is_fixed() ? cards_.fixed[f] : cards_.rows;
      for (std::size_t i = 0; i < method_rows.size(); ++i) {
        IndicatorStory story = method_rows.is_fixed() ? of_fixed(f) : of_row(method_rows.slot(i));
        if (method_rows.is_fixed()) set_target(method_rows, i, story);
        explain_points(method_rows, i, outcomes, story);
        if (method_rows.is_fixed()) {
          card_.indicators.push_back(std::move(story));
        } else {
          own[binding_.row_indicator[method_rows.slot(i)]] = std::move(story);
        }
      }
      if (method_rows.is_fixed()) ++f;
    }
    for (const std::size_t i : binding_.unscored) own[i] = of_unscored(project_.indicators[i]);
    std::move(own.begin(), own.end(), std::back_inserter(card_.indicators));
  }

 private:
  static void set_target(const MethodRows& method_rows, std::size_t i, IndicatorStory& story) {
    const ruleset::FixedIndicator& indicator = method_rows.fixed();
    const value::Cell target = method_rows.fixed_target(i);
    if (!indicator.has_target || !target.ok()) return;
    story.target = value::show(target.value, indicator.unit);
    story.target_value = target.value;
  }

  void place(std::size_t block, std::size_t type, IndicatorStory& story) const {
    if (block != none)
      story.block = rules_.blocks[block].id, story.block_name = rules_.blocks[block].name;
    if (type != none) story.type = rules_.types[type].id, story.type_name = rules_.types[type].name;
  }

  IndicatorStory of_fixed(std::size_t f) const {
    const auto& indicator = rules_.indicators[f];
    IndicatorStory story;
    story.id = indicator.id;
    story.name = indicator.name;
    place(indicator.block, indicator.type, story);
    story.direction = value::name(indicator.direction);
    story.sign = value::sign(indicator.direction);
    story.cite = ruleset::cited(indicator.cite);
    story.file = indicator.place.source ? indicator.place.source->name() : "";
    story.line = indicator.place.line;
    if (const std::size_t remark = binding_.fixed_remark[f]; remark != none) {
      const auto& other = project_.other_results[remark];
      story.given_reason = other.reason;
      story.remedy = other.remedy;
      story.evidence_given = other.evidence;
      story.reported = other.reported;
    }
    return story;
  }

  IndicatorStory of_indicator(const project::Indicator& indicator) const {
    IndicatorStory story;
    story.id = indicator.id;
    story.name = indicator.name;
    story.direction = value::name(indicator.direction);
    story.sign = indicator.kind == value::Kind::grade || indicator.kind == value::Kind::yes_no ||
                         indicator.kind == value::Kind::key_points
                     ? ""
                     : value::sign(indicator.direction);
    story.target = indicator.target_text;
    if (indicator.target &&
        (indicator.kind == value::Kind::number || indicator.kind == value::Kind::date)) {
      story.target_value = indicator.target->low;
      story.target = value::show(indicator.target->low, indicator.unit);
      if (indicator.target->high != indicator.target->low)
        story.target += "–" + value::show(indicator.target->high, indicator.unit);
    }
    story.file = indicator.place.source ? indicator.place.source->name() : "";
    story.line = indicator.place.line;
    if (!indicator.result) return story;
    const project::Result& result = *indicator.result;
    story.given_reason = result.reason;
    story.remedy = result.remedy;
    story.evidence_given = result.evidence;
    story.reported = result.reported;
    story.actual = result.text;
    if (result.field &&
        (indicator.kind == value::Kind::number || indicator.kind == value::Kind::date))
      story.actual = value::show(result.field->low, indicator.unit);
    if (!result.key_points.empty()) {
      const auto met = std::count(result.key_points.begin(), result.key_points.end(), true);
      story.actual = std::to_string(met) + "/" + std::to_string(result.key_points.size());
    }
    return story;
  }

  IndicatorStory of_row(std::size_t row) const {
    const auto& indicator = project_.indicators[binding_.row_indicator[row]];
    IndicatorStory story = of_indicator(indicator);
    place(binding_.batch.rows.block[row], rules_.find_type(indicator.type.text), story);
    return story;
  }

  IndicatorStory of_unscored(const project::Indicator& indicator) const {
    IndicatorStory story = of_indicator(indicator);
    place(rules_.find_block(indicator.block.text), rules_.find_type(indicator.type.text), story);
    story.state = indicator.informational    ? "informational"
                  : indicator.one_of.empty() ? "error"
                                             : "not_applicable";
    return story;
  }

  void explain_points(const MethodRows& method_rows, std::size_t i, const Outcomes& outcomes,
                      IndicatorStory& story) {
    const std::size_t slot = method_rows.slot(i);
    const auto& method = method_rows.method();
    current_place_ = place_of(method_rows, i);
    const CellState state = outcomes.state[slot];
    story.weight = outcomes.weight[slot];
    story.state = state_name(state);
    story.method = method.id;
    story.method_title = method.title;
    const formula::Formula& used = outcomes.outside[slot] == outside_method && method.outside.points
                                       ? *method.outside.points
                                       : method.points;
    story.formula = used.text();
    for (Cited& cite : ruleset::cited(method.cite)) story.cite.push_back(std::move(cite));
    const value::Cell actual = method_rows.actual(i);
    const value::Unit unit = method_rows.is_fixed()
                                 ? rules_.indicators[method_rows.fixed_index()].unit
                                 : project_.indicators[binding_.row_indicator[slot]].unit;
    const bool numeric = method.states.empty();
    if (actual.ok() && numeric) {
      story.actual_value = actual.value;
      if (method_rows.is_fixed()) story.actual = value::show(rounded_for_show(actual.value), unit);
    }
    story.points = outcomes.points[slot];
    story.unrounded = outcomes.unrounded[slot];
    story.was_clamped = !method.beyond && outcomes.was_clamped(slot);
    const bool scored = state == CellState::ok || (state == CellState::missing &&
                                                   rules_.missing == ruleset::MissingPolicy::zero);
    story.lost = scored ? difference(outcomes.lost(slot), 0) : 0;
    const std::vector<double> values = method_rows.values(i, outcomes);
    const Substitution substitution{values, unit, method_rows.actual_bound(i)};
    story.substituted = substituted(used, substitution);
    if (story.lost > 0 && state == CellState::ok)
      story.reason = reason(method, outcomes.outside[slot], substitution,
                            {unit, story.actual, story.sign + story.target});
    if (state == CellState::missing) story.reason = reason_of_missing();
    if (state == CellState::not_applicable) story.reason = reason_of_not_applicable();
    check_row(method_rows, i, substitution, story);
    if (state == CellState::error)
      report_uncomputable(method_rows, i, outcomes, substitution, story);
  }

  static double rounded_for_show(double x) {
    return value::Rounding{2, value::RoundingMode::half_up}(x);
  }

  void check_row(const MethodRows& method_rows, std::size_t i, const Substitution& substitution,
                 IndicatorStory& story) {
    const std::size_t own_names = method_rows.method().scope.variables.size();
    if (story.state != "ok") return;
    for (const auto& check : method_rows.method().checks) report_check(check, substitution, story);
    // Checks of the rule set know the row names and inputs, then points and lost: no method's own
    // names.
    std::vector<double> values(
        substitution.values.begin(),
        substitution.values.begin() +
            static_cast<std::ptrdiff_t>(ruleset::row_names + rules_.inputs.size()));
    values.push_back(substitution.values[own_names]);
    values.push_back(substitution.values[own_names + 1]);
    const Substitution general{values, substitution.unit, substitution.bound};
    for (const auto& check : rules_.indicator_checks) {
      if (check.when && !check.when->fits(subject(method_rows, i))) continue;
      report_check(check, general, story);
    }
  }

  [[nodiscard]] ruleset::Selector::Subject subject(const MethodRows& method_rows,
                                                   std::size_t i) const {
    if (method_rows.is_fixed()) {
      const auto& indicator = rules_.indicators[method_rows.fixed_index()];
      return {indicator.block, indicator.type, indicator.direction, value::Kind::number,
              indicator.has_target && indicator.target == 0};
    }
    const std::size_t row = method_rows.slot(i);
    const auto& indicator = project_.indicators[binding_.row_indicator[row]];
    return {binding_.batch.rows.block[row], rules_.find_type(indicator.type.text),
            indicator.direction, indicator.kind,
            indicator.target && indicator.target->low == 0 && indicator.target->high == 0};
  }

  [[nodiscard]] text::Place place_of(const MethodRows& method_rows, std::size_t i) const {
    if (method_rows.is_fixed()) {
      const std::size_t remark = binding_.fixed_remark[method_rows.fixed_index()];
      return remark != none ? project_.other_results[remark].place : project_.money.executed.place;
    }
    const auto& indicator = project_.indicators[binding_.row_indicator[method_rows.slot(i)]];
    return indicator.result ? indicator.result->actual_place : indicator.place;
  }

  void report_check(const ruleset::Check& check, const Substitution& substitution,
                    const IndicatorStory& story) {
    const double holds = evaluate_known(check.condition, substitution);
    if (!std::isfinite(holds) || holds == 0) return;
    card_.diagnostics.push_back(text::diagnose(check.severity, Code::rule_check, current_place_,
                                               check_words(check, substitution, story.name),
                                               said_by(check)));
  }

  void report_uncomputable(const MethodRows& method_rows, std::size_t i, const Outcomes& outcomes,
                           const Substitution& substitution, const IndicatorStory& story) {
    // said when bound
    const std::size_t slot = method_rows.slot(i);
    const bool said =
        method_rows.is_fixed()
            ? rules_.not_applicable == ruleset::NotApplicablePolicy::refuse &&
                  binding_.batch.fixed[method_rows.fixed_index()].not_applicable[slot] != 0
            : binding_.batch.rows.refused[slot] != 0;
    if (said) return;
    WhyNot why = why_uncomputable(rules_, method_rows, i, outcomes, substitution, story.name);
    card_.diagnostics.push_back(
        text::diagnose(why.code, current_place_, std::move(why.message), std::move(why.help)));
  }

  const ruleset::RuleSet& rules_;
  const project::Project& project_;
  const Binding& binding_;
  const Scorecards& cards_;
  Scorecard& card_;
  text::Place current_place_;
};

// Why the total's formula lost points: the first of the rule set's wordings whose condition holds.
Text reason_of_total(const ruleset::RuleSet& rules, const std::vector<double>& values) {
  for (const auto& candidate : rules.total_reasons) {
    if (candidate.when) {
      const double holds = evaluate_known(*candidate.when, values);
      if (!std::isfinite(holds) || holds == 0) continue;
    }
    return substitute(candidate.wording, {values, {}});
  }
  return name_of_formula(rules, none);
}

// The numbers a block's formula makes its points of.
FormulaStory story_of_block(const ruleset::RuleSet& rules, const Binding& binding,
                            const Scorecards& cards, std::size_t block) {
  const ruleset::Fold& fold = *rules.blocks[block].combine;
  double sum = 0, count = 0, weights = 0;
  const auto take = [&](const Outcomes& outcomes, std::size_t slot) {
    const bool counts = outcomes.state[slot] != CellState::not_applicable ||
                        rules.not_applicable == ruleset::NotApplicablePolicy::full;
    if (!counts) return;
    const double each =
        fold.each.evaluate(std::array{outcomes.points[slot], outcomes.weight[slot]});
    sum += std::isfinite(each) || outcomes.weight[slot] != 0 || !fold.weighs() ? each : 0;
    count += 1;
    weights += outcomes.weight[slot];
  };
  for (std::size_t f = 0; f < cards.fixed.size(); ++f) {
    if (rules.indicators[f].block == block) take(cards.fixed[f], 0);
  }
  for (std::size_t row = 0; row < binding.batch.rows.size(); ++row) {
    if (binding.batch.rows.block[row] == block) take(cards.rows, row);
  }
  FormulaStory story;
  story.block = rules.blocks[block].id;
  story.formula = fold.total.text();
  if (fold.each.text() != "P") story.formula += "  (S: " + fold.each.text() + ")";
  const std::array values{sum, count, weights};
  story.substituted = substituted(fold.total, {values, {}});
  story.points = cards.block_points[block][0];
  return story;
}

// What the formulas of blocks and of the total made of their parts, and lost.
void tell_formulas(const ruleset::RuleSet& rules, const Binding& binding, const Scorecards& cards,
                   Scorecard& card) {
  if (!has_formulas(rules)) return;
  std::vector<double> lost_in_block(rules.blocks.size(), 0);
  for (const IndicatorStory& story : card.indicators) {
    const std::size_t block = rules.find_block(story.block);
    if (block != none) lost_in_block[block] += story.lost;
  }
  const auto lost = lost_by_formulas(rules, cards, 0, lost_in_block);
  for (std::size_t b = 0; b < rules.blocks.size(); ++b) {
    if (!rules.blocks[b].combine) continue;
    FormulaStory story = story_of_block(rules, binding, cards, b);
    story.lost = lost[b];
    if (story.lost > 0) story.reason = name_of_formula(rules, b);
    card.formulas.push_back(std::move(story));
  }
  if (!rules.combine) return;
  const std::vector<double> values = project_values(rules, binding.batch, cards, 0);
  FormulaStory story;
  story.formula = rules.combine->text();
  story.substituted = substituted(*rules.combine, {values, {}});
  story.points = cards.base[0];
  story.lost = lost.back();
  if (story.lost > 0) story.reason = reason_of_total(rules, values);
  card.formulas.push_back(std::move(story));
}

// How many decimals show a total: the declared ones, else four, and more where four would show a
// total of another rating.
int digits_to_show(const ruleset::RuleSet& rules, double total) {
  if (rules.total_rounding) return rules.total_rounding->digits;
  int digits = 4;
  const std::size_t band = rules.band_of(total);
  while (digits < 9 &&
         rules.band_of(value::Rounding{digits, value::RoundingMode::half_up}(total)) != band)
    ++digits;
  return digits;
}

void report_undecided(const ruleset::RuleSet& rules, const project::Project& project,
                      const Binding& binding, const Scorecards& cards, Scorecard& card) {
  for (WhyNot& why : why_undecided(rules, binding.batch, cards, 0)) {
    Diagnostic d = text::diagnose(why.code, {}, std::move(why.message), std::move(why.help));
    const bool of_results = why.code == Code::inapplicable_refused && !project.results_file.empty();
    d.file = of_results ? project.results_file : project.file;
    card.diagnostics.push_back(std::move(d));
  }
}

// What the results say beside an adjustment or a veto.
std::string reason_given(const project::Project& project, const std::vector<project::Event>& events,
                         const std::string& id) {
  for (const auto* list : {&events, &project.table_events}) {
    const auto event =
        std::find_if(list->begin(), list->end(), [&](const auto& e) { return e.id.text == id; });
    if (event != list->end()) return event->reason;
  }
  return {};
}

Text effect_of(const ruleset::RuleSet& rules, const ruleset::Adjustment& rule,
               const AppliedAdjustment& applied) {
  const bool bonus = rule.kind == ruleset::AdjustmentKind::bonus;
  const std::string change = (applied.points >= 0 ? "+" : "") + value::plain(applied.points, 4);
  Text out{change + " 分", change + " points"};
  const double meant = bonus ? applied.by_formula : -applied.by_formula;
  if (difference(meant, applied.points) == 0) return out;
  const std::string formula = value::plain(applied.by_formula, 4);
  const double own = rule.limit ? std::min(std::max(applied.by_formula, 0.0), *rule.limit)
                                : applied.by_formula;
  if (applied.by_formula < 0) {
    out.zh += "（公式得 " + formula + "，不为负）";
    out.en += " (the formula gave " + formula + ": never below 0)";
  } else if (rule.limit && difference(own, std::abs(applied.points)) == 0) {
    out.zh += "（公式得 " + formula + "，至多 " + value::plain(*rule.limit, 4) + "）";
    out.en += " (the formula gave " + formula + ", at most " + value::plain(*rule.limit, 4) + ")";
  } else {
    const auto& together = bonus ? rules.bonus_limit : rules.penalty_limit;
    const std::string most = value::plain(together.value_or(0), 4);
    out.zh += std::string("（公式得 ") + formula + "，" + (bonus ? "加分" : "减分") + "合计至多 " +
              most + "）";
    out.en += " (the formula gave " + formula + "; all " + (bonus ? "bonuses" : "penalties") +
              " together at most " + most + ")";
  }
  return out;
}

// What a veto demands, and whether that was already so.
Text effect_of(const ruleset::RuleSet& rules, const ruleset::Veto& rule,
               const AppliedVeto& applied) {
  Text out;
  const auto add = [&out](const std::string& zh, const std::string& en) {
    out.zh += (out.zh.empty() ? "" : "；") + zh;
    out.en += (out.en.empty() ? "" : "; ") + en;
  };
  for (const auto& most : {rule.total, rule.limit}) {
    if (!most) continue;
    const std::string value = value::plain(*most);
    const bool already = applied.total_before <= *most;
    add("总分不超过 " + value + (already ? "（原本未超过）" : ""),
        "total at most " + value + (already ? " (it was not above)" : ""));
  }
  if (rule.rating != none) {
    const Text& label = rules.bands[rule.rating].label;
    const bool already = applied.band_before != none && applied.band_before >= rule.rating;
    add("等级不高于“" + label.zh + "”" + (already ? "（原本未高于）" : ""),
        "rating at most " + label.en + (already ? " (it was not above)" : ""));
  }
  return out;
}

}  // namespace

void explain_indicators(const ruleset::RuleSet& rules, const project::Project& project,
                        const Binding& binding, const Scorecards& cards, Scorecard& card) {
  Explainer(rules, project, binding, cards, card).explain();
}

void explain_outcome(const ruleset::RuleSet& rules, const project::Project& project,
                     const Binding& binding, const Scorecards& cards, Scorecard& card) {
  card.scale = rules.scale;
  card.attainable = cards.attainable[0];
  if (std::isfinite(cards.factor[0])) card.factor = cards.factor[0];
  card.digits = digits_to_show(rules, cards.state[0] == CellState::ok ? cards.total[0] : 0);
  const auto amount = [](const value::Cell& cell) {
    return cell.ok() ? std::optional(cell.value) : std::nullopt;
  };
  card.initial = amount(project.money.initial.yuan);
  card.adjusted = amount(project.money.adjusted.yuan);
  card.executed = amount(project.money.executed.yuan);
  if (card.executed && card.adjusted && *card.adjusted > 0)
    card.execution_rate = 100 * *card.executed / *card.adjusted;
  for (std::size_t b = 0; b < rules.blocks.size(); ++b) {
    BlockStory block{rules.blocks[b].id,
                     rules.blocks[b].name,
                     cards.block_weights[b][0],
                     cards.block_points[b][0],
                     0,
                     cards.block_factors[b][0]};
    for (const auto& indicator : card.indicators) {
      if (indicator.block == block.id && indicator.state == "ok") ++block.indicators;
    }
    card.blocks.push_back(std::move(block));
  }
  card.scored = cards.state[0] == CellState::ok;
  if (!card.scored) {
    report_undecided(rules, project, binding, cards, card);
  }
  for (const AppliedAdjustment& applied : cards.adjustments) {
    const auto& rule = rules.adjustments[applied.which];
    AdjustmentStory story{rule.id,
                          rule.kind == ruleset::AdjustmentKind::bonus ? "bonus" : "penalty",
                          rule.name,
                          applied.n,
                          applied.points,
                          {},
                          {},
                          ruleset::cited(rule.cite)};
    story.effect = effect_of(rules, rule, applied);
    story.reason = reason_given(project, project.adjustments, rule.id);
    card.adjustments.push_back(std::move(story));
  }
  for (const AppliedVeto& applied : cards.vetoes) {
    const auto& rule = rules.vetoes[applied.which];
    AdjustmentStory story{rule.id, "veto", rule.name, 0, 0, {}, {}, ruleset::cited(rule.cite)};
    story.effect = effect_of(rules, rule, applied);
    story.reason = reason_given(project, project.vetoes, rule.id);
    card.adjustments.push_back(std::move(story));
  }
  if (!card.scored) return;
  tell_formulas(rules, binding, cards, card);
  card.total = cards.total[0];
  card.total_before_veto = cards.vetoes.empty() ? cards.total[0]
                                                : cards.vetoes.front().total_before;
  card.total_before_adjustments = rules.decided_rounding()(cards.base[0], value::summed);
  const std::size_t band = cards.band[0];
  const std::size_t band_before = cards.vetoes.empty() ? band : cards.vetoes.front().band_before;
  if (band_before != none) card.rating_before_veto = rules.bands[band_before].id;
  if (band != none) {
    card.rating = rules.bands[band].id;
    card.rating_label = rules.bands[band].label;
    if (cards.vetoes.empty()) {  // a rating a veto fixed is at no distance from anything
      if (std::isfinite(rules.bands[band].range.low))
        card.distance.to_lower_band = difference(card.total, rules.bands[band].range.low);
      if (band > 0) {
        card.distance.next_band = rules.bands[band - 1].id;
        card.distance.next_label = rules.bands[band - 1].label;
        card.distance.to_next_band = difference(rules.bands[band - 1].range.low, card.total);
      }
    }
  }
}

void check_project(const ruleset::RuleSet& rules, const project::Project& project,
                   const Binding& binding, const Scorecards& cards, Scorecard& card) {
  const std::vector<double> values = project_values(rules, binding.batch, cards, 0);
  for (const auto& check : rules.project_checks) {
    const double holds = evaluate_known(check.condition, values);
    if (!std::isfinite(holds) || holds == 0) continue;
    Diagnostic d = text::diagnose(check.severity, Code::rule_check, {},
                                  check_words(check, Substitution{values, {}}, {}), said_by(check));
    d.file = project.file;
    card.diagnostics.push_back(std::move(d));
  }
}

}  // namespace jixiao::scoring
