// Processes that share one piece of work, on one machine or many: the seam behind which MPI, or
// anything like it, stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace jixiao {

// Every function but the first two is called by all ranks, in the same order, from the thread that
// made the object: each waits for the others. Rank 0 holds what the others found and is the one
// that answers.
class Ranks {
 public:
  Ranks() = default;
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  virtual ~Ranks() = default;

  [[nodiscard]] virtual std::size_t rank() const = 0;
  [[nodiscard]] virtual std::size_t count() const = 0;

  // At rank 0: what every rank gave, one after the other. Elsewhere nothing.
  virtual std::vector<std::vector<double>> gather(std::span<const double> own) = 0;
  // What rank 0 says, at all of them.
  virtual std::uint64_t broadcast(std::uint64_t value) = 0;
  // The lowest rank whose `own` is true; count() when none is.
  virtual std::size_t lowest_rank_where(bool own) = 0;
};

}  // namespace jixiao
