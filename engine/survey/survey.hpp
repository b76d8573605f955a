// Surveying tables that are open already.
#pragma once

#include <vector>

#include "batch/inputs.hpp"
#include "batch/memory_plan.hpp"
#include "batch/plan.hpp"
#include "jixiao/batch.hpp"
#include "ruleset/statistic_table.hpp"

namespace jixiao::survey {

struct Survey {
  ruleset::StatisticTable table;
  std::vector<batch::Fault> faults;  // of the first passes' cells, at most twenty
  bool stopped = false;
};

// Reads the tables once for each stage of the statistics, whatever the order of their rows. Throws
// table::StreamFailure. `as_part`: keeps what merging needs.
Survey survey(const ruleset::RuleSet& rules, const BatchRequest& request, const batch::Plan& plan,
              const BatchWatch& watch, batch::Inputs& inputs, bool as_part);

// Statistics of nothing, of one value, of equal values: warnings at their places.
void judge(const ruleset::RuleSet& rules, const ruleset::StatisticTable& table,
           std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::survey
