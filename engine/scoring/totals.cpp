#include "scoring/totals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "scoring/evaluation.hpp"

namespace jixiao::scoring {

using ruleset::none;
using value::CellState;

namespace {

class EventCursor {
 public:
  explicit EventCursor(std::span<const Event> all) : rest_(all) {}

  std::span<const Event> of(std::size_t project) {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count].project == project) ++count;
    const auto own = rest_.first(count);
    rest_ = rest_.subspan(count);
    return own;
  }

 private:
  std::span<const Event> rest_;
};

struct Block {
  double sum = 0;
  double count = 0;
  double weights = 0;
};

// Sums in file order: the rule set's indicators first, then the project's own.
// `blocks` is reused from project to project.
void sum_blocks(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards, std::size_t project, CellState& state,
                std::vector<Block>& blocks) {
  blocks.assign(rules.blocks.size(), {});
  const auto add = [&](std::size_t block, const Outcomes& outcomes, std::size_t slot) {
    const CellState own = outcomes.state[slot];
    const bool counted_as_zero = own == CellState::missing && rules.missing == ruleset::MissingPolicy::zero;
    const bool full = own == CellState::not_applicable && rules.not_applicable == ruleset::NotApplicablePolicy::full;
    if (own == CellState::not_applicable && !full) return;
    if (own != CellState::ok && !counted_as_zero && !full) state = value::worse(state, own);
    const double points = outcomes.points[slot];
    const auto& fold = rules.blocks[block].combine;
    blocks[block].sum += fold ? fold->each.evaluate(std::array{points, outcomes.weight[slot]}) : points;
    blocks[block].count += 1;
    blocks[block].weights += outcomes.weight[slot];
  };
  for (std::size_t f = 0; f < rules.indicators.size(); ++f) add(rules.indicators[f].block, cards.fixed[f], project);
  for (std::size_t row = batch.row_begin[project]; row < batch.row_begin[project + 1]; ++row) add(batch.rows.block[row], cards.rows, row);
}

double held(const ruleset::RuleSet& rules, double total) {
  return rules.total_range ? std::clamp(total, rules.total_range->low, rules.total_range->high) : total;
}

double decided(const ruleset::RuleSet& rules, double total) {
  const double in_range = held(rules, total);
  return rules.total_rounding ? (*rules.total_rounding)(in_range) : in_range;
}

// Adjustments of one project, each within its own limit, all of a kind within the common one, in the order reported.
double adjust(const ruleset::RuleSet& rules, const Batch& batch, std::size_t project, std::span<const Event> events, Scorecards& cards) {
  std::array<double, 2> spent{0, 0};
  double sum = 0;
  for (const Event& event : events) {
    const ruleset::Adjustment& rule = rules.adjustments[event.which];
    std::vector<double> values = project_values(rules, batch, cards, project);
    values.push_back(event.n);
    for (const auto& param : rule.params) values.push_back(param.value);
    double points = evaluate_known(rule.points, values);
    if (!std::isfinite(points)) {
      cards.state[project] = CellState::error;
      points = 0;
    }
    points = std::max(0.0, points);
    if (rule.limit) points = std::min(points, *rule.limit);
    const auto kind = static_cast<std::size_t>(rule.kind);
    const auto& limit = rule.kind == ruleset::AdjustmentKind::bonus ? rules.bonus_limit : rules.penalty_limit;
    if (limit) points = std::min(points, *limit - spent[kind]);
    spent[kind] += points;
    const double change = rule.kind == ruleset::AdjustmentKind::bonus ? points : -points;
    sum += change;
    cards.adjustments.push_back({project, event.which, event.n, change});
  }
  return sum;
}

