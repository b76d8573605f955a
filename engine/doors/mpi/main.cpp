// jixiao-mpi study ...: what `jixiao study` does, by all processes of an mpirun, to the same bytes.
#include <sched.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <thread>

#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/interruption.hpp"
#include "mpi_ranks.hpp"

namespace {

// The cores this process may use, or its share of the machine's when it may use all.
unsigned threads_of(const jixiao::mpi::MpiRanks& ranks) {
  const unsigned machine = std::max(std::thread::hardware_concurrency(), 1U);
  cpu_set_t allowed;
  const int bound = sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed)
                                                                        : static_cast<int>(machine);
  const auto share = static_cast<unsigned>(machine / ranks.on_this_machine());
  return std::max(std::min(static_cast<unsigned>(bound), share), 1U);
}

}  // namespace

int main(int argc, char** argv) {
  // Before MPI starts, which may take a second on a busy machine: a stop asked for then is one,
  // too.
  static_cast<void>(jixiao::cli::interruption());
  jixiao::mpi::MpiRanks ranks(argc, argv);
  try {
    return jixiao::cli::run(argc, argv, &ranks, threads_of(ranks));
  } catch (const std::exception& error) {
    // The others wait for this one: they are ended, too.
    std::cerr << "jixiao-mpi: rank " << ranks.rank() << ": internal error: " << error.what()
              << std::endl;
    jixiao::mpi::MpiRanks::abandon(jixiao::cli::own_fault);
  }
}
