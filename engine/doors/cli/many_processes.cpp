#include "many_processes.hpp"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>

#include "commands.hpp"

namespace jixiao::cli {
namespace {

long number(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::strtol(value, nullptr, 10) : 0;
}

// As Open MPI, MPICH's Hydra, and srun with PMIx say it.
long processes() {
  if (const long open_mpi = number("OMPI_COMM_WORLD_SIZE"); open_mpi > 0) return open_mpi;
  if (const long hydra = number("PMI_SIZE"); hydra > 0) return hydra;
  return std::getenv("PMIX_RANK") != nullptr ? number("SLURM_NTASKS") : 1;
}

bool is_first() {
  return number("OMPI_COMM_WORLD_RANK") == 0 && number("PMI_RANK") == 0 && number("PMIX_RANK") == 0;
}

bool is_study(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--rules-folder") == 0) {
      ++i;
    } else if (argv[i][0] != '-') {
      return std::strcmp(argv[i], "study") == 0;
    }
  }
  return false;
}

}  // namespace

std::optional<int> hand_over(int argc, char** argv) {
  if (!is_study(argc, argv)) return std::nullopt;
  const long count = processes();
  if (count < 2) return std::nullopt;
  std::error_code error;
  const std::string other =
      (std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "jixiao-mpi")
          .string();
  execv(other.c_str(), argv);
  if (is_first())
    std::cerr
        << "jixiao: " << count
        << " processes are to share a study, and jixiao-mpi, which does that, is not there: "
        << other
        << "\n  help: build with libopenmpi-dev installed (cmake -DJIXIAO_MPI=ON), or run one "
           "process\n"
        << "jixiao: 要由 " << count << " 个进程分担一项研究，但没有 jixiao-mpi：" << other
        << "\n  help: 装上 libopenmpi-dev 后重新构建（cmake -DJIXIAO_MPI=ON），或只用一个进程\n";
  return call_wrong;
}

}  // namespace jixiao::cli
