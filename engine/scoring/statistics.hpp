// Numbers of a whole table, brought to the projects of a batch: as columns of inputs.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

inline constexpr unsigned every_stage = static_cast<unsigned>(-1);

// Sets the inputs of `batch` that are statistics of the stages below `stages` from `table`; null,
// and those of later stages: missing. A project has none where its group is not in the table, where
// the table has no value, and (rank, percent_rank, share) where its own value is missing.
void fill_statistics(const ruleset::RuleSet& rules, const ruleset::StatisticTable* table,
                     unsigned stages, Batch& batch);
// From the rule set's own table.
void fill_statistics(const ruleset::RuleSet& rules, Batch& batch);

// That the rule set scores by a table nobody gave (statistic.needed), and the way out. Requires:
// rules.lacks_table().
Diagnostic statistics_needed(const ruleset::RuleSet& rules);

// Whether what the batch's projects get depends on what they bring.
bool statistics_follow_inputs(const ruleset::RuleSet& rules);

// Sets out[p] to the value of project p that a statistic is of; NaN where it is missing or cannot
// be computed. `cards` are those of `batch`; they may be null where the statistic names no outcome.
void statistic_values(const ruleset::RuleSet& rules, const ruleset::Statistic& statistic,
                      const Batch& batch, const Scorecards* cards, Workspace& workspace,
                      std::span<double> out);
// Sets out[p] to the group of project p: 0 without `by`, NaN where it is missing.
void statistic_groups(const ruleset::RuleSet& rules, const ruleset::Statistic& statistic,
                      const Batch& batch, std::span<double> out);

}  // namespace jixiao::scoring
