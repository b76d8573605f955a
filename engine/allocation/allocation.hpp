// The answer to a question about splitting money.
#pragma once

#include <optional>
#include <vector>

#include "allocation/question.hpp"
#include "jixiao/study.hpp"

namespace jixiao::allocation {

// One project's money over its items. Nothing, with diagnostics, when it cannot be answered.
std::optional<Allocation> allocate(const RuleSet& rules, const Project& project,
                                   const Question& question, std::vector<Diagnostic>& diagnostics);

// Money over the projects of the question, each split over its own items as well as can be.
// `folder`: where their paths start.
std::optional<Allocation> allocate_projects(const Question& question, const std::string& folder,
                                            const RuleLibrary& library,
                                            std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::allocation
