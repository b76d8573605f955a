// Doing the pieces of a study, on one process or on all ranks, with what is done so far in a file:
// taken up at the start, kept when stopped. Private to this room.
#pragma once

#include <optional>
#include <vector>

#include "sampling/experiment.hpp"
#include "study/answers.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

class KeptRecords {
 public:
  // `widest`: the experiment with as many pieces as it may ever have; it and `progress` must
  // outlive this. Nothing, with diagnostics, for a file that is no state of it, or a rank that was
  // given something else to study than rank 0.
  static std::optional<KeptRecords> take_up(const sampling::Experiment& widest, Progress& progress,
                                            text::Findings findings);

  // Does the pieces below `up_to` and writes the file when that was stopped, and now and then
  // before. False, with diagnostics, when the file cannot be written. progress.complete tells
  // whether all were done.
  bool do_pieces(std::size_t up_to, text::Findings findings);

  // Empty at all ranks but the first.
  [[nodiscard]] const sampling::Records& records() const { return records_; }
  // Whether rank 0 says so.
  [[nodiscard]] bool decided(bool own) const;

 private:
  void describe_memory(std::size_t up_to);
  KeptRecords(const sampling::Experiment& widest, Progress& progress)
      : widest_(&widest), progress_(&progress) {}
  [[nodiscard]] std::size_t do_portion(std::size_t until, const sampling::RunOptions& run);
  [[nodiscard]] std::size_t portion(std::size_t up_to, bool keeping) const;

  const sampling::Experiment* widest_;
  Progress* progress_;
  sampling::Records records_;
  std::size_t done_ = 0;  // at every rank
  bool memory_told_ = false;
};

// All is done: the file is no longer needed.
void leave(const StudyOptions& options);

}  // namespace jixiao::study
