// Doing the pieces of a study, with what is done so far in a file: taken up at the start, kept when stopped. Private to this room.
#pragma once

#include <optional>
#include <vector>

#include "planning/answers.hpp"
#include "study/experiment.hpp"

namespace jixiao::planning {

// `widest`: the experiment with as many pieces as it may ever have. Nothing, with diagnostics, for a file that is no state of it.
std::optional<study::Records> take_up(const study::Experiment& widest, const StudyOptions& options, std::vector<Diagnostic>& diagnostics);

// Does the pieces below `up_to` and writes the file when that was stopped, and now and then before. False, with diagnostics, when the file
// cannot be written. progress.complete tells whether all were done.
bool do_pieces(const study::Experiment& experiment, const study::Experiment& widest, study::Records& records, std::size_t up_to,
               Progress& progress, std::vector<Diagnostic>& diagnostics);

// All is done: the file is no longer needed.
void leave(const StudyOptions& options);

}  // namespace jixiao::planning
