// A formula along one variable, from end to end: where it rises, falls, stays, jumps and has no
// value.
#pragma once

#include <optional>
#include <vector>

#include "prover/enclosure.hpp"

namespace jixiao::prover {

enum class Shape {
  flat,
  rises,
  falls,
  steps_up,    // never falls, and jumps more often than can be listed
  steps_down,  // never rises, likewise
  unknown,
  outside,  // of the conditions
  none      // no number, though the conditions hold
};

struct Piece {
  double from = 0, to = 0;
  Shape shape = Shape::unknown;
  double at_from = 0, at_to = 0;  // values there; NaN where the other variables do not stand still
};

// Between two neighbouring doubles, or within the rounding of one number.
struct Cliff {
  double at = 0;
  double before = 0, after = 0;
  double alone = 0;  // the value at the place itself, where that is neither; else NaN
};

struct Line {
  std::vector<Piece> pieces;  // from low to high, without gaps
  std::vector<Cliff> cliffs;
  std::vector<double> none_at;  // some places without a number though the conditions hold
  bool is_whole = true;         // nothing is unknown
  bool may_jump = false;        // jumps that could be neither listed nor excluded

  [[nodiscard]] bool never_falls() const;  // jumps included; false when not known
  [[nodiscard]] bool never_rises() const;
};

// The formula, and where it is looked at: in the box, where all conditions hold.
struct Problem {
  Graph formula;
  std::vector<Graph> conditions;
  Box box;
  double tolerance = 1e-9;                                  // differences up to it are rounding
  std::vector<std::pair<std::size_t, std::size_t>> orders;  // of variables, that always hold

  // Whether all variables but x stand still.
  [[nodiscard]] bool is_line() const;
};

Line line_of(const Problem& problem);

// Whether there is a number wherever the conditions hold; false when not known.
bool is_everywhere_a_number(const Problem& problem);

// A row the conditions hold for, at which the formula is above the tolerance: one of many that are
// tried, the ends of the ranges among them. For what no line shows. Nothing when none was found.
std::optional<std::vector<double>> row_above(const Problem& problem);

// x, or a rounder number so near that the difference is of no meaning for people.
double rounder(double x);

// Whether the formula stays at or below 0 wherever the conditions hold.
struct Sign {
  bool is_proved = false;
  std::vector<Range> above;  // of x: where it surely does not; merged, some may be missing
  double at = 0, most = 0;   // the largest value found, and its x; of no meaning without `above`
};
Sign sign_of(const Problem& problem);

}  // namespace jixiao::prover
