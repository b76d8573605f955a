// Memory that scoring works in, kept from one batch to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "value/cell.hpp"

namespace jixiao::scoring {

// Lends columns of one type, one after the other. A lent column stays where it is until it is given
// back; what is in it is left over.
template <class T>
class BufferPool {
 public:
  std::span<T> lend(std::size_t n) {
    if (lent_ == columns_.size()) columns_.emplace_back();
    std::vector<T>& column = columns_[lent_++];
    if (column.size() < n) column.resize(n);
    return {column.data(), n};
  }
  [[nodiscard]] std::size_t lent() const { return lent_; }
  void take_back(std::size_t down_to) { lent_ = down_to; }

 private:
  std::vector<std::vector<T>> columns_;
  std::size_t lent_ = 0;
};

class Workspace {
 public:
  std::span<double> numbers(std::size_t n) { return numbers_.lend(n); }
  std::span<value::CellState> states(std::size_t n) { return states_.lend(n); }
  std::span<std::uint32_t> indices(std::size_t n) { return indices_.lend(n); }
  void clear() { take_back(0, 0, 0); }

  // Whatever is lent while it lives is given back at its end.
  class ScratchScope {
   public:
    explicit ScratchScope(Workspace& workspace)
        : workspace_(workspace),
          numbers_(workspace.numbers_.lent()),
          states_(workspace.states_.lent()),
          indices_(workspace.indices_.lent()) {}
    ~ScratchScope() { workspace_.take_back(numbers_, states_, indices_); }
    ScratchScope(const ScratchScope&) = delete;
    ScratchScope& operator=(const ScratchScope&) = delete;

   private:
    Workspace& workspace_;
    std::size_t numbers_, states_, indices_;
  };

 private:
  void take_back(std::size_t numbers, std::size_t states, std::size_t indices) {
    numbers_.take_back(numbers);
    states_.take_back(states);
    indices_.take_back(indices);
  }

  BufferPool<double> numbers_;
  BufferPool<value::CellState> states_;
  BufferPool<std::uint32_t> indices_;
};

}  // namespace jixiao::scoring
