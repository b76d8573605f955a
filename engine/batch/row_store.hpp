// The records of the project table, kept until the last project is scored and the ranks are known.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "portfolio/totals.hpp"
#include "table/spill.hpp"
#include "table/stream.hpp"
#include "table/text_buffer.hpp"

namespace jixiao::batch {

class RowStore {
 public:
  explicit RowStore(std::uint64_t memory) : spill_(memory) {}

  // `rank_at`: where in `rows` each project's rank belongs.
  void add(std::string_view rows, std::span<const std::uint32_t> rank_at);
  // All records with their ranks (one per project, NaN: an empty cell; no ranks at all: as they
  // are), made in parallel, written in order. False when `stop` was set on the way.
  bool write(const portfolio::RankColumn& ranks, std::size_t threads, table::ByteSink& out,
             const std::atomic<bool>* stop) const;

 private:
  struct Stretch {
    std::uint64_t offset;  // of the rows; their rank positions follow, four bytes each
    std::uint32_t rows;    // bytes
    std::uint32_t projects;
  };
  struct WritingSlot;
  table::Spill spill_;
  std::vector<Stretch> stretches_;
  std::uint64_t projects_ = 0;
};

}  // namespace jixiao::batch
