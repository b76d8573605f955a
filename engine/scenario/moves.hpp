// What a scenario makes of the numbers of a project.
#pragma once

#include <string>
#include <vector>

#include "scenario/project_model.hpp"
#include "scenario/scenario.hpp"
#include "text/findings.hpp"

namespace jixiao::scenario {

// One number and what it becomes.
struct Move {
  InputFacts facts;
  double value = 0;
  bool held = false;  // it becomes what it is anyway, but stays so whatever it would follow
};

// `changes` are those of the scenario that are no edits, in order; `project` and `rules` are as
// edited. Layer by layer: set, add, scale, then the cut. What is added to or scaled is the number
// as the scenario has made it so far, else as declared or reported.
std::vector<Move> find_moves(const Scenario& scenario, const std::vector<const Change*>& changes,
                             const RuleSet& rules, const Project& project, text::Findings findings);

}  // namespace jixiao::scenario
