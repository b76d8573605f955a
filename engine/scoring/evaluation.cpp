#include "scoring/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scoring/most_lost.hpp"
#include "scoring/totals.hpp"
#include "scoring/weights.hpp"

namespace jixiao::scoring {

using ruleset::OutsidePolicy;
using value::CellState;

namespace {

Outcomes& outcomes_of(Scorecards& cards, const Strip& strip, std::size_t fixed_index) {
  return strip.is_fixed() ? cards.fixed[fixed_index] : cards.rows;
}

// Who is outside its domain, and what that makes of it. No weight is known yet: a domain cannot name W.
void judge_domain(const Strip& strip, Outcomes& outcomes) {
  const std::size_t n = strip.size();
  const auto& method = strip.method();
  std::vector<CellState> states(n, CellState::ok);
  std::vector<double> inside(n, 1);
  strip.survey(method.points, states);
  if (method.domain) {
    strip.survey(*method.domain, states);
    strip.evaluate(*method.domain, nullptr, inside);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t slot = strip.slot(i);
    if (outcomes.outside[slot] == outside_indicator) continue;
    outcomes.state[slot] = value::worse(outcomes.state[slot], states[i]);
    if (outcomes.state[slot] != CellState::ok || (std::isfinite(inside[i]) && inside[i] != 0)) continue;
    outcomes.outside[slot] = outside_method;
    if (method.outside.policy == OutsidePolicy::error) outcomes.state[slot] = CellState::error;
    if (method.outside.policy == OutsidePolicy::not_applicable) outcomes.state[slot] = CellState::not_applicable;
  }
}

// The same for the domain of a rule-set indicator itself (B > 0).
void judge_fixed_domain(const ruleset::RuleSet& rules, const Batch& batch, std::size_t index, Outcomes& outcomes) {
  const auto& indicator = rules.indicators[index];
  if (!indicator.domain) return;
  std::vector<double> values;
  for (std::size_t p = 0; p < batch.projects; ++p) {
    if (batch.fixed[index].not_applicable[p] != 0) continue;
    values.clear();
    append_given(batch, p, values);
    const double inside = evaluate_known(*indicator.domain, values);
    if (std::isnan(inside)) continue;  // something it names is not there: the actual will say so
    if (std::isfinite(inside) && inside != 0) continue;
    outcomes.outside[p] = outside_indicator;
    outcomes.state[p] = indicator.outside.policy == OutsidePolicy::error            ? CellState::error
                        : indicator.outside.policy == OutsidePolicy::not_applicable ? CellState::not_applicable
                                                                                    : CellState::ok;
    if (outcomes.state[p] != CellState::ok) continue;
    if (indicator.outside.policy == OutsidePolicy::formula && indicator.outside.points)
      outcomes.unrounded[p] = evaluate_known(*indicator.outside.points, values);
  }
}

// The points of an indicator outside its domain, where that is no formula.
double outside_points(OutsidePolicy policy, double weight) { return policy == OutsidePolicy::full ? weight : 0; }

void award(const ruleset::RuleSet& rules, const Strip& strip, Outcomes& outcomes) {
  const std::size_t n = strip.size();
  const auto& method = strip.method();
  std::vector<double> value(n);
  strip.evaluate(method.points, &outcomes, value);
  std::vector<double> elsewhere;
  std::vector<CellState> elsewhere_states(method.outside.points ? n : 0, CellState::ok);
  if (method.outside.points) {
    elsewhere.resize(n);
    strip.survey(*method.outside.points, elsewhere_states);
    strip.evaluate(*method.outside.points, &outcomes, elsewhere);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t slot = strip.slot(i);
    const double weight = outcomes.weight[slot];
    CellState& state = outcomes.state[slot];
    if (state == CellState::not_applicable && rules.not_applicable == ruleset::NotApplicablePolicy::full) {
      outcomes.unrounded[slot] = outcomes.points[slot] = weight;
      continue;
    }
    if (state == CellState::missing && rules.missing == ruleset::MissingPolicy::zero) continue;  // no points, and the state says why
    if (state != CellState::ok) continue;
    double points = value[i];
    if (outcomes.outside[slot] == outside_method) {
      points = outside_points(method.outside.policy, weight);
      if (method.outside.points) points = elsewhere_states[i] == CellState::ok ? elsewhere[i] : std::nan("");
    }
    if (outcomes.outside[slot] == outside_indicator)
      points = strip.fixed_outside() == OutsidePolicy::formula ? outcomes.unrounded[slot] : outside_points(strip.fixed_outside(), weight);
    if (!std::isfinite(points)) {
      state = CellState::error;
      outcomes.unrounded[slot] = 0;
      continue;
    }
    outcomes.unrounded[slot] = points;
    if (!method.beyond && outcomes.held(slot)) points = points < 0 ? 0 : weight;
    outcomes.points[slot] = points;
  }
  for (const auto& accept : method.accepts) {
    std::vector<CellState> states(n, CellState::ok);
    strip.survey(accept.that, states);
    strip.evaluate(accept.that, &outcomes, value);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t slot = strip.slot(i);
      if (outcomes.state[slot] != CellState::ok || (value[i] != 0 && states[i] == CellState::ok)) continue;
      outcomes.state[slot] = CellState::error;
      outcomes.points[slot] = 0;
    }
  }
}

}  // namespace

