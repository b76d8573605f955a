#include "sampling/point_pairs.hpp"

#include "numeric/philox.hpp"

namespace jixiao::sampling {

PointPairs::PointPairs(const Inputs& inputs, std::size_t points, std::uint64_t seed,
                       std::size_t replicate, bool sobol)
    : inputs_(inputs),
      points_(points),
      seed_(seed),
      replicate_(replicate),
      columns_(2 * inputs.size() * block) {
  if (sobol) sequence_.emplace(2 * inputs.size(), points, seed, replicate);
}

void PointPairs::draw(std::size_t first, std::size_t count) {
  count_ = count;
  const std::uint64_t sample = std::uint64_t{replicate_} * points_ + first;
  const numeric::Stream stream(seed_, numeric::Purpose::samples);
  for (std::size_t k = 0; k < 2 * inputs_.size(); ++k) {
    const std::span<double> column(columns_.data() + k * block, count);
    if (sequence_) {
      sequence_->fill(k, first, column);
    } else {
      stream.fill(sample, static_cast<std::uint32_t>(k), column);
    }
    inputs_[k % inputs_.size()].distribution.quantile(column, column);
  }
}

}  // namespace jixiao::sampling
