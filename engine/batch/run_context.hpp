// One pass over the tables of a run: pieces are scored in parallel and given to a sink in order.
#pragma once

#include <optional>
#include <vector>

#include "batch/memory_plan.hpp"
#include "batch/outputs.hpp"
#include "batch/piece_source.hpp"
#include "batch/plan.hpp"
#include "batch/result_sink.hpp"

namespace jixiao::batch {

// What a pass works on; everything outlives it.
struct RunContext {
  const RuleSet& rules;
  const BatchRequest& request;
  const Plan& plan;
  const TableForm& form;
  const BatchWatch& watch;
  Inputs& inputs;
  MemoryPlan memory;
};

enum class RunEnd {
  complete,
  unsorted,  // records of a project stand apart, so that a piece did not have all of them: nothing
             // that was handed on holds
  stopped,
  failed_strict,  // by a fault, with `strict`
};

// Scores all tables into `sink` and counts in `outcome`; does not call sink.finish(). `grouped`:
// the records of each project are brought together first, so that the end is never `unsorted`.
RunEnd run_pass(const RunContext& context, bool grouped, ResultSink& sink, BatchOutcome& outcome);

// Moves the faults of a piece to the end of `out`, each with the number of its table.
void place_faults(std::vector<Fault>& faults, std::vector<PlacedFault>& out);

// Returns the fault of a wide table that names a project on line `again` as on line `first`.
PlacedFault duplicate_project(const std::string& project, std::uint64_t first, std::uint64_t again,
                              const TableForm& form);

}  // namespace jixiao::batch