std::vector<Strip> strips_of(const ruleset::RuleSet& rules, const Batch& batch) {
  std::vector<Strip> strips;
  strips.reserve(rules.indicators.size() + rules.methods.size());
  for (std::size_t f = 0; f < rules.indicators.size(); ++f) strips.push_back(Strip::of_fixed(rules, batch, f));
  std::vector<std::vector<std::size_t>> rows(rules.methods.size());
  for (std::size_t row = 0; row < batch.rows.size(); ++row) rows[batch.rows.method[row]].push_back(row);
  for (std::size_t m = 0; m < rows.size(); ++m) {
    if (!rows[m].empty()) strips.push_back(Strip::of_rows(rules, batch, m, std::move(rows[m])));
  }
  return strips;
}

Scorecards evaluate(const ruleset::RuleSet& rules, const Batch& batch) {
  Scorecards cards;
  cards.projects = batch.projects;
  cards.fixed.resize(rules.indicators.size());
  for (Outcomes& outcomes : cards.fixed) outcomes.resize(batch.projects);
  cards.rows.resize(batch.rows.size());
  for (std::size_t row = 0; row < batch.rows.size(); ++row) {
    if (batch.rows.refused[row] != 0) cards.rows.state[row] = CellState::error;
  }
  cards.block_points.assign(rules.blocks.size(), std::vector<double>(batch.projects, 0));
  cards.block_weights.assign(rules.blocks.size(), std::vector<double>(batch.projects, 0));
  cards.attainable.assign(batch.projects, 0);

  const std::vector<Strip> strips = strips_of(rules, batch);
  for (std::size_t s = 0; s < strips.size(); ++s) {
    Outcomes& outcomes = outcomes_of(cards, strips[s], s);
    if (strips[s].is_fixed()) judge_fixed_domain(rules, batch, s, outcomes);
    judge_domain(strips[s], outcomes);
  }
  const std::vector<double> factors = resolve_weights(rules, batch, cards);
  for (std::size_t s = 0; s < strips.size(); ++s) award(rules, strips[s], outcomes_of(cards, strips[s], s));
  if (rules.indicator_rounding) {
    for (Outcomes& outcomes : cards.fixed) rules.indicator_rounding->apply(outcomes.points);
    rules.indicator_rounding->apply(cards.rows.points);
  }
  add_up(rules, batch, factors, cards);
  return cards;
}

const Scorecards& Evaluator::run(const Batch& batch) { return cards_ = evaluate(rules_, batch); }

std::span<const MostLost> Evaluator::most_lost(const Batch& batch) {
  find_most_lost(rules_, batch, cards_, most_lost_);
  return most_lost_;
}

Outcomes evaluate_alone(const ruleset::RuleSet& rules, const Batch& batch) {
  Outcomes outcomes;
  outcomes.resize(batch.rows.size());
  std::vector<std::size_t> rows(batch.rows.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (rows.empty()) return outcomes;
  const Strip strip = Strip::of_rows(rules, batch, batch.rows.method.front(), std::move(rows));
  judge_domain(strip, outcomes);
  outcomes.weight = batch.rows.given_weight;
  award(rules, strip, outcomes);
  if (rules.indicator_rounding) rules.indicator_rounding->apply(outcomes.points);
  return outcomes;
}

}  // namespace jixiao::scoring
