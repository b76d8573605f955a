// One pass over the tables of a run: pieces are scored in parallel and handed on in order.
#pragma once

#include <optional>
#include <vector>

#include "batch/plan.hpp"
#include "batch/run_destination.hpp"
#include "batch/run_feed.hpp"
#include "batch/run_outputs.hpp"
#include "batch/shares.hpp"

namespace jixiao::batch {

struct Course {
  const RuleSet& rules;
  const BatchRequest& request;
  const Plan& plan;
  const TableForm& form;
  const BatchWatch& watch;
  Inputs& inputs;
  Shares shares;
};

enum class CourseEnd {
  complete,
  scattered,  // records of a project stand apart, so that a piece did not have all of them: nothing that was handed on holds
  stopped,
  struck,  // by a fault, with `strict`
};

// `grouped`: the records of each project are put together first.
CourseEnd run_course(const Course& course, bool grouped, Destination& destination, BatchOutcome& outcome);

// Takes the faults of a piece over, each with its table.
void place_faults(std::vector<Fault>& faults, std::vector<PlacedFault>& out);

// That a project is there again, of a wide table.
PlacedFault twice(const std::string& project, std::uint64_t first, std::uint64_t again, const TableForm& form);

}  // namespace jixiao::batch
