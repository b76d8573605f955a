// Scratch columns for scoring, reused from one batch to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "value/cell.hpp"

namespace jixiao::scoring {

// A stack of columns of one type. Memory is kept when columns are released, so that the next batch
// of the same size allocates nothing.
template <class T>
class BufferPool {
 public:
  // Returns `n` elements with unspecified contents. Valid until release_to() goes below it; later
  // calls do not move it.
  std::span<T> lend(std::size_t n) {
    if (lent_ == columns_.size()) columns_.emplace_back();
    std::vector<T>& column = columns_[lent_++];
    if (column.size() < n) column.resize(n);
    return {column.data(), n};
  }
  // Returns how many columns are in use.
  [[nodiscard]] std::size_t lent() const { return lent_; }
  // Releases all columns but the first `down_to`.
  void release_to(std::size_t down_to) { lent_ = down_to; }

 private:
  std::vector<std::vector<T>> columns_;
  std::size_t lent_ = 0;
};

// The scratch columns of one thread. Not safe for several threads.
class Workspace {
 public:
  // Returns columns of `n` elements with unspecified contents, valid until the innermost
  // ScratchScope they were taken in ends, or clear().
  std::span<double> numbers(std::size_t n) { return numbers_.lend(n); }
  std::span<value::CellState> states(std::size_t n) { return states_.lend(n); }
  std::span<std::uint32_t> indices(std::size_t n) { return indices_.lend(n); }
  void clear() { release(0, 0, 0); }

  // Releases at its end every column that was taken during its life. Scopes nest.
  class ScratchScope {
   public:
    explicit ScratchScope(Workspace& workspace)
        : workspace_(workspace),
          numbers_(workspace.numbers_.lent()),
          states_(workspace.states_.lent()),
          indices_(workspace.indices_.lent()) {}
    ~ScratchScope() { workspace_.release(numbers_, states_, indices_); }
    ScratchScope(const ScratchScope&) = delete;
    ScratchScope& operator=(const ScratchScope&) = delete;

   private:
    Workspace& workspace_;
    std::size_t numbers_, states_, indices_;
  };

 private:
  void release(std::size_t numbers, std::size_t states, std::size_t indices) {
    numbers_.release_to(numbers);
    states_.release_to(states);
    indices_.release_to(indices);
  }

  BufferPool<double> numbers_;
  BufferPool<value::CellState> states_;
  BufferPool<std::uint32_t> indices_;
};

}  // namespace jixiao::scoring
