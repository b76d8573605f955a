// Sobol's low-discrepancy points with a random scrambling.
//
// Direction numbers of Joe and Kuo (Boost.Random's table). Scrambled by random lower triangular
// matrices and a digital shift (Matoušek 1998): every point is uniform on the unit cube, every
// prefix of 2^k points stays a net, and independent seeds give independent, unbiased means.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace jixiao::numeric {

class SobolSequence {
 public:
  static constexpr std::size_t max_dimensions = 3667;
  static constexpr std::uint64_t max_points = std::uint64_t{1} << 32U;

  // dimensions <= max_dimensions. `replicate` numbers independent scramblings under one seed. Only
  // points below `points` (at most max_points) will be asked for.
  SobolSequence(std::size_t dimensions, std::uint64_t points, std::uint64_t seed,
                std::uint64_t replicate);

  // u[k] = coordinate `dimension` of point first + k, inside (0, 1). Any block can be drawn alone.
  void fill(std::size_t dimension, std::uint64_t first, std::span<double> u) const;
  [[nodiscard]] std::size_t dimensions() const { return shifts_.size(); }

 private:
  std::size_t bits_;                       // direction numbers kept of each dimension
  std::vector<std::uint32_t> directions_;  // bits_ a dimension, scrambled
  std::vector<std::uint32_t> shifts_;
};

// The unscrambled direction numbers of one dimension: number k has its lowest set bit at 31 - k.
std::array<std::uint32_t, 32> sobol_directions(std::size_t dimension);

}  // namespace jixiao::numeric
