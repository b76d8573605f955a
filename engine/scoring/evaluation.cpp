#include "scoring/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scoring/loops.hpp"
#include "scoring/most_lost.hpp"
#include "scoring/totals.hpp"
#include "value/decimals.hpp"
#include "value/edge.hpp"

namespace jixiao::scoring {

using ruleset::OutsidePolicy;
using value::CellState;

namespace {

// What does not apply is an error where the rule set does not allow it.
CellState state_inapplicable(const ruleset::RuleSet& rules) {
  return rules.not_applicable == ruleset::NotApplicablePolicy::refuse ? CellState::error
                                                                      : CellState::not_applicable;
}

CellState state_outside(const ruleset::RuleSet& rules, OutsidePolicy policy) {
  if (policy == OutsidePolicy::error) return CellState::error;
  return policy == OutsidePolicy::not_applicable ? state_inapplicable(rules) : CellState::ok;
}

// Who is outside the domain of a rule-set indicator itself (B > 0), and what that makes of it.
void judge_fixed_domain(const ruleset::RuleSet& rules, const Batch& batch,
                        const MethodRows& method_rows, Workspace& workspace, Outcomes& outcomes) {
  const auto& indicator = method_rows.fixed();
  if (!indicator.domain) return;
  const Workspace::ScratchScope scratch(workspace);
  const std::span<double> inside = workspace.numbers(batch.projects);
  evaluate_known(rules, batch, nullptr, *indicator.domain, workspace, inside);
  if (loops::all_hold(inside)) return;
  const auto& away = batch.fixed[method_rows.fixed_index()].not_applicable;
  for (std::size_t p = 0; p < batch.projects; ++p) {
    if (away[p] != 0 || (std::isfinite(inside[p]) && inside[p] != 0)) continue;
    // Something it names is not there, or it cannot be computed: then nobody knows whether the
    // indicator holds.
    if (!std::isfinite(inside[p])) {
      const CellState named = state_of_named(rules, batch, *indicator.domain, p);
      outcomes.state[p] =
          value::worse(outcomes.state[p], named == CellState::ok ? CellState::error : named);
      continue;
    }
    outcomes.outside[p] = outside_indicator;
    outcomes.state[p] = state_outside(rules, indicator.outside.policy);
  }
}

// Who is outside its domain, and what that makes of it. No weight is known yet: a domain cannot
// name W.
void judge_domain(const ruleset::RuleSet& rules, const MethodRows& method_rows,
                  Workspace& workspace, Outcomes& outcomes) {
  const Workspace::ScratchScope scratch(workspace);
  const std::size_t n = method_rows.size();
  const auto& method = method_rows.method();
  const bool given = method_rows.has_all(method.points) &&
                     (!method.domain || method_rows.has_all(*method.domain));
  const std::span<double> inside = workspace.numbers(method.domain ? n : 0);
  const bool all_inside = !method.domain || method_rows.holds(*method.domain, inside);
  if (given && all_inside) return;
  const std::span<CellState> states = workspace.states(n);
  std::fill(states.begin(), states.end(), CellState::ok);
  method_rows.survey(method.points, states);
  if (method.domain) method_rows.survey(*method.domain, states);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t slot = method_rows.slot(i);
    if (outcomes.outside[slot] == outside_indicator) continue;
    outcomes.state[slot] = value::worse(outcomes.state[slot], states[i]);
    if (outcomes.state[slot] != CellState::ok || all_inside ||
        (std::isfinite(inside[i]) && inside[i] != 0))
      continue;
    // Where the domain itself cannot be computed nobody knows whether it is left: no policy for
    // what lies outside speaks then.
    if (!std::isfinite(inside[i])) {
      outcomes.state[slot] = CellState::error;
      continue;
    }
    outcomes.outside[slot] = outside_method;
    outcomes.state[slot] = state_outside(rules, method.outside.policy);
  }
}

// The points of an indicator outside its domain, where that is no formula.
double outside_points(OutsidePolicy policy, double weight) {
  return policy == OutsidePolicy::full ? weight : 0;
}

// Points where the formula's word is not the last: not ok, outside a domain, or not computable.
class Exceptions {
 public:
  Exceptions(const ruleset::RuleSet& rules, const Batch& batch, const MethodRows& method_rows,
             Workspace& workspace, Outcomes& outcomes)
      : rules_(rules), batch_(batch), method_rows_(method_rows), outcomes_(outcomes) {
    const auto& outside = method_rows.method().outside.points;
    if (!outside || loops::all_zero(outcomes.outside)) return;
    elsewhere_ = workspace.numbers(method_rows.size());
    elsewhere_states_ = workspace.states(method_rows.size());
    std::fill(elsewhere_states_.begin(), elsewhere_states_.end(), CellState::ok);
    method_rows.survey(*outside, elsewhere_states_);
    method_rows.evaluate(*outside, &outcomes, elsewhere_);
  }

