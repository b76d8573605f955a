#include "scenario/sample_block.hpp"

#include <algorithm>
#include <cmath>

#include "scoring/statistics.hpp"

namespace jixiao::scenario {

using formula::Column;
using project::ModelName;
using project::NameKind;
using ruleset::none;
using value::CellState;

namespace {

template <class T>
void repeat(std::vector<T>& column, std::size_t times) {
  const std::size_t size = column.size();
  column.reserve(size * times);
  for (std::size_t copy = 1; copy < times; ++copy) {
    for (std::size_t i = 0; i < size; ++i) column.push_back(column[i]);
  }
}

void repeat(scoring::CellColumn& column, std::size_t times) {
  repeat(column.values, times);
  repeat(column.states, times);
}

void repeat_sparse(std::vector<scoring::Sparse>& list, std::size_t times, std::size_t rows) {
  const std::size_t size = list.size();
  for (std::size_t copy = 1; copy < times; ++copy) {
    for (std::size_t i = 0; i < size; ++i)
      list.push_back({list[i].row + copy * rows, list[i].which, list[i].value});
  }
}

void repeat_events(std::vector<scoring::Event>& list, std::size_t times) {
  const std::size_t size = list.size();
  for (std::size_t copy = 1; copy < times; ++copy) {
    for (std::size_t i = 0; i < size; ++i) list.push_back({copy, list[i].which, list[i].n});
  }
}

std::vector<scoring::Sparse> of_row(const std::vector<scoring::Sparse>& list, std::size_t row) {
  std::vector<scoring::Sparse> out;
  auto entry =
      std::lower_bound(list.begin(), list.end(), row,
                       [](const scoring::Sparse& s, std::size_t wanted) { return s.row < wanted; });
  for (; entry != list.end() && entry->row == row; ++entry)
    out.push_back({0, entry->which, entry->value});
  return out;
}

}  // namespace

scoring::Batch repeated(scoring::Batch batch, std::size_t times) {
  const std::size_t rows = batch.rows.size();
  batch.projects = times;
  for (auto* column : {&batch.initial, &batch.adjusted, &batch.executed}) repeat(*column, times);
  repeat(batch.year, times);
  for (auto& input : batch.inputs) repeat(input, times);
  for (auto& own : batch.block_weights) repeat(own, times);
  for (auto& remarks : batch.fixed) {
    repeat(remarks.has_reason, times);
    repeat(remarks.has_evidence, times);
    repeat(remarks.not_applicable, times);
  }
  batch.rows.project.clear();
  for (std::size_t p = 0; p < times; ++p)
    batch.rows.project.insert(batch.rows.project.end(), rows, static_cast<std::uint32_t>(p));
  repeat(batch.rows.block, times);
  repeat(batch.rows.method, times);
  repeat(batch.rows.target, times);
  repeat(batch.rows.upper, times);
  repeat(batch.rows.actual, times);
  repeat(batch.rows.state, times);
  repeat(batch.rows.given_weight, times);
  repeat(batch.rows.has_reason, times);
  repeat(batch.rows.has_evidence, times);
  repeat(batch.rows.refused, times);
  repeat_sparse(batch.rows.params, times, rows);
  repeat_sparse(batch.rows.inputs, times, rows);
  batch.row_begin.resize(1);
  for (std::size_t p = 1; p <= times; ++p) batch.row_begin.push_back(p * rows);
  repeat_events(batch.adjustments, times);
  repeat_events(batch.vetoes, times);
  return batch;
}

scoring::Batch without_rows(const scoring::Batch& batch) {
  scoring::Batch out;
  out.projects = 1;
  out.initial = batch.initial, out.adjusted = batch.adjusted, out.executed = batch.executed;
  out.year = batch.year;
  out.inputs = batch.inputs;
  out.block_weights = batch.block_weights;
  out.fixed = batch.fixed;
  out.row_begin = {0, 0};
  return out;
}

scoring::Batch only_row(const scoring::Batch& batch, std::size_t row, double weight) {
  scoring::Batch out = without_rows(batch);
  const scoring::Rows& from = batch.rows;
  out.rows.project = {0};
  out.rows.block = {from.block[row]};
  out.rows.method = {from.method[row]};
  out.rows.target = {from.target[row]};
  out.rows.upper = {from.upper[row]};
  out.rows.actual = {{from.actual.values[row]}, {from.actual.states[row]}};
  out.rows.state = {from.state[row]};
  out.rows.given_weight = {weight};
  out.rows.has_reason = {from.has_reason[row]};
  out.rows.has_evidence = {from.has_evidence[row]};
  out.rows.refused = {from.refused[row]};
  out.rows.params = of_row(from.params, row);
  out.rows.inputs = of_row(from.inputs, row);
  out.row_begin = {0, 1};
  return out;
}

SampleBlock::SampleBlock(const SamplePlan& plan, std::size_t capacity)
    : plan_(plan),
      batch_(repeated(plan.bound.binding.batch, capacity)),
      evaluator_(plan.bound.rules),
      weights_(plan.bound.rules, plan.bound.binding.batch),
      impossible_(capacity, 0),
      results_(capacity) {
  const auto& names = plan.bound.cost.names();
  values_.resize(names.size());
  columns_.resize(names.size());
  for (std::size_t n = 0; n < names.size(); ++n) {
    columns_[n] = Column::uniform(names[n].nominal);
    if (plan.affected[n] == 0) continue;
    values_[n].assign(capacity, names[n].nominal);
    columns_[n] = Column::of(values_[n]);
  }
  if (plan.weights_move && batch_.block_weights.empty())
    batch_.block_weights.assign(plan.bound.rules.blocks.size(),
                                std::vector<double>(capacity, std::nan("")));
}

// Drivers, items, money, results and targets of every sample.
void SampleBlock::follow(std::span<const Column> in, std::size_t first, std::size_t count) {
  const auto& names = plan_.bound.cost.names();
  for (std::size_t n = 0; n < names.size(); ++n) {
    if (plan_.input_of[n] == none) continue;
    const Column& given = in[plan_.input_of[n]];
    for (std::size_t s = 0; s < count; ++s)
      values_[n][s] = is_moved(given[first + s], names[n].nominal) ? given[first + s]
                                                                   : names[n].nominal;
  }
  for (const project::Definition* definition : plan_.running) {
    const std::size_t n = definition->name;
    plan_.bound.cost.evaluate(*definition, columns_, std::span(results_).first(count));
    const Column* given = plan_.input_of[n] == none ? nullptr : &in[plan_.input_of[n]];
    for (std::size_t s = 0; s < count; ++s)
      values_[n][s] = given != nullptr && is_moved((*given)[first + s], names[n].nominal)
                          ? (*given)[first + s]
                          : results_[s];
  }
}

void SampleBlock::move_rows(std::size_t count) {
  const auto& binding = plan_.bound.binding;
  const std::size_t rows = binding.batch.rows.size();
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t i = binding.row_indicator[row];
    const std::size_t result = plan_.bound.cost.result(i);
    if (plan_.affected[result] != 0) {
      const CellState base = binding.batch.rows.actual.states[row];
      for (std::size_t s = 0; s < count; ++s) {
        const double value = values_[result][s];
        const bool known = std::isfinite(value);
        // Nobody reported it and nobody moved it: it is as missing as it was.
        const CellState state = known                   ? CellState::ok
                                : base == CellState::ok ? CellState::error
                                                        : base;
        batch_.rows.actual.values[s * rows + row] = known ? value : 0;
        batch_.rows.actual.states[s * rows + row] = state;
      }
    }
    const std::size_t target = plan_.bound.cost.target(i);
    if (plan_.affected[target] == 0) continue;
    const bool range = binding.batch.rows.target[row] != binding.batch.rows.upper[row];
    for (std::size_t s = 0; s < count; ++s) {
      batch_.rows.target[s * rows + row] = values_[target][s];
      if (!range) batch_.rows.upper[s * rows + row] = values_[target][s];
    }
  }
}