void apply_vetoes(const ruleset::RuleSet& rules, const Batch& batch, std::size_t project, std::span<const Event> events,
                  Scorecards& cards) {
  if (rules.vetoes.empty()) return;
  std::vector<bool> happened(rules.vetoes.size(), false);
  for (const Event& event : events) happened[event.which] = true;
  const double total_before = cards.total[project];
  const std::size_t band_before = cards.band[project];
  for (std::size_t v = 0; v < rules.vetoes.size(); ++v) {
    const ruleset::Veto& veto = rules.vetoes[v];
    if (!happened[v] && veto.when) {
      const double value = evaluate_known(*veto.when, project_values(rules, batch, cards, project));
      if (!std::isfinite(value)) {
        cards.state[project] = CellState::error;  // a veto nobody can judge is not a veto that did not happen
        return;
      }
      happened[v] = value != 0;
    }
    if (!happened[v]) continue;
    double& total = cards.total[project];
    if (veto.total) total = decided(rules, *veto.total);
    if (veto.limit) total = std::min(total, decided(rules, *veto.limit));
    cards.band[project] = veto.rating != none ? veto.rating : rules.band_of(total);
    cards.vetoes.push_back({project, v, total_before, band_before});
  }
}

}  // namespace

double evaluate_known(const formula::Formula& formula, std::span<const double> values) {
  const bool known = std::none_of(formula.used().begin(), formula.used().end(), [&](std::size_t name) { return std::isnan(values[name]); });
  return known ? formula.evaluate(values) : std::nan("");
}

void append_given(const Batch& batch, std::size_t project, std::vector<double>& values) {
  const auto cell = [&](const CellColumn& column) {
    values.push_back(column.states[project] == CellState::ok ? column.values[project] : std::nan(""));
  };
  cell(batch.initial);
  cell(batch.adjusted);
  cell(batch.executed);
  values.push_back(batch.year[project]);
  for (const CellColumn& column : batch.inputs) cell(column);
}

std::vector<double> project_values(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards, std::size_t project) {
  std::vector<double> values;
  values.reserve(rules.project_scope.variables.size() + 4);
  append_given(batch, project, values);
  for (const auto& block : cards.block_points) values.push_back(block[project]);
  values.push_back(cards.total.empty() ? std::nan("") : cards.total[project]);
  return values;
}

void add_up(const ruleset::RuleSet& rules, const Batch& batch, const std::vector<double>& factors, Scorecards& cards) {
  const std::size_t n = batch.projects;
  cards.state.assign(n, CellState::ok);
  cards.base.assign(n, 0);
  cards.total.assign(n, 0);
  cards.band.assign(n, none);
  // Events come in project order: each project takes its own from where the last one stopped.
  EventCursor adjustments{batch.adjustments};
  EventCursor vetoes{batch.vetoes};
  std::vector<Block> blocks;
  for (std::size_t p = 0; p < n; ++p) {
    sum_blocks(rules, batch, cards, p, cards.state[p], blocks);
    const auto own_adjustments = adjustments.of(p);
    const auto own_vetoes = vetoes.of(p);
    double total = 0;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      double points = blocks[b].sum;
      if (const auto& fold = rules.blocks[b].combine)
        points = blocks[b].count > 0 ? fold->total.evaluate(std::array{blocks[b].sum, blocks[b].count, blocks[b].weights}) : 0;
      if (rules.block_rounding) points = (*rules.block_rounding)(points);
      cards.block_points[b][p] = points;
      total += points;
    }
    if (rules.combine) {
      std::vector<double> values = project_values(rules, batch, cards, p);
      values.pop_back();
      total = evaluate_known(*rules.combine, values);
    }
    total *= factors[p];
    if (!std::isfinite(total)) cards.state[p] = CellState::error;
    if (cards.state[p] != CellState::ok) continue;
    cards.base[p] = total;
    cards.total[p] = total;  // what adjustments may name
    const double adjusted = total + adjust(rules, batch, p, own_adjustments, cards);
    if (cards.state[p] != CellState::ok) continue;
    cards.total[p] = decided(rules, adjusted);
    cards.band[p] = rules.band_of(cards.total[p]);
    apply_vetoes(rules, batch, p, own_vetoes, cards);
  }
}

}  // namespace jixiao::scoring
