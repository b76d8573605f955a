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

class ResultSink {
 public:
  virtual ~ResultSink() = default;
  // In the order of the table; `input` is the number of the table.
  virtual void take(const Scored& piece, std::size_t input) = 0;
  virtual void take_faults(std::vector<PlacedFault>& faults) = 0;
  // All is in: makes the tables and fills the outcome. False when `stop` was set on the way:
  // nothing has been written then.
  virtual bool finish(BatchOutcome& outcome, const std::atomic<bool>* stop) = 0;
};

}  // namespace jixiao::batch
