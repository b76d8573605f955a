// The records of the project table, kept until the last project is scored and the cells that need
// all of them are known.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "table/spill.hpp"
#include "table/stream.hpp"
#include "table/text_buffer.hpp"

namespace jixiao::batch {

// Puts the cell of a project, counted from 0; nothing for an empty one. Called from any thread.
using PutCell = std::function<void(table::TextBuffer&, std::uint64_t project)>;

class RowStore {
 public:
  explicit RowStore(std::uint64_t memory) : spill_(memory) {}

  // `late_at`: where in `rows` the cells left out belong, rising, as many for each project.
  void add(std::string_view rows, std::span<const std::uint32_t> late_at);
  // All records with their late cells, made in parallel, written in order. `late`: one for each
  // cell that a project has left out; none: the records as they are. False when `stop` was set on
  // the way.
  bool write(const std::vector<PutCell>& late, std::size_t threads, table::ByteSink& out,
             const std::atomic<bool>* stop) const;

 private:
  struct Stretch {
    std::uint64_t offset;  // of the rows; the positions of late cells follow, four bytes each
    std::uint32_t rows;    // bytes
    std::uint32_t cells;   // late ones
  };
  struct WritingSlot;
  table::Spill spill_;
  std::vector<Stretch> stretches_;
};

}  // namespace jixiao::batch
