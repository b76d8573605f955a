#include "scoring/strip.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace jixiao::scoring {

using value::CellState;

void Outcomes::resize(std::size_t n) {
  weight.assign(n, 0);
  unrounded.assign(n, 0);
  points.assign(n, 0);
  state.assign(n, CellState::ok);
  held.assign(n, 0);
  outside.assign(n, 0);
}

Strip::Strip(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method) : rules_(rules), batch_(batch), method_(rules.methods[method]), method_index_(method) {}

Strip Strip::of_rows(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method, std::vector<std::size_t> rows) {
  assert(!rows.empty() && "a strip without rows has nothing to say");
  Strip strip(rules, batch, method);
  strip.size_ = rows.size();
  strip.rows_ = std::move(rows);
  return strip;
}

Strip Strip::of_fixed(const ruleset::RuleSet& rules, const Batch& batch, std::size_t indicator) {
  Strip strip(rules, batch, rules.indicators[indicator].method);
  strip.fixed_ = &rules.indicators[indicator];
  strip.remarks_ = &batch.fixed[indicator];
  strip.size_ = batch.projects;
  strip.compute_actuals();
  return strip;
}

// The actual of a rule-set indicator is a formula over money and inputs; those names come first among the project names.
void Strip::compute_actuals() {
  actuals_.values.assign(size_, 0);
  actuals_.states.assign(size_, CellState::ok);
  const std::size_t names = ruleset::project_names + rules_.inputs.size();
  std::vector<std::vector<double>> columns(names);
  std::vector<formula::Column> bound(names);
  for (const std::size_t name : fixed_->actual.used()) {
    // B0, B, E, year and the inputs stand in the row names from row_B0 on, with two names between year and the inputs.
    const std::size_t row_name = name < ruleset::project_names ? ruleset::row_B0 + name : ruleset::row_names + (name - ruleset::project_names);
    gather(row_name, nullptr, columns[name], actuals_.states);
    bound[name] = formula::Column::of(columns[name]);
  }
  fixed_->actual.evaluate(bound, actuals_.values);
  for (std::size_t i = 0; i < size_; ++i) {
    if (remarks_->not_applicable[i] != 0) actuals_.states[i] = CellState::not_applicable;
    if (actuals_.states[i] == CellState::ok && !std::isfinite(actuals_.values[i])) actuals_.states[i] = CellState::error;
    if (actuals_.states[i] != CellState::ok) actuals_.values[i] = 0;
  }
}

void Strip::gather_project(const CellColumn& column, std::vector<double>& values, std::span<CellState> states) const {
  for (std::size_t i = 0; i < size_; ++i) {
    const std::size_t p = project(i);
    values[i] = column.values[p];
    states[i] = value::worse(states[i], column.states[p]);
  }
}

