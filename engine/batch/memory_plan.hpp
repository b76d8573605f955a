// How much of a request's memory each part of a run may use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "jixiao/batch.hpp"

namespace jixiao::batch {

// Bytes, of all threads together where nothing else is said. With what a program of its threads
// takes anyway they make the request's `memory`; besides come names and ranks, some 40 bytes per
// project, and what the largest project needs.
struct MemoryPlan {
  std::size_t threads = 1;
  std::size_t piece_bytes = 0;   // of text; while it is scored a piece takes about fourteen times
                                 // that a thread
  std::uint64_t grouping = 0;    // for putting records of projects together
  std::uint64_t rows = 0;        // of the project table, waiting for their ranks
  std::uint64_t indicators = 0;  // of the indicator table, where it must wait
  std::uint64_t faults = 0;      // waiting to be sorted
  std::uint64_t remembered = 0;  // per thread: rows it has read and may meet again
  std::uint64_t recording = 0;   // of what comes through a pipe and may be needed again
};
MemoryPlan plan_memory(const BatchRequest& request);

// A warning when the request's `memory` is less than a run can work with; the run takes what it
// needs.
void check_memory(const BatchRequest& request, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::batch