  void settle() {
    for (std::size_t i = 0; i < method_rows_.size(); ++i) {
      const std::size_t slot = method_rows_.slot(i);
      if (outcomes_.state[slot] != CellState::ok) {
        settle_absent(slot);
      } else if (outcomes_.outside[slot] != outside_none) {
        award(slot, points_outside(i, slot));
      } else if (!std::isfinite(outcomes_.unrounded[slot])) {
        award(slot, std::nan(""));
      }
    }
  }

 private:
  // No points, and the state says why; unless what does not apply counts in full.
  void settle_absent(std::size_t slot) {
    const bool full = outcomes_.state[slot] == CellState::not_applicable &&
                      rules_.not_applicable == ruleset::NotApplicablePolicy::full;
    outcomes_.unrounded[slot] = outcomes_.points[slot] = full ? outcomes_.weight[slot] : 0;
  }

  [[nodiscard]] double points_outside(std::size_t i, std::size_t slot) {
    const double weight = outcomes_.weight[slot];
    if (outcomes_.outside[slot] == outside_method) {
      if (elsewhere_.empty()) return outside_points(method_rows_.method().outside.policy, weight);
      return elsewhere_states_[i] == CellState::ok ? elsewhere_[i] : std::nan("");
    }
    const auto& outside = method_rows_.fixed().outside;
    if (outside.policy != OutsidePolicy::formula) return outside_points(outside.policy, weight);
    if (!outside.points) return 0;
    given_.clear();
    append_given(batch_, slot, given_);
    return evaluate_known(*outside.points, given_);
  }

  void award(std::size_t slot, double points) {
    if (!std::isfinite(points)) {
      outcomes_.state[slot] = CellState::error;
      outcomes_.unrounded[slot] = outcomes_.points[slot] = 0;
      return;
    }
    outcomes_.unrounded[slot] = points;
    if (!method_rows_.method().beyond && outcomes_.was_clamped(slot))
      points = points < 0 ? 0 : outcomes_.weight[slot];
    outcomes_.points[slot] = points;
  }

