// The numbers of a project that have names: what can be moved, and what can be asked for.
#pragma once

#include <cstdint>
#include <vector>

#include "project/cost_model.hpp"
#include "scenario/project_model.hpp"
#include "scoring/binding.hpp"

namespace jixiao::scenario {

enum class InputKind : std::uint8_t { name, upper_target, row_weight, block_weight };

struct Input {
  InputFacts facts;
  InputKind kind = InputKind::name;
  std::size_t index = 0;  // of the cost model's name, the row, or the block
};

enum class OutputKind : std::uint8_t {
  total,
  rating,
  name,
  fixed_points,
  row_points,
  block_points,
  row_weight,
  block_weight,
  constraint,
  curve  // the index is the name whose definition has it
};

struct Output {
  sampling::Quantity quantity;
  Text label;
  OutputKind kind = OutputKind::total;
  std::size_t index = 0;
};

// A project bound to a rule set, with its cost model; what scoring one project needs.
struct Bound {
  const ruleset::RuleSet& rules;
  const project::Project& project;
  const scoring::Binding& binding;
  const project::CostModel& cost;
};

// The weights as they are resolved before anything is taken away for not applying.
struct ResolvedWeights {
  std::vector<double> blocks;
  std::vector<double> rows;
  std::vector<double> fixed;  // of each block: what the rule set's own indicators weigh
};
ResolvedWeights resolve_weights(const ruleset::RuleSet& rules, const scoring::Batch& one_project);

std::vector<Input> list_inputs(const Bound& bound);
std::vector<Output> list_outputs(const Bound& bound);

}  // namespace jixiao::scenario
