// `mpirun -n 8 jixiao study ...`: the study is done by jixiao-mpi, which stands beside this
// program. This one knows no MPI, so that nothing else pays for its start.
#pragma once

#include <optional>

namespace jixiao::cli {

// Becomes jixiao-mpi when this is one of several processes that mpirun or srun started for a study.
// An exit status when it should and cannot; nothing when there is nothing to hand over.
std::optional<int> hand_over(int argc, char** argv);

}  // namespace jixiao::cli
