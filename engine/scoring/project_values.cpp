#include "scoring/project_values.hpp"

#include <algorithm>
#include <cmath>

#include "scoring/loops.hpp"

namespace jixiao::scoring {

using formula::Column;
using value::CellState;

namespace {

// A cell column of the batch behind a project name; null for every other name.
const CellColumn* given_cells(const ruleset::RuleSet& rules, const Batch& batch, std::size_t name) {
  switch (name) {
    case ruleset::project_B0: return &batch.initial;
    case ruleset::project_B: return &batch.adjusted;
    case ruleset::project_E: return &batch.executed;
    case ruleset::project_year: return nullptr;
    default:
      return name < rules.first_block_name() ? &batch.inputs[name - rules.first_input_name()]
                                             : nullptr;
  }
}

// The values of cells, or of the year where there are none, with NaN for what is not there.
std::span<const double> there(const Batch& batch, const CellColumn* cells, Workspace& workspace) {
  const std::span<double> out = workspace.numbers(batch.projects);
  for (std::size_t p = 0; p < out.size(); ++p) {
    const bool known = cells != nullptr ? cells->states[p] == CellState::ok
                                        : batch.year[p] != no_year;
    out[p] = !known ? std::nan("") : cells != nullptr ? cells->values[p] : batch.year[p];
  }
  return out;
}

}  // namespace

void append_given(const Batch& batch, std::size_t project, std::vector<double>& values) {
  const auto cell = [&](const CellColumn& column) {
    values.push_back(column.states[project] == CellState::ok ? column.values[project]
                                                             : std::nan(""));
  };
  cell(batch.initial);
  cell(batch.adjusted);
  cell(batch.executed);
  values.push_back(batch.year[project] == no_year ? std::nan("") : batch.year[project]);
  for (const CellColumn& column : batch.inputs) cell(column);
}

std::vector<double> project_values(const ruleset::RuleSet& rules, const Batch& batch,
                                   const Scorecards& cards, std::size_t project) {
  std::vector<double> values;
  values.reserve(rules.project_scope.variables.size() + 4);
  append_given(batch, project, values);
  for (const auto& block : cards.block_points) values.push_back(block[project]);
  values.push_back(cards.total.empty() ? std::nan("") : cards.total[project]);
  return values;
}

CellState state_of_named(const ruleset::RuleSet& rules, const Batch& batch,
                         const formula::Formula& formula, std::size_t project) {
  CellState state = CellState::ok;
  const auto state_of = [&](std::size_t name) {
    if (name == ruleset::project_year)
      return batch.year[project] == no_year ? CellState::missing : CellState::ok;
    const CellColumn* cells = name < rules.first_block_name() ? given_cells(rules, batch, name)
                                                              : nullptr;
    return cells == nullptr ? CellState::ok : cells->states[project];
  };
  for (const std::size_t name : formula.used()) {
    const CellState own = state_of(name);
    if (formula.needs(name) || own == CellState::error) state = value::worse(state, own);
  }
  return state;
}

double evaluate_known(const formula::Formula& formula, std::span<const double> values) {
  const bool known = std::none_of(formula.needed().begin(), formula.needed().end(),
                                  [&](std::size_t name) { return std::isnan(values[name]); });
  return known ? formula.evaluate(values) : std::nan("");
}

void evaluate_known(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards* cards,
                    const formula::Formula& formula, Workspace& workspace, std::span<double> out) {
  const Workspace::ScratchScope scratch(workspace);
  std::vector<Column> columns(rules.total_name() + 1);
  for (const std::size_t name : formula.used()) {
    const CellColumn* cells = given_cells(rules, batch, name);
    if (!formula.needs(name) && (cells != nullptr || name == ruleset::project_year)) {
      columns[name] = Column::of(there(batch, cells, workspace));
    } else if (cells != nullptr) {
      columns[name] = Column::of(cells->values);
    } else if (name == ruleset::project_year) {
      columns[name] = Column::of(batch.year);
    } else {
      columns[name] = Column::of(name == rules.total_name()
                                     ? cards->total
                                     : cards->block_points[name - rules.first_block_name()]);
    }
  }
  formula.evaluate(columns, out);
  for (const std::size_t name : formula.used()) {
    const CellColumn* cells = given_cells(rules, batch, name);
    if (cells != nullptr && loops::all_ok(cells->states)) continue;
    const bool is_year = name == ruleset::project_year;
    if (!formula.needs(name)) {
      for (std::size_t p = 0; cells != nullptr && p < out.size(); ++p) {
        if (cells->states[p] == CellState::error) out[p] = std::nan("");
      }
      continue;
    }
    if (cells == nullptr && !is_year && loops::all_finite({columns[name].data(), out.size()}))
      continue;
    for (std::size_t p = 0; p < out.size(); ++p) {
      const double x = columns[name][p];
      const bool is_there = cells != nullptr ? cells->states[p] == CellState::ok
                            : is_year        ? x != no_year
                                             : !std::isnan(x);
      if (!is_there) out[p] = std::nan("");
    }
  }
}

}  // namespace jixiao::scoring
