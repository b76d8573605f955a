// Pieces of all the tables of a run, in the order in which their projects come out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "batch/inputs.hpp"
#include "batch/piece_scorer.hpp"
#include "system/key_map.hpp"
#include "table/pieces.hpp"
#include "table/spill.hpp"

namespace jixiao::batch {

// A piece and where it is from; its line numbers carry the number of their table.
struct FedPiece {
  table::Piece piece;
  std::size_t input = 0;  // of its first record
};

// Yields the pieces of a run. One reader at a time.
class PieceSource {
 public:
  virtual ~PieceSource() = default;
  // Reads the next piece into `out`, reusing its memory. Returns false at the end. Throws
  // table::StreamFailure.
  virtual bool next(FedPiece& out) = 0;
  [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;  // of the files
};

// The tables as they stand. `key`: records of equal cells in this column that follow each other
// come in one piece.
std::unique_ptr<PieceSource> pieces_in_order(Inputs& inputs, std::optional<std::size_t> key,
                                             std::size_t piece_bytes);

// The records of each project together, projects by their first mention, whatever the order of the
// tables: the tables are read twice, the records put aside in buckets of consecutive projects
// (`memory` bytes in memory, the rest on disk), and each bucket sorted when its turn comes. Besides
// `memory`: 20 to 30 bytes per project, and what the largest project takes.
struct Grouping {
  std::size_t key = 0;
  std::size_t piece_bytes = 0;
  std::uint64_t memory = 0;
  std::size_t threads = 1;
  const std::atomic<bool>* stop = nullptr;  // when set, there are no pieces
};
std::unique_ptr<PieceSource> pieces_by_project(Inputs& inputs, const Grouping& grouping);

}  // namespace jixiao::batch
