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
  outside.assign(n, 0);
}

Strip::Strip(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method)
    : rules_(rules), batch_(batch), method_(rules.methods[method]), method_index_(method) {}

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
    const std::size_t row_name =
        name < ruleset::project_names ? ruleset::row_B0 + name : ruleset::row_names + (name - ruleset::project_names);
    gather(row_name, nullptr, columns[name]);
    survey_name(row_name, actuals_.states);
    bound[name] = formula::Column::of(columns[name]);
  }
  fixed_->actual.evaluate(bound, actuals_.values);
  for (std::size_t i = 0; i < size_; ++i) {
    if (remarks_->not_applicable[i] != 0) actuals_.states[i] = CellState::not_applicable;
    if (actuals_.states[i] == CellState::ok && !std::isfinite(actuals_.values[i])) actuals_.states[i] = CellState::error;
    if (actuals_.states[i] != CellState::ok) actuals_.values[i] = 0;
  }
}

const CellColumn* Strip::project_column(std::size_t name) const {
  switch (name) {
    case ruleset::row_B0: return &batch_.initial;
    case ruleset::row_B: return &batch_.adjusted;
    case ruleset::row_E: return &batch_.executed;
    default: break;
  }
  const bool is_input = name >= ruleset::row_names && name < ruleset::row_names + rules_.inputs.size();
  return is_input ? &batch_.inputs[name - ruleset::row_names] : nullptr;
}

template <class Found>
void Strip::each_sparse(const std::vector<Sparse>& list, std::size_t which, const Found& found) const {
  if (is_fixed() || list.empty()) return;
  for (std::size_t i = 0; i < size_; ++i) {
    auto entry = std::lower_bound(list.begin(), list.end(), rows_[i], [](const Sparse& s, std::size_t row) { return s.row < row; });
    for (; entry != list.end() && entry->row == rows_[i]; ++entry) {
      if (entry->which == which) found(i, entry->value);
    }
  }
}

void Strip::survey_name(std::size_t name, std::span<CellState> states) const {
  const Rows& rows = batch_.rows;
  if (name == ruleset::row_A) {
    const CellColumn& actual = is_fixed() ? actuals_ : rows.actual;
    for (std::size_t i = 0; i < size_; ++i) states[i] = value::worse(states[i], actual.states[slot(i)]);
    return;
  }
  if (const CellColumn* column = project_column(name)) {
    for (std::size_t i = 0; i < size_; ++i) states[i] = value::worse(states[i], column->states[project(i)]);
    return;
  }
  if (name >= method_.first_input && name < method_.first_state) {
    const std::size_t which = name - method_.first_input;
    std::vector<CellState> own(size_, CellState::missing);
    if (const auto& otherwise = method_.inputs[which].otherwise) {
      std::fill(own.begin(), own.end(), CellState::ok);
      survey(*otherwise, own);
    }
    each_sparse(rows.inputs, which, [&](std::size_t i, double) { own[i] = CellState::ok; });
    for (std::size_t i = 0; i < size_; ++i) states[i] = value::worse(states[i], own[i]);
    return;
  }
  if (name >= method_.first_state && name < method_.first_state + method_.state_columns.size()) {
    for (std::size_t i = 0; i < size_; ++i) {
      if (!is_fixed() && rows.state[rows_[i]] != ruleset::none) continue;
      const CellState actual = is_fixed() ? CellState::ok : rows.actual.states[rows_[i]];
      states[i] = value::worse(states[i], actual == CellState::ok ? CellState::error : actual);
    }
  }
}

void Strip::survey(const formula::Formula& formula, std::span<CellState> states) const {
  for (const std::size_t name : formula.used()) survey_name(name, states);
}

void Strip::gather(std::size_t name, const Outcomes* outcomes, std::vector<double>& values) const {
  values.resize(size_);
  const Rows& rows = batch_.rows;
  const auto fill = [&](const auto& of) {
    for (std::size_t i = 0; i < size_; ++i) values[i] = of(i);
  };
  if (const CellColumn* column = project_column(name)) return fill([&](std::size_t i) { return column->values[project(i)]; });
  switch (name) {
    case ruleset::row_A: {
      const CellColumn& actual = is_fixed() ? actuals_ : rows.actual;
      return fill([&](std::size_t i) { return actual.values[slot(i)]; });
    }
    case ruleset::row_T: return fill([&](std::size_t i) { return is_fixed() ? fixed_->target : rows.target[rows_[i]]; });
    case ruleset::row_U: return fill([&](std::size_t i) { return is_fixed() ? fixed_->target : rows.upper[rows_[i]]; });
    case ruleset::row_W: return fill([&](std::size_t i) { return outcomes != nullptr ? outcomes->weight[slot(i)] : 0; });
    case ruleset::row_year: return fill([&](std::size_t i) { return batch_.year[project(i)]; });
    case ruleset::row_has_reason:
      return fill([&](std::size_t i) { return is_fixed() ? remarks_->has_reason[i] : rows.has_reason[rows_[i]]; });
    case ruleset::row_has_evidence:
      return fill([&](std::size_t i) { return is_fixed() ? remarks_->has_evidence[i] : rows.has_evidence[rows_[i]]; });
    default: break;
  }
  if (name < method_.first_input) {
    const std::size_t which = name - method_.first_param;
    const double common = is_fixed() ? fixed_->params[which].value : method_.params[which].value;
    fill([&](std::size_t) { return common; });
    each_sparse(rows.params, which, [&](std::size_t i, double own) { values[i] = own; });
  } else if (name < method_.first_state) {
    const std::size_t which = name - method_.first_input;
    if (const auto& otherwise = method_.inputs[which].otherwise) {
      evaluate(*otherwise, outcomes, values);
    } else {
      fill([](std::size_t) { return 0; });
    }
    each_sparse(rows.inputs, which, [&](std::size_t i, double brought) { values[i] = brought; });
  } else if (name < method_.first_state + method_.state_columns.size()) {
    const std::size_t which = name - method_.first_state;
    fill([&](std::size_t i) {
      const std::size_t state = is_fixed() ? ruleset::none : rows.state[rows_[i]];
      return state == ruleset::none ? 0 : method_.states[state].values[which];
    });
  } else {
    const bool is_points = name == method_.first_state + method_.state_columns.size();
    fill([&](std::size_t i) { return is_points ? outcomes->points[slot(i)] : outcomes->lost(slot(i)); });
  }
}

void Strip::evaluate(const formula::Formula& formula, const Outcomes* outcomes, std::span<double> out) const {
  const std::size_t names = method_.scope.variables.size() + 2;  // points, lost
  std::vector<std::vector<double>> columns(formula.used().size());
  std::vector<formula::Column> bound(names);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    gather(formula.used()[i], outcomes, columns[i]);
    bound[formula.used()[i]] = formula::Column::of(columns[i]);
  }
  formula.evaluate(bound, out);
}

std::vector<double> Strip::values(std::size_t i, const Outcomes& outcomes) const {
  const std::size_t names = method_.scope.variables.size() + 2;
  std::vector<double> out(names, std::nan(""));
  std::vector<double> cell;
  std::vector<CellState> states(size_);
  for (std::size_t name = 0; name < names; ++name) {
    std::fill(states.begin(), states.end(), CellState::ok);
    survey_name(name, states);
    if (states[i] != CellState::ok) continue;
    gather(name, &outcomes, cell);
    out[name] = cell[i];
  }
  return out;
}

}  // namespace jixiao::scoring
