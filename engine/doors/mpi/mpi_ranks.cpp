#include "mpi_ranks.hpp"

#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <cstdlib>

namespace jixiao::mpi {
namespace {

constexpr int records = 1;

int as_int(std::size_t number) { return static_cast<int>(number); }

}  // namespace

// A communication that fails ends all processes, as MPI does by default: nothing here can go on
// with some of them.
MpiRanks::MpiRanks(int& argc, char**& argv) {
  // Ranks that wait leave their core to those that work; Open MPI would let them spin.
  setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0);
  int given = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &given);
  int rank = 0, count = 1, here = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  MPI_Comm machine = MPI_COMM_NULL;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank, MPI_INFO_NULL, &machine);
  MPI_Comm_size(machine, &here);
  MPI_Comm_free(&machine);
  rank_ = static_cast<std::size_t>(rank);
  count_ = static_cast<std::size_t>(count);
  here_ = static_cast<std::size_t>(here);
}

MpiRanks::~MpiRanks() { MPI_Finalize(); }

void MpiRanks::abandon(int status) {
  MPI_Abort(MPI_COMM_WORLD, status);
  std::_Exit(status);
}

// One message a rank, the lengths first: a portion is at most some ten million numbers.
std::vector<std::vector<double>> MpiRanks::gather(std::span<const double> own) {
  const std::uint64_t length = own.size();
  std::vector<std::uint64_t> lengths(rank_ == 0 ? count_ : 0);
  MPI_Gather(&length, 1, MPI_UINT64_T, lengths.data(), 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
  if (rank_ != 0) {
    MPI_Send(own.data(), as_int(own.size()), MPI_DOUBLE, 0, records, MPI_COMM_WORLD);
    return {};
  }
  std::vector<std::vector<double>> all(count_);
  all[0].assign(own.begin(), own.end());
  for (std::size_t r = 1; r < count_; ++r) {
    all[r].resize(lengths[r]);
    MPI_Recv(all[r].data(), as_int(all[r].size()), MPI_DOUBLE, as_int(r), records, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
  }
  return all;
}

std::uint64_t MpiRanks::broadcast(std::uint64_t value) {
  MPI_Bcast(&value, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
  return value;
}

std::size_t MpiRanks::lowest_rank_where(bool own) {
  const std::uint64_t mine = own ? rank_ : count_;
  std::uint64_t first = count_;
  MPI_Allreduce(&mine, &first, 1, MPI_UINT64_T, MPI_MIN, MPI_COMM_WORLD);
  return first;
}

}  // namespace jixiao::mpi
