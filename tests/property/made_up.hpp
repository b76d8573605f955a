// Projects that are made up, and parts of a batch of them.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>
#include <string>

#include "scoring/evaluation.hpp"
#include "scratch.hpp"

namespace made_up {

using namespace jixiao;
using scoring::Batch;
using value::Cell;
using value::CellState;

inline const ruleset::RuleSet& rules_named(const std::string& id) {
  static std::map<std::string, Checked<RuleSet>> known;
  const auto [at, fresh] = known.try_emplace(id, std::vector<Diagnostic>{});
  if (fresh) at->second = read_rules(id, scratch::shipped_rules());
  REQUIRE(at->second.has_value());
  return at->second->model();
}

inline Batch empty_batch(const ruleset::RuleSet& rules) {
  Batch batch;
  batch.block_weights.resize(rules.blocks.size());
  batch.fixed.resize(rules.indicators.size());
  batch.inputs.resize(rules.inputs.size());
  return batch;
}

// A project of numeric indicators, a few in every block, money included.
inline void add_project(const ruleset::RuleSet& rules, std::mt19937& random, Batch& batch) {
  std::uniform_real_distribution<double> uniform(0, 1);
  const double budget = std::floor(1e6 * uniform(random)) + 1;
  batch.initial.push(Cell::of(budget));
  batch.adjusted.push(Cell::of(budget));
  batch.executed.push(Cell::of(std::floor(budget * uniform(random))));
  batch.year.push_back(2020);
  for (auto& weights : batch.block_weights) weights.push_back(std::nan(""));
  for (auto& fixed : batch.fixed) {
    fixed.has_reason.push_back(0);
    fixed.has_evidence.push_back(0);
    fixed.not_applicable.push_back(0);
  }
  auto& rows = batch.rows;
  for (std::size_t block = 0; block < rules.blocks.size(); ++block) {
    if (rules.blocks[block].id == "execution") continue;
    for (unsigned k = 1 + random() % 3; k > 0; --k) {
      const bool higher = random() % 2 == 0;
      const auto methods = rules.methods_for(
          {block, ruleset::none, higher ? value::Direction::at_least : value::Direction::at_most,
           value::Kind::number, false});
      REQUIRE(methods.size() == 1);
      rows.project.push_back(static_cast<std::uint32_t>(batch.projects));
      rows.block.push_back(static_cast<std::uint32_t>(block));
      rows.method.push_back(static_cast<std::uint32_t>(methods[0]));
      rows.target.push_back(std::floor(100 * uniform(random)) + 1);
      rows.upper.push_back(rows.target.back());
      rows.actual.push(Cell::of(std::floor(130 * uniform(random))));
      rows.state.push_back(ruleset::none);
      rows.given_weight.push_back(std::nan(""));
      rows.has_reason.push_back(0);
      rows.has_evidence.push_back(0);
      rows.refused.push_back(0);
    }
  }
  batch.row_begin.push_back(rows.size());
  ++batch.projects;
}

inline Batch projects_of(const ruleset::RuleSet& rules, unsigned seed, std::size_t projects) {
  std::mt19937 random(seed);
  Batch batch = empty_batch(rules);
  for (std::size_t i = 0; i < projects; ++i) add_project(rules, random, batch);
  return batch;
}

// Projects [begin, end) of a batch.
inline Batch part(const Batch& all, std::size_t begin, std::size_t end) {
  Batch out;
  out.projects = end - begin;
  const std::size_t first = all.row_begin[begin];
  const std::size_t last = all.row_begin[end];
  const auto cut = [](const auto& from, std::size_t a, std::size_t b) {
    return std::decay_t<decltype(from)>(from.begin() + static_cast<std::ptrdiff_t>(a),
                                        from.begin() + static_cast<std::ptrdiff_t>(b));
  };
  const auto cut_cells = [&](const scoring::CellColumn& from, std::size_t a, std::size_t b) {
    return scoring::CellColumn{cut(from.values, a, b), cut(from.states, a, b)};
  };
  out.initial = cut_cells(all.initial, begin, end);
  out.adjusted = cut_cells(all.adjusted, begin, end);
  out.executed = cut_cells(all.executed, begin, end);
  out.year = cut(all.year, begin, end);
  for (const auto& column : all.inputs) out.inputs.push_back(cut_cells(column, begin, end));
  for (const auto& weights : all.block_weights)
    out.block_weights.push_back(cut(weights, begin, end));
  for (const auto& fixed : all.fixed)
    out.fixed.push_back({cut(fixed.has_reason, begin, end), cut(fixed.has_evidence, begin, end),
                         cut(fixed.not_applicable, begin, end)});
  out.rows = {cut(all.rows.project, first, last),
              cut(all.rows.block, first, last),
              cut(all.rows.method, first, last),
              cut(all.rows.target, first, last),
              cut(all.rows.upper, first, last),
              cut_cells(all.rows.actual, first, last),
              cut(all.rows.state, first, last),
              cut(all.rows.given_weight, first, last),
              cut(all.rows.has_reason, first, last),
              cut(all.rows.has_evidence, first, last),
              cut(all.rows.refused, first, last),
              {},
              {}};
  for (auto& project : out.rows.project) project -= static_cast<std::uint32_t>(begin);
  for (const auto& sparse : all.rows.params) {
    if (sparse.row >= first && sparse.row < last)
      out.rows.params.push_back({sparse.row - first, sparse.which, sparse.value});
  }
  for (const auto& event : all.adjustments) {
    if (event.project >= begin && event.project < end)
      out.adjustments.push_back({event.project - begin, event.which, event.n});
  }
  for (const auto& event : all.vetoes) {
    if (event.project >= begin && event.project < end)
      out.vetoes.push_back({event.project - begin, event.which, event.n});
  }
  for (std::size_t p = begin; p < end; ++p) out.row_begin.push_back(all.row_begin[p + 1] - first);
  return out;
}

// Flaws of every kind: values missing, refused, not applicable or outside every domain, weights,
// parameters and events of a project's own.
inline void make_flaws(const ruleset::RuleSet& rules, std::mt19937& random, Batch& batch) {
  const auto one_in = [&](unsigned n) { return random() % n == 0; };
  const auto flaw = [&](scoring::CellColumn& column, std::size_t i, CellState state) {
    column.states[i] = state;
    column.values[i] = 0;
  };
  for (std::size_t p = 0; p < batch.projects; ++p) {
    if (one_in(20)) flaw(batch.executed, p, CellState::missing);
    if (one_in(30)) batch.adjusted.values[p] = 0;
    if (one_in(30)) flaw(batch.adjusted, p, CellState::error);
    for (auto& fixed : batch.fixed) fixed.not_applicable[p] = one_in(25) ? 1 : 0;
    if (one_in(10)) {
      for (auto& weights : batch.block_weights) weights[p] = static_cast<double>(random() % 60);
    }
    if (!rules.adjustments.empty() && one_in(4))
      batch.adjustments.push_back(
          {p, random() % rules.adjustments.size(), static_cast<double>(random() % 5)});
    if (!rules.vetoes.empty() && one_in(9))
      batch.vetoes.push_back({p, random() % rules.vetoes.size(), 1});
  }
  auto& rows = batch.rows;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (one_in(12)) flaw(rows.actual, row, CellState::missing);
    if (one_in(12)) flaw(rows.actual, row, CellState::not_applicable);
    if (one_in(40)) flaw(rows.actual, row, CellState::error);
    if (one_in(40)) rows.refused[row] = 1;
    if (one_in(20)) rows.target[row] = 0;
    if (one_in(5)) rows.given_weight[row] = static_cast<double>(random() % 20);
    const auto& params = rules.methods[rows.method[row]].params;
    if (!params.empty() && one_in(4)) rows.params.push_back({row, random() % params.size(), 0.5});
  }
}

}  // namespace made_up
