// All processes of one mpirun. MPI stays in this folder.
#pragma once

#include "jixiao/ranks.hpp"

namespace jixiao::mpi {

class MpiRanks final : public Ranks {
 public:
  // Starts MPI, and ends it. One object a process, in its main thread.
  MpiRanks(int& argc, char**& argv);
  ~MpiRanks() override;

  [[nodiscard]] std::size_t rank() const override { return rank_; }
  [[nodiscard]] std::size_t count() const override { return count_; }
  [[nodiscard]] std::size_t on_this_machine() const { return here_; }
  std::vector<std::vector<double>> gather(std::span<const double> own) override;
  std::uint64_t broadcast(std::uint64_t value) override;
  std::size_t lowest_rank_where(bool own) override;

  // Ends all processes: mpirun ends with `status`.
  [[noreturn]] static void abandon(int status);

 private:
  std::size_t rank_ = 0, count_ = 1, here_ = 1;
};

}  // namespace jixiao::mpi
