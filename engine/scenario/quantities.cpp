#include "scenario/quantities.hpp"

#include <algorithm>
#include <cmath>

#include "scoring/weights.hpp"

namespace jixiao::scenario {

using project::ModelName;
using project::NameKind;
using ruleset::none;

namespace {

const Text initial_label{"年初预算", "initial budget"};
const Text adjusted_label{"全年预算", "adjusted budget"};
const Text executed_label{"全年执行", "executed"};

bool is_rate(const value::Unit& unit) { return unit.text().find('/') != std::string::npos; }

// The smallest change that makes sense of a number that is `nominal` now.
double natural_step(const value::Unit& unit, double nominal) {
  if (unit.is_date()) return 1;
  const bool counted = !unit.is_number() && !unit.is_percent() && !unit.counts_money() &&
                       !is_rate(unit);
  return counted && std::floor(nominal) == nominal ? 1 : 0;
}

class InputLister {
 public:
  explicit InputLister(const Bound& bound)
      : bound_(bound), weights_(resolve_weights(bound.rules, bound.binding.batch)) {
    row_of_.assign(bound.project.indicators.size(), none);
    for (std::size_t row = 0; row < bound.binding.row_indicator.size(); ++row)
      row_of_[bound.binding.row_indicator[row]] = row;
  }

  std::vector<Input> list() {
    const auto& names = bound_.cost.names();
    for (std::size_t n = 0; n < names.size() && names[n].kind != NameKind::result; ++n) add_name(n);
    each_indicator([this](std::size_t i, std::size_t row) {
      if (bound_.binding.batch.rows.state[row] == none) add_name(bound_.cost.result(i));
    });
    each_indicator([this](std::size_t i, std::size_t row) { add_targets(i, row); });
    const auto& blocks = bound_.rules.blocks;
    for (std::size_t b = 0; b < blocks.size(); ++b)
      add_weight(InputKind::block_weight, b, blocks[b].id, blocks[b].name, weights_.blocks[b]);
    each_indicator([this](std::size_t i, std::size_t row) {
      const auto& indicator = bound_.project.indicators[i];
      if (bound_.rules.find_block(indicator.id) == none)
        add_weight(InputKind::row_weight, row, indicator.id, indicator.name, weights_.rows[row]);
    });
    return std::move(inputs_);
  }

 private:
  template <class Each>
  void each_indicator(const Each& each) {
    for (std::size_t i = 0; i < row_of_.size(); ++i) {
      if (row_of_[i] != none) each(i, row_of_[i]);
    }
  }

  InputFacts facts_of(std::string name, Text label, const value::Unit& unit, double nominal) {
    InputFacts facts;
    facts.name = std::move(name);
    facts.label = std::move(label);
    facts.unit = unit;
    facts.nominal = nominal;
    facts.step = natural_step(unit, nominal);
    facts.is_date = unit.is_date();
    if (!facts.is_date && nominal >= 0) facts.lowest = 0;
    return facts;
  }

  void add_name(std::size_t n) {
    const ModelName& name = bound_.cost.names()[n];
    const project::Project& project = bound_.project;
    const auto put = [&](const std::string& prefix, const std::string& id, const Text& label) {
      inputs_.push_back(
          {facts_of(prefix + id, label, name.unit, name.nominal), InputKind::name, n});
    };
    switch (name.kind) {
      case NameKind::driver: {
        const project::Driver& driver = project.drivers[name.index];
        put("drivers.", driver.id, driver.name);
        InputFacts& facts = inputs_.back().facts;
        facts.fixed = driver.fixed;
        if (driver.range) facts.low = driver.range->first, facts.high = driver.range->second;
        if (driver.step) facts.step = *driver.step;
        return;
      }
      case NameKind::item:
        return put("items.", project.items[name.index].id, project.items[name.index].name);
      case NameKind::initial: return put("money.", "initial", initial_label);
      case NameKind::adjusted: return put("money.", "adjusted", adjusted_label);
      case NameKind::executed: return put("money.", "executed", executed_label);
      case NameKind::result:
        return put("results.", project.indicators[name.index].id,
                   project.indicators[name.index].name);
      case NameKind::target:
        return put("targets.", project.indicators[name.index].id,
                   project.indicators[name.index].name);
    }
  }

  void add_targets(std::size_t i, std::size_t row) {
    const auto& indicator = bound_.project.indicators[i];
    if (!indicator.target || bound_.binding.batch.rows.state[row] != none) return;
    add_name(bound_.cost.target(i));
    if (indicator.target->low == indicator.target->high) return;
    const value::Unit& unit = bound_.cost.names()[bound_.cost.target(i)].unit;
    inputs_.push_back({facts_of("targets." + indicator.id + ".high", indicator.name, unit,
                                indicator.target->high),
                       InputKind::upper_target, row});
  }

