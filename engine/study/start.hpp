// What a study starts from: the project after the scenarios it applies. Private to this room.
#pragma once

#include <optional>
#include <vector>

#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/study.hpp"
#include "project/project.hpp"
#include "scenario/moves.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

struct Start {
  RuleSet rules;
  Project project;  // with other indicators, targets and constraints, where the scenarios say so
  std::vector<scenario::Move> moves;  // and the numbers that are others
  std::vector<AppliedScenario> applied;
};

// `apply`: the names of scenarios, in order. Nothing, with diagnostics, for a scenario that is not
// there or does not fit.
std::optional<Start> start_of(const std::vector<project::Word>& apply, const RuleSet& rules,
                              const Project& project, const RuleLibrary& library,
                              text::Findings findings);

}  // namespace jixiao::study
