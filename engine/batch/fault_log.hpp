// Everything that was wrong, in the order of the tables' lines, however the records were moved on
// the way.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "batch/piece_scorer.hpp"
#include "jixiao/batch.hpp"
#include "table/spill.hpp"
#include "table/stream.hpp"

namespace jixiao::batch {

struct PlacedFault {
  std::uint32_t input = 0;
  Fault fault;
};

class FaultLog {
 public:
  // Faults come in the order of the tables when `in_order`; else they are sorted at the end
  // (`memory` bytes held, the rest on disk).
  FaultLog(bool in_order, std::uint64_t memory) : in_order_(in_order), memory_(memory), spill_(0) {}

  // What to do with each fault, in order: with `in_order` at once, else when finish() is called.
  using Taker = std::function<void(const PlacedFault&)>;
  void set_taker(Taker taker) { taker_ = std::move(taker); }

  void add(std::vector<PlacedFault>& piece);  // of one piece, by line; taken over
  void finish();

  [[nodiscard]] std::uint64_t errors() const { return errors_; }  // of severity error
  [[nodiscard]] std::uint64_t warnings() const { return warnings_; }

 private:
  struct Run;
  void put_aside();

  bool in_order_;
  std::uint64_t memory_;
  Taker taker_;
  std::uint64_t errors_ = 0;
  std::uint64_t warnings_ = 0;
  std::vector<PlacedFault> held_;
  std::uint64_t held_bytes_ = 0;
  table::Spill spill_;
  struct Extent {
    std::uint64_t offset, length;
  };
  std::vector<Extent> runs_;
};

// A fault as bytes and back: every field, both languages.
void append_bytes(std::string& to, const PlacedFault& fault);
// Takes one off the front of `bytes`; false when they are no fault.
bool take_bytes(std::string_view& bytes, PlacedFault& out);

// The fault that ends a run with `strict`, thrown by finish().
struct StrictFault {
  Diagnostic diagnostic;
};

// Faults as they are told at the end of a run: the first few errors, then the first few lesser
// ones.
class FirstFaults {
 public:
  void add(const PlacedFault& fault, const std::vector<std::string>& inputs);
  // Moves them to the outcome; throws StrictFault when there is an error and the run is strict.
  void report(BatchOutcome& outcome, bool strict);

 private:
  std::vector<Diagnostic> errors_, lesser_;
};

}  // namespace jixiao::batch
