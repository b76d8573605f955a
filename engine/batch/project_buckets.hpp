// Records put aside by the rank of their project's first mention.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "batch/piece_source.hpp"
#include "table/spill.hpp"

namespace jixiao::batch {

struct SpooledRecord {
  std::uint64_t ordinal = 0;  // of the project, by first mention
  std::uint64_t line = 0;     // with its table
  std::string_view text;      // as it stood, without its line end
};

// How many bytes the records of consecutive projects take: told as the tables are read, asked for
// where to cut.
class OrdinalSizes {
 public:
  void add(std::uint64_t ordinal, std::uint64_t bytes);
  // First ordinal of each bucket, so that a bucket holds `wanted` bytes or a little more.
  [[nodiscard]] std::vector<std::uint64_t> cuts(std::uint64_t wanted) const;
  [[nodiscard]] std::uint64_t total() const { return total_; }

 private:
  static constexpr std::uint64_t together = 32;  // ordinals counted as one
  std::vector<std::uint64_t> bytes_;
  std::uint64_t total_ = 0;
};

class Buckets {
 public:
  Buckets(std::vector<std::uint64_t> cuts, std::uint64_t memory);
  void add(const SpooledRecord& record);
  // Everything is in.
  void close();

  [[nodiscard]] std::size_t size() const { return buckets_.size(); }
  // The records of one bucket, by ordinal, those of one project as they were added. Views live
  // until the next load.
  const std::vector<SpooledRecord>& load(std::size_t bucket);

 private:
  struct Extent {
    std::uint64_t offset;
    std::uint64_t length;
  };
  struct Bucket {
    std::uint64_t first_ordinal;
    std::string open;  // not put aside yet
    std::vector<Extent> extents;
  };
  void put_aside(Bucket& bucket);

  std::vector<Bucket> buckets_;
  std::size_t open_limit_;
  table::Spill spill_;
  std::string loaded_;
  std::vector<SpooledRecord> records_;
};

}  // namespace jixiao::batch