void SampleBlock::move_upper_targets(std::span<const Column> in, std::size_t first,
                                     std::size_t count) {
  const std::size_t rows = plan_.bound.binding.batch.rows.size();
  for (std::size_t i = 0; i < plan_.inputs.size(); ++i) {
    const Input& input = plan_.inputs[i];
    if (input.kind != InputKind::upper_target) continue;
    for (std::size_t s = 0; s < count; ++s) {
      const double given = in[i][first + s];
      batch_.rows.upper[s * rows + input.index] =
          is_moved(given, input.facts.nominal) ? given : input.facts.nominal;
    }
  }
}

void SampleBlock::move_money(std::size_t count) {
  const project::CostModel& cost = plan_.bound.cost;
  const auto put = [&](std::size_t name, scoring::CellColumn& column) {
    if (plan_.affected[name] == 0) return;
    for (std::size_t s = 0; s < count; ++s) {
      const double yuan = values_[name][s];
      column.values[s] = std::isnan(yuan) ? 0 : yuan;
      column.states[s] = std::isnan(yuan) ? CellState::missing : CellState::ok;
    }
  };
  put(cost.initial(), batch_.initial);
  put(cost.adjusted(), batch_.adjusted);
  put(cost.executed(), batch_.executed);
}

void SampleBlock::move_weights(std::span<const Column> in, std::size_t first, std::size_t count) {
  if (!plan_.weights_move) return;
  const std::size_t rows = plan_.bound.binding.batch.rows.size();
  std::vector<double> blocks(plan_.bound.rules.blocks.size()), own(rows);
  for (std::size_t s = 0; s < count; ++s) {
    std::fill(blocks.begin(), blocks.end(), std::nan(""));
    std::fill(own.begin(), own.end(), std::nan(""));
    for (std::size_t i = 0; i < plan_.inputs.size(); ++i) {
      const Input& input = plan_.inputs[i];
      const double given = in[i][first + s];
      if (!is_moved(given, input.facts.nominal)) continue;
      if (input.kind == InputKind::block_weight) blocks[input.index] = given;
      if (input.kind == InputKind::row_weight) own[input.index] = given;
    }
    impossible_[s] = weights_.settle(blocks, own) ? 0 : 1;
    if (impossible_[s] != 0) continue;
    for (std::size_t b = 0; b < blocks.size(); ++b)
      batch_.block_weights[b][s] = weights_.block_weights()[b];
    std::copy(weights_.row_weights().begin(), weights_.row_weights().end(),
              batch_.rows.given_weight.begin() + static_cast<std::ptrdiff_t>(s * rows));
  }
}

