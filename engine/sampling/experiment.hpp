// A study as numbered pieces of work. Any thread, process or later run may do a piece; records are
// read in the order of the pieces, so the results have the same bits however the work was shared
// out.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jixiao/ranks.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::sampling {

class Experiment {
 public:
  virtual ~Experiment() = default;
  // Everything its records depend on, as text: records of another identity are refused.
  [[nodiscard]] virtual std::string identity() const = 0;
  [[nodiscard]] virtual std::size_t pieces() const = 0;
  [[nodiscard]] virtual std::size_t record_length(std::size_t piece) const = 0;
  // Does one piece; thread-safe. `record` has record_length(piece) places.
  virtual void run(std::size_t piece, std::span<double> record) const = 0;
};

// What is done so far: the records of pieces 0, 1, ... in order.
class Records {
 public:
  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] std::span<const double> operator[](std::size_t piece) const {
    return records_[piece];
  }
  void append(std::vector<double> record) { records_.push_back(std::move(record)); }

  // One JSON object, every number bit for bit. `experiment` is the one they belong to.
  [[nodiscard]] std::string to_json(const Experiment& experiment) const;
  // Errors (schema.unknown): text that is no such object, records of another study or another
  // length.
  static std::optional<Records> from_json(std::string_view json, const std::string& file,
                                          const Experiment& experiment,
                                          std::vector<Diagnostic>& diagnostics);

 private:
  std::vector<std::vector<double>> records_;
};

struct RunOptions {
  unsigned threads = 0;                     // 0: as many as the machine has
  const std::atomic<bool>* stop = nullptr;  // when it turns true no further piece is begun
  std::function<void(std::size_t done, std::size_t all)> progress = {};  // now and then, from the
                                                                         // calling thread or a
                                                                         // worker, never two at
                                                                         // once
};

// Does the pieces that are missing below `up_to`. When stopped, the records hold the unbroken row
// of pieces done so far. What a piece throws (memory that is not there) is thrown here.
void run(const Experiment& experiment, Records& records, std::size_t up_to,
         const RunOptions& options = {});
Records run(const Experiment& experiment, const RunOptions& options = {});

// The same with `done` pieces done already, over all ranks: rank r does every count()-th piece from
// the r-th on, and rank 0 appends the records, in the order of the pieces (those of the others stay
// empty). How many pieces are then done, at every rank; below `up_to` when one was stopped.
std::size_t run_over_ranks(const Experiment& experiment, Ranks& ranks, Records& records,
                           std::size_t done, std::size_t up_to, const RunOptions& options = {});

}  // namespace jixiao::sampling
