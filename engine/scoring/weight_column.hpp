// Weights as a column, without the column where all are the same.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "formula/formula.hpp"

namespace jixiao::scoring {

// One weight for all slots, until one that differs is put in.
class WeightColumn {
 public:
  // `n` slots of one weight.
  void fill(std::size_t n, double weight) {
    size_ = n;
    if (values_.size() < n || values_.empty()) values_.resize(n > 0 ? n : 1);
    values_[0] = weight;
    each_ = 0;
  }
  // `n` slots, to be written by the caller.
  std::span<double> write(std::size_t n) {
    fill(n, 0);
    each_ = one_each;
    return {values_.data(), n};
  }
  void put(std::size_t slot, double weight) {
    if (!is_uniform()) {
      values_[slot] = weight;
    } else if (std::bit_cast<std::uint64_t>(weight) != std::bit_cast<std::uint64_t>(values_[0])) {
      spread();
      values_[slot] = weight;
    }
  }
  // The weight of the slot before it.
  void repeat(std::size_t slot) {
    if (!is_uniform()) values_[slot] = values_[slot - 1];
  }

  double operator[](std::size_t slot) const { return values_[slot & each_]; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool is_uniform() const { return each_ == 0; }
  [[nodiscard]] formula::Column column() const {
    return is_uniform() ? formula::Column::uniform(values_[0])
                        : formula::Column::of({values_.data(), size_});
  }

 private:
  static constexpr std::size_t one_each = static_cast<std::size_t>(-1);
  void spread() {
    std::fill_n(values_.data(), size_, values_[0]);
    each_ = one_each;
  }

  std::vector<double> values_ = std::vector<double>(1, 0.0);
  std::size_t size_ = 0;
  std::size_t each_ = 0;  // mask of the slot: 0 or all ones
};

}  // namespace jixiao::scoring
