// What is sure of a formula's values while its variables stay within ranges.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "prover/graph.hpp"
#include "prover/range.hpp"

namespace jixiao::prover {

// Of one value, as x runs through its range and every other variable stands still somewhere in its
// own.
struct Enclosure {
  Range value;               // where there is a value, it is in here
  Range slope;               // by x, wherever there is one
  bool has_jumps = false;    // it may jump: else it is continuous in x
  bool may_be_none = false;  // somewhere there may be no number
  bool never_falls = false;  // as x grows, jumps included
  bool never_rises = false;

  static Enclosure constant(const Range& value);
  static Enclosure unknown();
  [[nodiscard]] bool is_flat() const { return never_falls && never_rises; }
  [[nodiscard]] bool is_true() const { return !value.contains(0); }
  [[nodiscard]] bool is_false() const { return value.low == 0 && value.high == 0; }
};

// The variables' ranges; x is one of them.
struct Box {
  std::vector<Range> variables;  // one per position
  std::size_t x = 0;
  // No variable lies between 0 and this, both left out.
  double smallest = std::numeric_limits<double>::denorm_min();
};

// Evaluates a graph over boxes. Inside a branch it is known that the branch's condition holds: the
// quotient A/T is at most 1 where A < T and T > 0, wherever T may be. Every operation a formula may
// use has its enclosure here; one that is not known is enclosed by everything.
class Encloser {
 public:
  explicit Encloser(const Graph& graph);
  // Holds for every box: of two variables the first is at most the second.
  void know(std::size_t smaller, std::size_t larger);

  [[nodiscard]] Enclosure enclose(const Box& box) const;

 private:
  class Run;
  const Graph& graph_;
  std::vector<std::pair<Id, Id>> known_;
};

// Pairs of variables the condition makes one at most the other, where it holds: of A >= 0 && A <= W
// the pair (A, W).
std::vector<std::pair<std::size_t, std::size_t>> ordered_pairs(const Graph& condition);
// The box with the variables held to where the condition may hold; nothing where it cannot.
std::optional<Box> narrowed(const Graph& condition, Box box);

}  // namespace jixiao::prover
