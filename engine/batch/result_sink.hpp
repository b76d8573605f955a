// Where scored pieces go: into the tables and the portfolio, or into a part for `merge`.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
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

// The fault that ends a run with `strict`, thrown by finish().
struct StrictFault {
  Diagnostic diagnostic;
};

// Faults as they are told at the end of a run: the first few, and which is the first error.
class FirstFaults {
 public:
  void add(const PlacedFault& fault, const std::vector<std::string>& inputs);
  // Moves them to the outcome; throws StrictFault when there is an error and the run is strict.
  void report(BatchOutcome& outcome, bool strict);

 private:
  std::vector<Diagnostic> first_;
  std::optional<Diagnostic> error_;
};

}  // namespace jixiao::batch
