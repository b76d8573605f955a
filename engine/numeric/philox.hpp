// Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011): random bits as a function of a counter, so
// sample i is the same wherever it is drawn.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace jixiao::numeric {

using PhiloxBlock = std::array<std::uint32_t, 4>;

constexpr PhiloxBlock philox(PhiloxBlock counter, std::uint64_t key) {
  auto key_0 = static_cast<std::uint32_t>(key);
  auto key_1 = static_cast<std::uint32_t>(key >> 32U);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product_0 = std::uint64_t{0xD2511F53U} * counter[0];
    const std::uint64_t product_1 = std::uint64_t{0xCD9E8D57U} * counter[2];
    counter = {static_cast<std::uint32_t>(product_1 >> 32U) ^ counter[1] ^ key_0,
               static_cast<std::uint32_t>(product_1),
               static_cast<std::uint32_t>(product_0 >> 32U) ^ counter[3] ^ key_1,
               static_cast<std::uint32_t>(product_0)};
    key_0 += 0x9E3779B9U;
    key_1 += 0xBB67AE85U;
  }
  return counter;
}

// What random bits are for. Numbers drawn for different purposes share no counter.
enum class Purpose : std::uint32_t {
  samples = 1,
  scrambling,
  bootstrap,
  trajectories,
  permutations,
  weights
};

// Numbers of one purpose under one seed. A number is named by (sample, column).
class Stream {
 public:
  Stream(std::uint64_t seed, Purpose purpose)
      : seed_(seed), purpose_(static_cast<std::uint32_t>(purpose) << 24U) {}

  // Four words of 32 bits; column < 2^24.
  [[nodiscard]] PhiloxBlock words(std::uint64_t sample, std::uint32_t column) const {
    return philox({static_cast<std::uint32_t>(sample), static_cast<std::uint32_t>(sample >> 32U),
                   column & 0xFFFFFFU, purpose_},
                  seed_);
  }
  // u[k] of sample first + k: the middle of one of 2^52 equal cells of (0, 1). Two samples share
  // four words.
  void fill(std::uint64_t first, std::uint32_t column, std::span<double> u) const;
  [[nodiscard]] double uniform(std::uint64_t sample, std::uint32_t column) const;

 private:
  std::uint64_t seed_;
  std::uint32_t purpose_;
};

// A whole number below `bound`, from 32 random bits; uneven by less than bound / 2^32.
constexpr std::uint32_t below(std::uint32_t bound, std::uint32_t word) {
  return static_cast<std::uint32_t>((std::uint64_t{word} * bound) >> 32U);
}

}  // namespace jixiao::numeric
