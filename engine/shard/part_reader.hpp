// Reading a part back, piece by piece.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "batch/fault_log.hpp"
#include "batch/piece_scorer.hpp"
#include "shard/part_head.hpp"
#include "system/fingerprint.hpp"

namespace jixiao::shard {

struct PartEnd {
  std::uint64_t pieces = 0, records = 0, projects = 0, failed = 0, errors = 0;
};

class PartReader {
 public:
  // Throws StreamFailure when the file cannot be read or is no part.
  explicit PartReader(std::string file);
  ~PartReader();
  PartReader(PartReader&&) noexcept;
  PartReader& operator=(PartReader&&) noexcept;

  [[nodiscard]] const std::string& file() const;
  [[nodiscard]] const PartHead& head() const;

  // The next piece, with the number of its table; false when faults or the end come next. Views of
  // `out` live until the next call.
  bool next(batch::Scored& out, std::size_t& input);
  // After the pieces: all faults in order.
  bool next_faults(std::vector<batch::PlacedFault>& out);
  // After the faults.
  PartEnd end();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reads all of a part and holds it to its own checksum and counts. Throws StreamFailure saying that
// it is damaged.
PartHead verify_part(const std::string& file);

}  // namespace jixiao::shard
