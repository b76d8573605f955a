// What scoring makes of a batch: columns of points, totals and ratings.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "scoring/weight_column.hpp"
#include "value/cell.hpp"
#include "value/edge.hpp"

namespace jixiao::scoring {

// Values of Outcomes::outside.
inline constexpr std::uint8_t outside_none = 0;
inline constexpr std::uint8_t outside_method = 1;
inline constexpr std::uint8_t outside_indicator = 2;  // of a rule-set indicator's own domain

// Outcome of many indicators at once: a rule-set indicator over all projects, or all rows.
struct Outcomes {
  WeightColumn weight;            // after equal split and re-weighting
  std::vector<double> unrounded;  // what the formula gave; 0 where it could not
  std::vector<double> points;     // held to 0..weight and rounded as the rule set says; 0 unless ok
  std::vector<value::CellState> state;
  std::vector<std::uint8_t> outside;  // whose domain did not hold, so that its `outside` decided:
                                      // see below

  // `n` slots where everything is ok and inside, points and weights yet to be written.
  void begin(std::size_t n) {
    unrounded.resize(n);
    points.resize(n);
    state.assign(n, value::CellState::ok);
    outside.assign(n, outside_none);
  }
  // Whether the formula's result lay outside 0..weight and was held to it. Not for a method that
  // may go beyond.
  [[nodiscard]] bool was_clamped(std::size_t slot) const {
    return unrounded[slot] < 0 || unrounded[slot] > weight[slot];
  }
  // Points lost at one slot. An indicator that reached its full weight has lost nothing, even where
  // rounding takes a little of an odd weight, or a sum of parts is a last digit short
  // (value/edge.hpp).
  [[nodiscard]] double lost(std::size_t slot) const {
    const double full = weight[slot] -
                        value::summed * (weight[slot] < 0 ? -weight[slot] : weight[slot]);
    return unrounded[slot] >= full || points[slot] >= full ? 0 : weight[slot] - points[slot];
  }
};

struct AppliedAdjustment {
  std::size_t project;
  std::size_t which;
  double n;
  double points;      // signed, after its own limit and the common one
  double by_formula;  // what its formula gave, before any limit
};

struct AppliedVeto {
  std::size_t project;
  std::size_t which;
  double total_before;      // after adjustments, as decided; before any veto of the project
  std::size_t band_before;  // ruleset::none without
};

struct Scorecards {
  std::size_t projects = 0;
  std::vector<Outcomes> fixed;  // one per rule-set indicator
  Outcomes rows;
  std::vector<std::vector<double>> block_points;  // [block][project]
  std::vector<WeightColumn> block_weights;        // [block][project], moved weights included
  std::vector<WeightColumn> block_factors;  // [block][project]: what its points are scaled by; 1
                                            // where nothing is
  WeightColumn factor;                      // what the total is scaled by: 1, or scale/attainable
  WeightColumn attainable;                  // points that could be earned before any rescaling
  std::vector<double> base;                 // total before adjustments, rescaled, not rounded
  std::vector<double> total;                // final, as decided: rounded, clipped
  std::vector<std::size_t> band;            // ruleset::none without
  std::vector<value::CellState> state;      // ok, or why there is no total
  std::vector<AppliedAdjustment> adjustments;
  std::vector<AppliedVeto> vetoes;
};

// The indicators a project lost most points with, the most first; of equal losses the earlier
// indicator first. Only indicators that were scored and lost something.
struct MostLost {
  static constexpr std::size_t places = 3;
  static constexpr std::uint32_t nobody = static_cast<std::uint32_t>(-1);
  static constexpr std::uint32_t total_formula = nobody - 1;
  static constexpr std::uint32_t block_formula(std::size_t block) {
    return total_formula - 1 - static_cast<std::uint32_t>(block);
  }
  // The rule set's indicators are numbered from 0, the project's own rows follow in their order.
  // Points that no indicator lost are lost by the formula of the total or of a block.
  std::array<std::uint32_t, places> indicator{nobody, nobody, nobody};
  std::array<double, places> points{};  // lost
};

}  // namespace jixiao::scoring
