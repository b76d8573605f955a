// Where scored pieces go: into the tables and the portfolio, or into a part for `merge`.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "batch/fault_log.hpp"
#include "batch/piece_scorer.hpp"
#include "jixiao/batch.hpp"

namespace jixiao::batch {

// Receives the results of one pass. Called from one thread at a time.
class ResultSink {
 public:
  virtual ~ResultSink() = default;
  // Takes a piece; pieces come in the order of the tables. `input`: the number of its table. Views
  // of `piece` are valid during the call only.
  virtual void take(const Scored& piece, std::size_t input) = 0;
  // Takes the faults over: `faults` is empty afterwards.
  virtual void take_faults(std::vector<PlacedFault>& faults) = 0;
  // Writes the results and fills `outcome`, once, after the last piece. Returns false, with nothing
  // written, when `stop` was set. Throws table::StreamFailure, and StrictFault when the run is
  // strict and there was an error.
  virtual bool finish(BatchOutcome& outcome, const std::atomic<bool>* stop) = 0;
};

}  // namespace jixiao::batch
