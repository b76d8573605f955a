// Scoring: a rule set and a project in, a scorecard out.
#pragma once

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scorecard.hpp"

namespace jixiao {

struct ScoreOptions {
  // Leave indicators in the blocks the form filed them under, instead of where the project file
  // puts them.
  bool as_filed = false;
};

// Errors: an indicator no method fits, weights that do not add up, units that clash, missing
// results under the policy "error" ... The scorecard is there even then, with everything that could
// be computed and `scored` false; its diagnostics say why.
JIXIAO_EXPORT Scorecard score(const RuleSet& rules, const Project& project,
                              const ScoreOptions& options = {});

}  // namespace jixiao