  const ruleset::RuleSet& rules_;
  const Batch& batch_;
  const MethodRows& method_rows_;
  Outcomes& outcomes_;
  std::span<double> elsewhere_;  // by the method's formula for values outside its domain
  std::span<CellState> elsewhere_states_;
  std::vector<double> given_;
};

// What a method does not accept is an error, however many points it made.
void refuse(const MethodRows& method_rows, Workspace& workspace, Outcomes& outcomes) {
  for (const auto& accept : method_rows.method().accepts) {
    const Workspace::ScratchScope scratch(workspace);
    const std::span<double> accepted = workspace.numbers(method_rows.size());
    const std::span<CellState> states = workspace.states(method_rows.size());
    std::fill(states.begin(), states.end(), CellState::ok);
    method_rows.survey(accept.that, states);
    method_rows.evaluate(accept.that, &outcomes, accepted);
    for (std::size_t i = 0; i < method_rows.size(); ++i) {
      const std::size_t slot = method_rows.slot(i);
      const bool holds = std::isfinite(accepted[i]) && accepted[i] != 0;
      if (outcomes.state[slot] != CellState::ok || (holds && states[i] == CellState::ok)) continue;
      outcomes.state[slot] = CellState::error;
      outcomes.points[slot] = 0;
    }
  }
}

// Points that are no farther from an edge of their rounding than their formula may be off are on
// it: 1 - 1.99/2 is 0.005 on paper and less in doubles. A bound takes another run of the formula,
// so it is asked for only where points are within a ten-thousandth of a rounding step of an edge.
void put_on_edges(const value::Rounding& rule, const MethodRows& method_rows, Workspace& workspace,
                  Outcomes& outcomes) {
  constexpr double near = 1e-4;
  std::span<double> bounds;
  const Workspace::ScratchScope scratch(workspace);
  double weight = std::nan("");
  value::Rounding own = rule;
  double reach = 0;
  for (std::size_t i = 0; i < method_rows.size(); ++i) {
    const std::size_t slot = method_rows.slot(i);
    if (outcomes.weight[slot] != weight) {
      weight = outcomes.weight[slot];
      own = value::beside_weight(rule, weight);
      reach = near * std::pow(10.0, -own.digits);
    }
    double& points = outcomes.points[slot];
    const double edge = own.edge(points);
    const double away = std::fabs(points - edge);
    if (away == 0 || !(away <= reach) || outcomes.state[slot] != CellState::ok ||
        outcomes.outside[slot] != outside_none)
      continue;
    if (bounds.empty()) {
      bounds = workspace.numbers(method_rows.size());
      method_rows.points_bounds(outcomes, bounds);
    }
    if (away <= bounds[i]) points = edge;
  }
}

void award(const ruleset::RuleSet& rules, const Batch& batch, const MethodRows& method_rows,
           Workspace& workspace, Outcomes& outcomes) {
  const Workspace::ScratchScope scratch(workspace);
  const std::size_t n = method_rows.size();
  const auto& method = method_rows.method();
  const std::span<double> values = method_rows.is_whole() ? std::span(outcomes.unrounded)
                                                          : workspace.numbers(n);
  const std::span<double> points = method_rows.is_whole() ? std::span(outcomes.points)
                                                          : workspace.numbers(n);
  method_rows.evaluate(method.points, &outcomes, values);
  const bool all_computed =
      method.beyond ? loops::copy(values, points.data())
                    : loops::clamp_to_weight(values, method_rows.weights(outcomes), points.data());
  method_rows.scatter(values.data(), outcomes.unrounded.data());
  method_rows.scatter(points.data(), outcomes.points.data());
  if (!all_computed || !loops::all_ok(outcomes.state) || !loops::all_zero(outcomes.outside))
    Exceptions(rules, batch, method_rows, workspace, outcomes).settle();
  if (rules.indicator_rounding)
    put_on_edges(*rules.indicator_rounding, method_rows, workspace, outcomes);
  refuse(method_rows, workspace, outcomes);
}

void begin(const ruleset::RuleSet& rules, const Batch& batch, Scorecards& cards) {
  cards.projects = batch.projects;
  cards.fixed.resize(rules.indicators.size());
  for (Outcomes& outcomes : cards.fixed) outcomes.begin(batch.projects);
  cards.rows.begin(batch.rows.size());
  if (!loops::all_zero(batch.rows.refused)) {
    for (std::size_t row = 0; row < batch.rows.size(); ++row) {
      if (batch.rows.refused[row] != 0) cards.rows.state[row] = CellState::error;
    }
  }
  cards.block_points.resize(rules.blocks.size());
  cards.block_weights.resize(rules.blocks.size());
  cards.block_factors.resize(rules.blocks.size());
  cards.adjustments.clear();
  cards.vetoes.clear();
}

// What the results say of an indicator holds whether its method names A or not: that it does not
// apply, or that it has no result.
void apply_declared(const ruleset::RuleSet& rules, const Batch& batch, Scorecards& cards) {
  const auto put = [&](Outcomes& outcomes, std::size_t slot) {
    outcomes.state[slot] = state_inapplicable(rules);
    outcomes.outside[slot] = outside_none;
  };
  for (std::size_t f = 0; f < cards.fixed.size(); ++f) {
    const auto& away = batch.fixed[f].not_applicable;
    if (loops::all_zero(away)) continue;
    for (std::size_t p = 0; p < batch.projects; ++p) {
      if (away[p] != 0) put(cards.fixed[f], p);
    }
  }
  const auto& actuals = batch.rows.actual.states;
  if (loops::all_ok(actuals)) return;
  for (std::size_t row = 0; row < actuals.size(); ++row) {
    if (actuals[row] == CellState::not_applicable) {
      put(cards.rows, row);
    } else {
      cards.rows.state[row] = value::worse(cards.rows.state[row], actuals[row]);
    }
  }
}

// Points rounded as the rule set rounds an indicator, beside the weight they may not pass.
// `beyond(slot)`: whether its method may pass it.
template <class Beyond>
void round_points(const value::Rounding& rule, const Beyond& beyond, Outcomes& outcomes) {
  struct Exact {
    std::size_t slot;
    double points;
  };
  std::vector<Exact> finer;
  double weight = std::nan("");
  value::Rounding own = rule;
  for (std::size_t slot = 0; slot < outcomes.points.size(); ++slot) {
    if (outcomes.weight[slot] != weight) {
      weight = outcomes.weight[slot];
      own = value::beside_weight(rule, weight);
    }
    if (own.digits != rule.digits) finer.push_back({slot, own(outcomes.points[slot])});
  }
  rule.apply(outcomes.points);
  for (const Exact& exact : finer) outcomes.points[exact.slot] = exact.points;
  for (std::size_t slot = 0; slot < outcomes.points.size(); ++slot) {
    if (outcomes.points[slot] > outcomes.weight[slot] && !beyond(slot))
      outcomes.points[slot] = outcomes.weight[slot];
  }
}

void round_all(const ruleset::RuleSet& rules, const Batch& batch, Scorecards& cards) {
  for (std::size_t f = 0; f < cards.fixed.size(); ++f) {
    const bool beyond = rules.methods[rules.indicators[f].method].beyond;
    round_points(
        *rules.indicator_rounding, [&](std::size_t) { return beyond; }, cards.fixed[f]);
  }
  round_points(
      *rules.indicator_rounding,
      [&](std::size_t row) { return rules.methods[batch.rows.method[row]].beyond; }, cards.rows);
}

// Calls each(method, row, end) for every run of rows with one method. Neighbours often share
// theirs, and a position kept in a register is quicker than one kept in memory.
template <class Each>
void each_run(const std::vector<std::uint32_t>& methods, const Each& each) {
  for (std::size_t row = 0; row < methods.size();) {
    const std::uint32_t method = methods[row];
    std::size_t end = row + 1;
    while (end < methods.size() && methods[end] == method) ++end;
    each(method, row, end);
    row = end;
  }
}

// The rows of each method, method after method. `begins[m]`: where those of method m begin.
std::span<const std::uint32_t> sort_by_method(const Rows& rows, std::span<std::uint32_t> begins,
                                              Workspace& workspace) {
  std::fill(begins.begin(), begins.end(), 0);
  each_run(rows.method, [&](std::uint32_t method, std::size_t row, std::size_t end) {
    begins[method + 1] += static_cast<std::uint32_t>(end - row);
  });
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  const std::span<std::uint32_t> sorted = workspace.indices(rows.size());
  const std::span<std::uint32_t> next = workspace.indices(begins.size());
  std::copy(begins.begin(), begins.end(), next.begin());
  each_run(rows.method, [&](std::uint32_t method, std::size_t row, std::size_t end) {
    std::uint32_t* to = sorted.data() + next[method];
    next[method] += static_cast<std::uint32_t>(end - row);
    for (; row < end; ++row) *to++ = static_cast<std::uint32_t>(row);
  });
  return sorted;
}

}  // namespace