void Strip::gather(std::size_t name, const Outcomes* outcomes, std::vector<double>& values, std::span<CellState> states) const {
  values.assign(size_, 0);
  const Rows& rows = batch_.rows;
  const auto fill = [&](const auto& of) {
    for (std::size_t i = 0; i < size_; ++i) values[i] = of(i);
  };
  switch (name) {
    case ruleset::row_A: {
      const CellColumn& actual = is_fixed() ? actuals_ : rows.actual;
      for (std::size_t i = 0; i < size_; ++i) {
        values[i] = actual.values[slot(i)];
        states[i] = value::worse(states[i], actual.states[slot(i)]);
      }
      return;
    }
    case ruleset::row_T: return fill([&](std::size_t i) { return is_fixed() ? fixed_->target : rows.target[rows_[i]]; });
    case ruleset::row_U: return fill([&](std::size_t i) { return is_fixed() ? fixed_->target : rows.upper[rows_[i]]; });
    case ruleset::row_W: return fill([&](std::size_t i) { return outcomes != nullptr ? outcomes->weight[slot(i)] : 0; });
    case ruleset::row_B0: return gather_project(batch_.initial, values, states);
    case ruleset::row_B: return gather_project(batch_.adjusted, values, states);
    case ruleset::row_E: return gather_project(batch_.executed, values, states);
    case ruleset::row_year: return fill([&](std::size_t i) { return batch_.year[project(i)]; });
    case ruleset::row_has_reason: return fill([&](std::size_t i) { return is_fixed() ? remarks_->has_reason[i] : rows.has_reason[rows_[i]]; });
    case ruleset::row_has_evidence: return fill([&](std::size_t i) { return is_fixed() ? remarks_->has_evidence[i] : rows.has_evidence[rows_[i]]; });
    default: break;
  }
  std::size_t at = name - ruleset::row_names;
  if (at < rules_.inputs.size()) return gather_project(batch_.inputs[at], values, states);
  at -= rules_.inputs.size();
  const auto sparse_over = [&](const std::vector<Sparse>& list, std::size_t which, const auto& found) {
    if (is_fixed()) return;
    for (std::size_t i = 0; i < size_; ++i) {
      auto entry = std::lower_bound(list.begin(), list.end(), rows_[i], [](const Sparse& s, std::size_t row) { return s.row < row; });
      for (; entry != list.end() && entry->row == rows_[i]; ++entry) {
        if (entry->which == which) found(i, entry->value);
      }
    }
  };
  if (at < method_.params.size()) {
    const double value = is_fixed() ? fixed_->params[at].value : method_.params[at].value;
    values.assign(size_, value);
    return sparse_over(rows.params, at, [&](std::size_t i, double own) { values[i] = own; });
  }
  at -= method_.params.size();
  if (at < method_.inputs.size()) {
    std::vector<CellState> own(size_, CellState::missing);
    if (const auto& otherwise = method_.inputs[at].otherwise) {
      std::fill(own.begin(), own.end(), CellState::ok);
      evaluate(*otherwise, outcomes, values, own);
    }
    sparse_over(rows.inputs, at, [&](std::size_t i, double brought) { values[i] = brought, own[i] = CellState::ok; });
    for (std::size_t i = 0; i < size_; ++i) states[i] = value::worse(states[i], own[i]);
    return;
  }
  at -= method_.inputs.size();
  if (at < method_.state_columns.size()) {
    for (std::size_t i = 0; i < size_; ++i) {
      const std::size_t state = is_fixed() ? ruleset::none : rows.state[rows_[i]];
      if (state == ruleset::none) {
        states[i] = value::worse(states[i], is_fixed() || rows.actual.states[rows_[i]] == CellState::ok ? CellState::error : rows.actual.states[rows_[i]]);
      } else {
        values[i] = method_.states[state].values[at];
      }
    }
    return;
  }
  at -= method_.state_columns.size();
  // points, lost
  fill([&](std::size_t i) {
    const double points = outcomes != nullptr ? outcomes->points[slot(i)] : 0;
    return at == 0 ? points : outcomes->weight[slot(i)] - points;
  });
}

void Strip::evaluate(const formula::Formula& formula, const Outcomes* outcomes, std::span<double> out, std::span<CellState> states) const {
  const std::size_t names = method_.scope.variables.size() + 2;  // points, lost
  std::vector<std::vector<double>> columns(names);
  std::vector<formula::Column> bound(names);
  for (const std::size_t name : formula.used()) {
    gather(name, outcomes, columns[name], states);
    bound[name] = formula::Column::of(columns[name]);
  }
  formula.evaluate(bound, out);
}

std::vector<double> Strip::values(std::size_t i, const Outcomes& outcomes) const {
  const std::size_t names = method_.scope.variables.size() + 2;
  std::vector<double> out(names, std::nan(""));
  std::vector<double> cell;
  for (std::size_t name = 0; name < names; ++name) {
    std::vector<CellState> states(size_, CellState::ok);
    gather(name, &outcomes, cell, states);
    if (states[i] == CellState::ok) out[name] = cell[i];
  }
  return out;
}

}  // namespace jixiao::scoring
