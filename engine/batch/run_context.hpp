// One pass over the tables of a run: pieces are scored in parallel and handed on in order.
#pragma once

#include <optional>
#include <vector>

#include "batch/memory_plan.hpp"
#include "batch/outputs.hpp"
#include "batch/piece_source.hpp"
#include "batch/plan.hpp"
#include "batch/result_sink.hpp"

namespace jixiao::batch {

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

// `grouped`: the records of each project are put together first.
RunEnd run_pass(const RunContext& context, bool grouped, ResultSink& sink, BatchOutcome& outcome);

// Takes the faults of a piece over, each with its table.
void place_faults(std::vector<Fault>& faults, std::vector<PlacedFault>& out);

// That a project is there again, of a wide table.
PlacedFault duplicate_project(const std::string& project, std::uint64_t first, std::uint64_t again,
                              const TableForm& form);

}  // namespace jixiao::batch