void split_by_method(const ruleset::RuleSet& rules, const Batch& batch, Workspace& workspace,
                     std::vector<MethodRows>& row_sets) {
  row_sets.clear();
  for (std::size_t f = 0; f < rules.indicators.size(); ++f)
    row_sets.push_back(MethodRows::of_fixed(rules, batch, f, workspace));
  if (batch.rows.size() == 0) return;
  const std::span<std::uint32_t> begins = workspace.indices(rules.methods.size() + 1);
  const auto sorted = sort_by_method(batch.rows, begins, workspace);
  for (std::size_t m = 0; m < rules.methods.size(); ++m) {
    const std::size_t count = begins[m + 1] - begins[m];
    if (count > 0)
      row_sets.push_back(
          MethodRows::of_rows(rules, batch, m, sorted.subspan(begins[m], count), workspace));
  }
}

const Scorecards& Evaluator::run(const Batch& batch) {
  workspace_.clear();
  begin(rules_, batch, cards_);
  split_by_method(rules_, batch, workspace_, row_sets_);
  const auto outcomes_of = [this](const MethodRows& method_rows) -> Outcomes& {
    return method_rows.is_fixed() ? cards_.fixed[method_rows.fixed_index()] : cards_.rows;
  };
  for (const MethodRows& method_rows : row_sets_) {
    if (method_rows.is_fixed())
      judge_fixed_domain(rules_, batch, method_rows, workspace_, outcomes_of(method_rows));
    judge_domain(rules_, method_rows, workspace_, outcomes_of(method_rows));
  }
  apply_declared(rules_, batch, cards_);
  weights_.settle(batch, cards_);
  for (const MethodRows& method_rows : row_sets_)
    award(rules_, batch, method_rows, workspace_, outcomes_of(method_rows));
  if (rules_.indicator_rounding) round_all(rules_, batch, cards_);
  add_up(rules_, batch, workspace_, cards_);
  return cards_;
}

std::span<const MostLost> Evaluator::most_lost(const Batch& batch) {
  find_most_lost(rules_, batch, cards_, workspace_, most_lost_);
  return most_lost_;
}

Scorecards evaluate(const ruleset::RuleSet& rules, const Batch& batch) {
  Evaluator evaluator(rules);
  evaluator.run(batch);
  return std::move(evaluator.cards_);
}

Outcomes evaluate_alone(const ruleset::RuleSet& rules, const Batch& batch) {
  const std::size_t n = batch.rows.size();
  Outcomes outcomes;
  outcomes.begin(n);
  if (n == 0) return outcomes;
  Workspace workspace;
  const std::span<std::uint32_t> rows = workspace.indices(n);
  std::iota(rows.begin(), rows.end(), 0U);
  const MethodRows method_rows =
      MethodRows::of_rows(rules, batch, batch.rows.method.front(), rows, workspace);
  judge_domain(rules, method_rows, workspace, outcomes);
  std::copy(batch.rows.given_weight.begin(), batch.rows.given_weight.end(),
            outcomes.weight.write(n).begin());
  award(rules, batch, method_rows, workspace, outcomes);
  if (rules.indicator_rounding)
    round_points(
        *rules.indicator_rounding, [&](std::size_t) { return method_rows.method().beyond; },
        outcomes);
  return outcomes;
}

}  // namespace jixiao::scoring
