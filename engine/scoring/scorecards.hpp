// What scoring makes of a batch: columns of points, totals and ratings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "value/cell.hpp"

namespace jixiao::scoring {

// Values of Outcomes::outside.
inline constexpr std::uint8_t outside_none = 0;
inline constexpr std::uint8_t outside_method = 1;
inline constexpr std::uint8_t outside_indicator = 2;  // of a rule-set indicator's own domain

// Outcome of many indicators at once: a rule-set indicator over all projects, or all rows.
struct Outcomes {
  std::vector<double> weight;     // after equal split and re-weighting
  std::vector<double> unrounded;  // what the formula gave
  std::vector<double> points;     // held to 0..weight and rounded as the rule set says; 0 unless ok
  std::vector<value::CellState> state;
  std::vector<std::uint8_t> held;     // the formula's result lay outside 0..weight
  std::vector<std::uint8_t> outside;  // whose domain did not hold, so that its `outside` decided: see below

  void resize(std::size_t n);
  // Points lost at one slot. An indicator that reached its full weight has lost nothing, even where rounding takes a little of an odd
  // weight.
  [[nodiscard]] double lost(std::size_t slot) const {
    return unrounded[slot] >= weight[slot] || points[slot] >= weight[slot] ? 0 : weight[slot] - points[slot];
  }
};

struct AppliedAdjustment {
  std::size_t project;
  std::size_t which;
  double n;
  double points;  // signed, after its own limit and the common one
};

struct AppliedVeto {
  std::size_t project;
  std::size_t which;
};

struct Scorecards {
  std::size_t projects = 0;
  std::vector<Outcomes> fixed;  // one a rule-set indicator
  Outcomes rows;
  std::vector<std::vector<double>> block_points;   // [block][project]
  std::vector<std::vector<double>> block_weights;  // [block][project], moved weights included
  std::vector<double> attainable;                  // points that could be earned before any rescaling
  std::vector<double> base;                        // total before adjustments, rescaled, not rounded
  std::vector<double> before_veto;                 // total after adjustments, as decided
  std::vector<double> total;                       // final, as decided: rounded, clipped
  std::vector<std::size_t> band_before_veto;       // ruleset::none without
  std::vector<std::size_t> band;
  std::vector<value::CellState> state;  // ok, or why there is no total
  std::vector<AppliedAdjustment> adjustments;
  std::vector<AppliedVeto> vetoes;
};

}  // namespace jixiao::scoring
