// The score the year would come to, by the very rules that score it in the end.
#pragma once

#include "jixiao/monitoring.hpp"
#include "monitoring/outlook.hpp"

namespace jixiao::monitoring {

struct Scores {
  Scorecard now;  // as if the year ended today; what is missing counts as nothing
  Scorecard low;  // as projected; what nothing is known of counts as nothing
  Projection projection;
};

Scores project_scores(const RuleSet& rules, const project::Project& project,
                      const Outlook& outlook);

}  // namespace jixiao::monitoring
