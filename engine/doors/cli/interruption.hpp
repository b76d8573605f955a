// Ctrl-C, SIGTERM and SIGUSR1 (which mpirun passes on) ask a run to stop; a reader that went away
// is an error like any other.
#pragma once

#include <atomic>

namespace jixiao::cli {

// Installs the handlers when first called. A second signal ends the program at once.
const std::atomic<bool>& interruption();

}  // namespace jixiao::cli