void SampleBlock::hand_out(const scoring::Scorecards& cards, std::span<const std::span<double>> out,
                           std::size_t first, std::size_t count) {
  const std::size_t rows = plan_.bound.binding.batch.rows.size();
  const double nan = std::nan("");
  const auto scored = [&](std::size_t s) {
    return cards.state[s] == CellState::ok && impossible_[s] == 0;
  };
  const auto points = [](const scoring::Outcomes& outcomes, std::size_t slot) {
    return outcomes.state[slot] == CellState::ok ? outcomes.points[slot] : std::nan("");
  };
  for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
    const Output& output = plan_.outputs[o];
    if (out[o].empty()) continue;
    double* to = out[o].data() + first;
    if (output.kind == OutputKind::constraint) {
      project::evaluate_known(plan_.bound.cost.constraints()[output.index].formula, columns_,
                              std::span(results_).first(count));
      for (std::size_t s = 0; s < count; ++s)
        to[s] = std::isnan(results_[s]) ? nan : results_[s] != 0 ? 1 : 0;
      continue;
    }
    if (output.kind == OutputKind::curve) {
      const project::Definition* const definition = plan_.definition_of[output.index];
      if (definition != nullptr) {
        project::evaluate_known(definition->formula, columns_, std::span(to, count));
      } else {
        std::fill(to, to + count, nan);
      }
      continue;
    }
    for (std::size_t s = 0; s < count; ++s) {
      switch (output.kind) {
        case OutputKind::total: to[s] = scored(s) ? cards.total[s] : nan; break;
        case OutputKind::rating:
          to[s] = scored(s) && cards.band[s] != none ? static_cast<double>(cards.band[s]) : nan;
          break;
        case OutputKind::name: to[s] = columns_[output.index][s]; break;
        case OutputKind::fixed_points:
          to[s] = impossible_[s] != 0 ? nan : points(cards.fixed[output.index], s);
          break;
        case OutputKind::row_points:
          to[s] = impossible_[s] != 0 ? nan : points(cards.rows, s * rows + output.index);
          break;
        case OutputKind::block_points:
          to[s] = scored(s) ? cards.block_points[output.index][s] : nan;
          break;
        case OutputKind::row_weight:
          to[s] = impossible_[s] != 0 ? nan : cards.rows.weight[s * rows + output.index];
          break;
        case OutputKind::block_weight:
          to[s] = impossible_[s] != 0 ? nan : cards.block_weights[output.index][s];
          break;
        case OutputKind::constraint:
        case OutputKind::curve: break;
      }
    }
  }
}

const scoring::Scorecards& SampleBlock::score(std::span<const Column> in, std::size_t first,
                                              std::size_t count) {
  follow(in, first, count);
  move_rows(count);
  move_upper_targets(in, first, count);
  move_money(count);
  move_weights(in, first, count);
  if (scoring::statistics_follow_inputs(plan_.bound.rules))
    scoring::fill_statistics(plan_.bound.rules, batch_);
  return evaluator_.run(batch_);
}

void SampleBlock::evaluate(std::span<const Column> in, std::span<const std::span<double>> out,
                           std::size_t first, std::size_t count) {
  hand_out(score(in, first, count), out, first, count);
}

}  // namespace jixiao::scenario