  void add_weight(InputKind kind, std::size_t index, const std::string& id, const Text& label,
                  double nominal) {
    inputs_.push_back({facts_of("weights." + id, label, value::Unit(), nominal), kind, index});
  }

  const Bound& bound_;
  ResolvedWeights weights_;
  std::vector<std::size_t> row_of_;
  std::vector<Input> inputs_;
};

}  // namespace

ResolvedWeights resolve_weights(const ruleset::RuleSet& rules, const scoring::Batch& batch) {
  ResolvedWeights out;
  const auto shares = scoring::block_shares(rules, batch, 0);
  for (const auto& share : shares) out.blocks.push_back(share.block);
  for (std::size_t row = 0; row < batch.rows.size(); ++row) {
    const double given = batch.rows.given_weight[row];
    out.rows.push_back(std::isnan(given) ? shares[batch.rows.block[row]].share() : given);
  }
  out.fixed.assign(shares.size(), 0);
  for (const auto& indicator : rules.indicators)
    out.fixed[indicator.block] += indicator.weight.value_or(shares[indicator.block].share());
  return out;
}

std::vector<Input> list_inputs(const Bound& bound) { return InputLister(bound).list(); }

std::vector<Output> list_outputs(const Bound& bound) {
  std::vector<Output> out;
  const auto put = [&](std::string name, const value::Unit& unit, Text label, OutputKind kind,
                       std::size_t index) {
    out.push_back({{std::move(name), unit}, std::move(label), kind, index});
  };
  const project::CostModel& cost = bound.cost;
  put("total", {}, {"总分", "total"}, OutputKind::total, 0);
  put("rating", {}, {"评级", "rating"}, OutputKind::rating, 0);
  put("money.total", value::Unit::money(), initial_label, OutputKind::name, cost.initial());
  put("money.adjusted", value::Unit::money(), adjusted_label, OutputKind::name, cost.adjusted());
  put("money.executed", value::Unit::money(), executed_label, OutputKind::name, cost.executed());
  for (std::size_t f = 0; f < bound.rules.indicators.size(); ++f)
    put("points." + bound.rules.indicators[f].id, {}, bound.rules.indicators[f].name,
        OutputKind::fixed_points, f);
  for (std::size_t row = 0; row < bound.binding.row_indicator.size(); ++row) {
    const auto& indicator = bound.project.indicators[bound.binding.row_indicator[row]];
    put("points." + indicator.id, {}, indicator.name, OutputKind::row_points, row);
  }
  for (std::size_t b = 0; b < bound.rules.blocks.size(); ++b)
    put("blocks." + bound.rules.blocks[b].id, {}, bound.rules.blocks[b].name,
        OutputKind::block_points, b);
  for (std::size_t i = 0; i < bound.project.items.size(); ++i)
    put("items." + bound.project.items[i].id, value::Unit::money(), bound.project.items[i].name,
        OutputKind::name, cost.item(i));
  for (const std::size_t i : bound.binding.row_indicator) {
    const auto& indicator = bound.project.indicators[i];
    put("results." + indicator.id, cost.names()[cost.result(i)].unit, indicator.name,
        OutputKind::name, cost.result(i));
  }
  for (std::size_t i = 0; i < bound.project.drivers.size(); ++i)
    put("drivers." + bound.project.drivers[i].id, cost.names()[i].unit,
        bound.project.drivers[i].name, OutputKind::name, i);
  for (const std::size_t i : bound.binding.row_indicator) {
    const auto& indicator = bound.project.indicators[i];
    put("targets." + indicator.id, cost.names()[cost.target(i)].unit, indicator.name,
        OutputKind::name, cost.target(i));
  }
  for (std::size_t b = 0; b < bound.rules.blocks.size(); ++b)
    put("weights." + bound.rules.blocks[b].id, {}, bound.rules.blocks[b].name,
        OutputKind::block_weight, b);
  for (std::size_t row = 0; row < bound.binding.row_indicator.size(); ++row) {
    const auto& indicator = bound.project.indicators[bound.binding.row_indicator[row]];
    if (bound.rules.find_block(indicator.id) == none)
      put("weights." + indicator.id, {}, indicator.name, OutputKind::row_weight, row);
  }
  for (std::size_t c = 0; c < cost.constraints().size(); ++c) {
    const auto& constraint = bound.project.constraints[cost.constraints()[c].constraint];
    put("constraints." + constraint.id, {}, constraint.text, OutputKind::constraint, c);
  }
  for (const project::Definition& definition : cost.definitions()) {
    if (!definition.curve) continue;
    const auto& indicator = bound.project.indicators[cost.names()[definition.name].index];
    put("curves." + indicator.id, {}, indicator.name, OutputKind::curve, definition.name);
  }
  return out;
}

}  // namespace jixiao::scenario
