// Pairs of independent points A and B, block by block: what variance-based methods draw. Private to
// this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "numeric/sobol_sequence.hpp"
#include "sampling/inputs.hpp"

namespace jixiao::sampling {

// One replicate's pairs. Points come from a scrambled Sobol sequence of 2 x inputs dimensions, or
// from the random stream.
class PointPairs {
 public:
  static constexpr std::size_t block = 512;  // samples: all columns of a block stay in the nearest
                                             // caches

  PointPairs(const Inputs& inputs, std::size_t points, std::uint64_t seed, std::size_t replicate,
             bool sobol);

  // The values of pairs first .. first + count of the replicate (count <= block), in columns of the
  // workspace.
  void draw(std::size_t first, std::size_t count);
  [[nodiscard]] std::span<const double> a(std::size_t input) const {
    return {columns_.data() + input * block, count_};
  }
  [[nodiscard]] std::span<const double> b(std::size_t input) const {
    return {columns_.data() + (inputs_.size() + input) * block, count_};
  }

 private:
  const Inputs& inputs_;
  std::size_t points_;
  std::uint64_t seed_;
  std::size_t replicate_;
  std::optional<numeric::SobolSequence> sequence_;
  std::vector<double> columns_;
  std::size_t count_ = 0;
};

}  // namespace jixiao::sampling
