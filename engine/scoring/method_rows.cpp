#include "scoring/method_rows.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "scoring/loops.hpp"

namespace jixiao::scoring {

using formula::Column;
using value::CellState;

namespace {

constexpr double no_points = 0;

// B0, B, E, year and the inputs stand in the row names from row_B0 on, with two names between year
// and the inputs.
std::size_t row_name(std::size_t project_name) {
  return project_name < ruleset::project_names
             ? ruleset::row_B0 + project_name
             : ruleset::row_names + (project_name - ruleset::project_names);
}

// The columns of a scope on the stack; most scopes have fewer than thirty names.
class Bound {
 public:
  explicit Bound(std::size_t names) : more_(names > few_.size() ? names : 0) {}
  Column& operator[](std::size_t name) { return more_.empty() ? few_[name] : more_[name]; }
  [[nodiscard]] std::span<const Column> all() const {
    return more_.empty() ? std::span<const Column>(few_) : std::span(more_);
  }

 private:
  std::array<Column, 48> few_;
  std::vector<Column> more_;
};

// Whether it matters to the points how far a computed actual may be off.
bool heeds_bounds(const ruleset::Method& method) {
  const auto heeds = [](const std::optional<formula::Formula>& formula) {
    return formula && formula->heeds_bounds();
  };
  return method.points.heeds_bounds() || heeds(method.domain) || heeds(method.outside.points) ||
         std::any_of(method.accepts.begin(), method.accepts.end(),
                     [](const auto& accept) { return accept.that.heeds_bounds(); }) ||
         std::any_of(method.inputs.begin(), method.inputs.end(),
                     [&](const auto& input) { return heeds(input.otherwise); });
}

bool has_years(const Batch& batch) {
  return std::find(batch.year.begin(), batch.year.end(), no_year) == batch.year.end();
}

}  // namespace

MethodRows::MethodRows(const ruleset::RuleSet& rules, const Batch& batch, std::size_t method,
                       Workspace& workspace)
    : rules_(rules),
      batch_(batch),
      method_(rules.methods[method]),
      workspace_(workspace),
      method_index_(method) {}

MethodRows MethodRows::of_rows(const ruleset::RuleSet& rules, const Batch& batch,
                               std::size_t method, std::span<const std::uint32_t> rows,
                               Workspace& workspace) {
  assert(!rows.empty() && "a method needs at least one row");
  MethodRows method_rows(rules, batch, method, workspace);
  method_rows.size_ = rows.size();
  if (rows.size() < batch.rows.size()) method_rows.rows_ = rows;
  const CellColumn& actual = batch.rows.actual;
  method_rows.actual_ = {actual.values.data(), actual.states.data(), loops::all_ok(actual.states)};
  return method_rows;
}

MethodRows MethodRows::of_fixed(const ruleset::RuleSet& rules, const Batch& batch,
                                std::size_t indicator, Workspace& workspace) {
  MethodRows method_rows(rules, batch, rules.indicators[indicator].method, workspace);
  method_rows.fixed_ = &rules.indicators[indicator];
  method_rows.remarks_ = &batch.fixed[indicator];
  method_rows.size_ = batch.projects;
  method_rows.compute_actuals();
  method_rows.compute_targets();
  return method_rows;
}

// The actual of a rule-set indicator is a formula over money and inputs; those names come first
// among the project names.
void MethodRows::compute_actuals() {
  const formula::Formula& formula = fixed_->actual;
  const bool given = std::all_of(formula.used().begin(), formula.used().end(),
                                 [&](std::size_t name) { return has_all(row_name(name)); });
  const bool applicable = loops::all_zero(remarks_->not_applicable);
  const CellColumn* input = formula.variable() ? project_column(row_name(*formula.variable()))
                                               : nullptr;
  if (input != nullptr && given && applicable && loops::all_finite({input->values.data(), size_})) {
    actual_ = {input->values.data(), input->states.data(), true};
    return;
  }
  const std::span<CellState> states = workspace_.states(size_);
  const std::span<double> values = workspace_.numbers(size_);
  std::fill(states.begin(), states.end(), CellState::ok);
  {
    const Workspace::ScratchScope scratch(workspace_);
    Bound bound(ruleset::project_names + rules_.inputs.size());
    for (const std::size_t name : formula.used()) {
      if (!given) survey_for(formula, name, row_name(name), states);
      bound[name] = formula.needs(name) ? column(row_name(name), nullptr)
                                        : masked_column(row_name(name), nullptr);
    }
    formula.evaluate(bound.all(), values);
  }
  const double* bounds = nullptr;
  if (!formula.variable() && heeds_bounds(method_)) {
    const std::span<double> made = workspace_.numbers(size_);
    compute_bounds(made);
    bounds = made.data();
  }
  actual_ = {values.data(), states.data(), given && applicable && loops::all_finite(values),
             bounds};
  if (actual_.all_ok) return;
  blame_what_is_absent(formula, values, states);
  for (std::size_t i = 0; i < size_; ++i) {
    if (remarks_->not_applicable[i] != 0) states[i] = CellState::not_applicable;
    if (states[i] == CellState::ok && !std::isfinite(values[i])) states[i] = CellState::error;
    if (states[i] != CellState::ok) values[i] = 0;
  }
}

// Where given() and its like made nothing of what is not there, that is why: avg_given(a, b) of a
// project that has neither is missing.
void MethodRows::blame_what_is_absent(const formula::Formula& formula,
                                      std::span<const double> values,
                                      std::span<CellState> states) const {
  if (formula.needed().size() == formula.used().size()) return;
  const Workspace::ScratchScope scratch(workspace_);
  const std::span<CellState> absent = workspace_.states(size_);
  std::fill(absent.begin(), absent.end(), CellState::ok);
  for (const std::size_t name : formula.used()) {
    if (!formula.needs(name)) survey_name(row_name(name), absent);
  }
  for (std::size_t i = 0; i < size_; ++i) {
    if (std::isnan(values[i])) states[i] = value::worse(states[i], absent[i]);
  }
}

void MethodRows::compute_targets() {
  if (!fixed_->target_formula) return;
  const formula::Formula& formula = *fixed_->target_formula;
  const std::span<CellState> states = workspace_.states(size_);
  const std::span<double> values = workspace_.numbers(size_);
  std::fill(states.begin(), states.end(), CellState::ok);
  {
    const Workspace::ScratchScope scratch(workspace_);
    Bound bound(ruleset::project_names + rules_.inputs.size());
    for (const std::size_t name : formula.used()) {
      survey_for(formula, name, row_name(name), states);
      bound[name] = formula.needs(name) ? column(row_name(name), nullptr)
                                        : masked_column(row_name(name), nullptr);
    }
    formula.evaluate(bound.all(), values);
  }
  blame_what_is_absent(formula, values, states);
  bool all_ok = true;
  for (std::size_t i = 0; i < size_; ++i) {
    if (states[i] == CellState::ok && !std::isfinite(values[i])) states[i] = CellState::error;
    if (states[i] != CellState::ok) values[i] = 0;
    all_ok = all_ok && states[i] == CellState::ok;
  }
  target_ = {values.data(), states.data(), all_ok};
}

void MethodRows::compute_bounds(std::span<double> out) const {
  const Workspace::ScratchScope scratch(workspace_);
  Bound bound(ruleset::project_names + rules_.inputs.size());
  for (const std::size_t name : fixed_->actual.used())
    bound[name] = fixed_->actual.needs(name) ? column(row_name(name), nullptr)
                                             : masked_column(row_name(name), nullptr);
  fixed_->actual.bounds(bound.all(), out);
}

std::vector<double> MethodRows::actual_bounds() const {
  if (!is_fixed() || fixed_->actual.variable()) return {};
  if (actual_.bounds != nullptr) return {actual_.bounds, actual_.bounds + size_};
  std::vector<double> bounds(size_);
  compute_bounds(bounds);
  return bounds;
}

std::optional<double> MethodRows::actual_bound(std::size_t i) const {
  const std::vector<double> bounds = actual_bounds();
  return bounds.empty() ? std::nullopt : std::optional<double>(bounds[i]);
}

void MethodRows::judge(const formula::Formula& condition, bool of_method, const Outcomes& outcomes,
                       std::span<double> out) const {
  const Workspace::ScratchScope scratch(workspace_);
  const std::size_t common = ruleset::row_names + rules_.inputs.size();
  const std::size_t own = method_.scope.variables.size();  // then points and lost
  const std::vector<double> bounds = actual_bounds();
  const std::span<CellState> states = workspace_.states(size_);
  std::fill(states.begin(), states.end(), CellState::ok);
  Bound bound((of_method ? own : common) + 2);
  for (const std::size_t name : condition.used()) {
    const std::size_t mine = of_method || name < common ? name : own + (name - common);
    if (!has_all(mine)) survey_for(condition, name, mine, states);
    bound[name] = mine == ruleset::row_A && !bounds.empty()
                      ? Column::of({actual_.values, size_}, bounds.data())
                  : condition.needs(name) ? column(mine, &outcomes)
                                          : masked_column(mine, &outcomes);
  }
  condition.evaluate(bound.all(), out);
  for (const std::size_t name : condition.used()) {
    if ((name != ruleset::row_T && name != ruleset::row_U) || !condition.needs(name)) continue;
    for (std::size_t i = 0; i < size_; ++i) {
      if (std::isnan(bound[name][i])) out[i] = std::nan("");
    }
  }
  for (std::size_t i = 0; i < size_; ++i) {
    if (states[i] != CellState::ok) out[i] = std::nan("");
  }
}

void MethodRows::scatter(const double* column, double* outcomes) const {
  if (!is_whole()) loops::scatter(column, rows_, outcomes);
}

const CellColumn* MethodRows::project_column(std::size_t name) const {
  switch (name) {
    case ruleset::row_B0: return &batch_.initial;
    case ruleset::row_B: return &batch_.adjusted;
    case ruleset::row_E: return &batch_.executed;
    default: break;
  }
  const bool is_input = name >= ruleset::row_names &&
                        name < ruleset::row_names + rules_.inputs.size();
  return is_input ? &batch_.inputs[name - ruleset::row_names] : nullptr;
}

const CellColumn* MethodRows::statistic_column(std::size_t name) const {
  if (fixed_ == nullptr || name < method_.first_param || name >= method_.first_input)
    return nullptr;
  const std::size_t input = fixed_->params[name - method_.first_param].input;
  return input == ruleset::none ? nullptr : &batch_.inputs[input];
}

template <class Found>
void MethodRows::each_sparse(const std::vector<Sparse>& list, std::size_t which,
                             const Found& found) const {
  if (is_fixed() || list.empty()) return;
  for (std::size_t i = 0; i < size_; ++i) {
    auto entry = std::lower_bound(list.begin(), list.end(), slot(i),
                                  [](const Sparse& s, std::size_t row) { return s.row < row; });
    for (; entry != list.end() && entry->row == slot(i); ++entry) {
      if (entry->which == which) found(i, entry->value);
    }
  }
}

bool MethodRows::has_all(std::size_t name) const {
  if (const CellColumn* column = statistic_column(name)) return loops::all_ok(column->states);
  if (name == ruleset::row_A) return actual_.all_ok;
  if (has_own_targets(name)) return target_.all_ok;
  if (const CellColumn* column = project_column(name)) return loops::all_ok(column->states);
  if (name == ruleset::row_year) return has_years(batch_);
  if (name >= method_.first_input && name < method_.first_state) {
    const auto& otherwise = method_.inputs[name - method_.first_input].otherwise;
    return otherwise && has_all(*otherwise);
  }
  return name < method_.first_state || name >= method_.first_state + method_.state_columns.size();
}

bool MethodRows::has_all(const formula::Formula& formula) const {
  return std::all_of(formula.used().begin(), formula.used().end(),
                     [this](std::size_t name) { return has_all(name); });
}

void MethodRows::survey_name(std::size_t name, std::span<CellState> states) const {
  const Rows& rows = batch_.rows;
  if (name == ruleset::row_A) {
    for (std::size_t i = 0; i < size_; ++i)
      states[i] = value::worse(states[i], actual_.states[slot(i)]);
    return;
  }
  if (has_own_targets(name)) {
    for (std::size_t i = 0; i < size_; ++i) states[i] = value::worse(states[i], target_.states[i]);
    return;
  }
  const CellColumn* const statistic = statistic_column(name);
  if (const CellColumn* column = statistic != nullptr ? statistic : project_column(name)) {
    for (std::size_t i = 0; i < size_; ++i)
      states[i] = value::worse(states[i], column->states[project(i)]);
    return;
  }
  if (name == ruleset::row_year) {
    for (std::size_t i = 0; i < size_; ++i) {
      if (batch_.year[project(i)] == no_year)
        states[i] = value::worse(states[i], CellState::missing);
    }
    return;
  }
  if (name >= method_.first_input && name < method_.first_state) {
    const std::size_t which = name - method_.first_input;
    const Workspace::ScratchScope scratch(workspace_);
    const std::span<CellState> own = workspace_.states(size_);
    const auto& otherwise = method_.inputs[which].otherwise;
    std::fill(own.begin(), own.end(), otherwise ? CellState::ok : CellState::missing);
    if (otherwise) survey(*otherwise, own);
    each_sparse(rows.inputs, which, [&](std::size_t i, double) { own[i] = CellState::ok; });
    loops::worsen(states, own.data());
    return;
  }
  if (name >= method_.first_state && name < method_.first_state + method_.state_columns.size()) {
    for (std::size_t i = 0; i < size_; ++i) {
      if (!is_fixed() && rows.state[slot(i)] != ruleset::none) continue;
      const CellState actual = is_fixed() ? CellState::ok : rows.actual.states[slot(i)];
      states[i] = value::worse(states[i], actual == CellState::ok ? CellState::error : actual);
    }
  }
}

void MethodRows::survey_for(const formula::Formula& formula, std::size_t name, std::size_t mine,
                            std::span<CellState> states) const {
  if (formula.needs(name)) return survey_name(mine, states);
  const Workspace::ScratchScope scratch(workspace_);
  const std::span<CellState> own = workspace_.states(size_);
  std::fill(own.begin(), own.end(), CellState::ok);
  survey_name(mine, own);
  for (std::size_t i = 0; i < size_; ++i) {
    if (own[i] == CellState::error) states[i] = CellState::error;
  }
}

void MethodRows::survey(const formula::Formula& formula, std::span<CellState> states) const {
  for (const std::size_t name : formula.used()) {
    if (!has_all(name)) survey_for(formula, name, name, states);
  }
}

Column MethodRows::masked_column(std::size_t name, const Outcomes* outcomes) const {
  const std::span<double> values = workspace_.numbers(size_);
  const Workspace::ScratchScope scratch(workspace_);
  const std::span<CellState> states = workspace_.states(size_);
  std::fill(states.begin(), states.end(), CellState::ok);
  survey_name(name, states);
  const Column plain = column(name, outcomes);
  for (std::size_t i = 0; i < size_; ++i)
    values[i] = states[i] == CellState::ok ? plain[i] : std::nan("");
  return Column::of(values);
}

template <class Of>
Column MethodRows::made(const Of& of) const {
  const std::span<double> values = workspace_.numbers(size_);
  for (std::size_t i = 0; i < size_; ++i) values[i] = of(i);
  return Column::of(values);
}

Column MethodRows::of_rows(std::span<const double> column) const {
  if (is_whole()) return Column::of(column);
  const std::span<double> values = workspace_.numbers(size_);
  loops::gather(column.data(), rows_, values.data());
  return Column::of(values);
}

Column MethodRows::column(std::size_t name, const Outcomes* outcomes) const {
  const Rows& rows = batch_.rows;
  if (const CellColumn* column = project_column(name)) {
    if (is_fixed()) return Column::of(column->values);
    return made([&](std::size_t i) { return column->values[project(i)]; });
  }
  switch (name) {
    case ruleset::row_A:
      return is_fixed() ? Column::of({actual_.values, size_}, actual_.bounds)
                        : of_rows(rows.actual.values);
    case ruleset::row_T:
    case ruleset::row_U:
      if (has_own_targets(name)) return Column::of({target_.values, size_});
      if (is_fixed()) return Column::uniform(fixed_->target);
      return of_rows(name == ruleset::row_T ? rows.target : rows.upper);
    case ruleset::row_W:
      if (outcomes == nullptr) return Column::uniform(no_points);
      if (is_whole() || outcomes->weight.is_uniform()) return outcomes->weight.column();
      return of_rows({outcomes->weight.column().data(), outcomes->weight.size()});
    case ruleset::row_year:
      if (is_fixed()) return Column::of(batch_.year);
      return made([&](std::size_t i) { return batch_.year[project(i)]; });
    case ruleset::row_has_reason:
      return is_fixed() ? Column::of(remarks_->has_reason) : of_rows(rows.has_reason);
    case ruleset::row_has_evidence:
      return is_fixed() ? Column::of(remarks_->has_evidence) : of_rows(rows.has_evidence);
    default: return own_column(name, outcomes);
  }
}

// The method's own names: params, inputs, state columns; then points and lost.
Column MethodRows::own_column(std::size_t name, const Outcomes* outcomes) const {
  const Rows& rows = batch_.rows;
  const bool any_own = !is_fixed();
  if (name < method_.first_input) {
    if (const CellColumn* column = statistic_column(name)) return Column::of(column->values);
    const std::size_t which = name - method_.first_param;
    const double& common = is_fixed() ? fixed_->params[which].value : method_.params[which].value;
    if (!any_own || rows.params.empty()) return Column::uniform(common);
    const std::span<double> values = workspace_.numbers(size_);
    std::fill(values.begin(), values.end(), common);
    each_sparse(rows.params, which, [&](std::size_t i, double own) { values[i] = own; });
    return Column::of(values);
  }
  if (name < method_.first_state) {
    const std::size_t which = name - method_.first_input;
    const auto& otherwise = method_.inputs[which].otherwise;
    const std::span<double> values = workspace_.numbers(size_);
    if (otherwise) {
      evaluate(*otherwise, outcomes, values);
    } else {
      std::fill(values.begin(), values.end(), 0.0);
    }
    each_sparse(rows.inputs, which, [&](std::size_t i, double brought) { values[i] = brought; });
    return Column::of(values);
  }
  if (name < method_.first_state + method_.state_columns.size()) {
    const std::size_t which = name - method_.first_state;
    if (is_fixed()) return Column::uniform(no_points);
    return made([&](std::size_t i) {
      const std::size_t state = rows.state[slot(i)];
      return state == ruleset::none ? 0 : method_.states[state].values[which];
    });
  }
  const bool is_points = name == method_.first_state + method_.state_columns.size();
  return made([&](std::size_t i) {
    return is_points ? outcomes->points[slot(i)] : outcomes->lost(slot(i));
  });
}

void MethodRows::evaluate(const formula::Formula& formula, const Outcomes* outcomes,
                          std::span<double> out) const {
  const Workspace::ScratchScope scratch(workspace_);
  Bound bound(method_.scope.variables.size() + 2);  // points, lost
  for (const std::size_t name : formula.used()) bound[name] = column_for(formula, name, outcomes);
  formula.evaluate(bound.all(), out);
}

void MethodRows::points_bounds(const Outcomes& outcomes, std::span<double> out) const {
  const Workspace::ScratchScope scratch(workspace_);
  const std::vector<double> actual = actual_bounds();
  Bound bound(method_.scope.variables.size());
  for (const std::size_t name : method_.points.used()) bound[name] = column(name, &outcomes);
  if (!actual.empty() && !bound[ruleset::row_A].is_uniform())
    bound[ruleset::row_A] = formula::Column::of({actual_.values, size_}, actual.data());
  method_.points.bounds(bound.all(), out);
}

bool MethodRows::holds(const formula::Formula& condition, std::span<double> out) const {
  const Workspace::ScratchScope scratch(workspace_);
  Bound bound(method_.scope.variables.size() + 2);
  bool same_for_all = size_ > 0;
  for (const std::size_t name : condition.used()) {
    bound[name] = column_for(condition, name, nullptr);
    same_for_all = same_for_all && bound[name].is_uniform();
  }
  const std::span<double> part = same_for_all ? out.first(1) : out;
  condition.evaluate(bound.all(), part);
  if (loops::all_hold(part)) return true;
  if (same_for_all) std::fill(out.begin(), out.end(), out[0]);
  return false;
}

std::vector<double> MethodRows::values(std::size_t i, const Outcomes& outcomes) const {
  const std::size_t names = method_.scope.variables.size() + 2;
  std::vector<double> out(names, std::nan(""));
  const Workspace::ScratchScope scratch(workspace_);
  const std::span<CellState> states = workspace_.states(size_);
  for (std::size_t name = 0; name < names; ++name) {
    std::fill(states.begin(), states.end(), CellState::ok);
    survey_name(name, states);
    if (states[i] == CellState::ok) out[name] = column(name, &outcomes)[i];
  }
  return out;
}

std::vector<std::vector<double>> MethodRows::table(const Outcomes& outcomes) const {
  std::vector<std::vector<double>> out(method_.scope.variables.size() + 2,
                                       std::vector<double>(size_, std::nan("")));
  for (std::size_t name = 0; name < out.size(); ++name) {
    const Workspace::ScratchScope scratch(workspace_);
    const std::span<CellState> states = workspace_.states(size_);
    std::fill(states.begin(), states.end(), CellState::ok);
    survey_name(name, states);
    const formula::Column values = column(name, &outcomes);
    for (std::size_t i = 0; i < size_; ++i) {
      if (states[i] == CellState::ok) out[name][i] = values[i];
    }
  }
  return out;
}

}  // namespace jixiao::scoring
