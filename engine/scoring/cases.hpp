// The cases of a rule set, run.
#pragma once

#include <vector>

#include "ruleset/ruleset.hpp"

namespace jixiao::scoring {

// One case.failed for each number or rating of a case that does not come out, at its place. A
// number is right when what is computed, rounded to the decimals it is written with, equals it.
void run_cases(const ruleset::RuleSet& rules, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::scoring
