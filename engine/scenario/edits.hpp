// Changes to what a project is, rather than to its numbers: other rules, indicators that come, go
// or promise something of another kind.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "text/findings.hpp"

namespace jixiao::scenario {

struct Edit {
  enum class Kind { rules, drop, drop_constraint, add, target, result } kind = Kind::rules;
  std::string name;  // "rules", "drop.finished", "indicator.visits", "targets.trained",
                     // "results.capability"
  Text label;
  Text before;
  Text after;
  std::size_t indicator = 0;     // of the project, for drop, target and result; the constraint for
                                 // drop_constraint
  std::optional<RuleSet> rules;  // for rules
  std::optional<project::Indicator> replacement;  // for add, target and result
};

// The edits of a scenario, in order. Of several that say the same thing the last one counts.
// `left`: the changes that are no edits.
std::vector<Edit> find_edits(const Scenario& scenario, const Project& project, const RuleSet& rules,
                             const RuleLibrary& library, std::vector<const Change*>& left,
                             text::Findings findings);

// The project with some of the edits made: those whose flag, one per edit and more, is set. Weights
// given in a block that loses or gains an indicator are scaled so that they still make the block.
Project edited(const Project& project, std::span<const Edit> edits, const std::vector<bool>& made);

}  // namespace jixiao::scenario
