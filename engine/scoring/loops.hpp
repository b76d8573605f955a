// The loops over whole columns, compiled for several processors. Columns may not overlap unless
// they are the same one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "formula/formula.hpp"
#include "value/cell.hpp"

namespace jixiao::scoring::loops {

using value::CellState;

bool all_ok(std::span<const CellState> states);
bool has(std::span<const CellState> states, CellState state);
bool all_zero(std::span<const std::uint8_t> flags);
bool all_nan(std::span<const double> column);
bool all_within(std::span<const double> column, double low, double high);  // both ends included
bool all_finite(std::span<const double> column);
// Conditions as muParser takes them, of which one that cannot be computed does not hold: whether
// all hold.
bool all_hold(std::span<const double> conditions);
// states[i] becomes the worse of the two.
void worsen(std::span<CellState> states, const CellState* other);
// The same, where `forgiven` in `other` counts as ok.
void worsen_unless(std::span<CellState> states, const CellState* other, CellState forgiven);

// to[i] = from[at[i]]
void gather(const double* from, std::span<const std::uint32_t> at, double* to);
void gather(const CellState* from, std::span<const std::uint32_t> at, CellState* to);
// to[at[i]] = from[i]
void scatter(const double* from, std::span<const std::uint32_t> at, double* to);

// points[i] = values[i] clamped to 0..weights[i]. Returns whether all values are finite.
bool clamp_to_weight(std::span<const double> values, const formula::Column& weights,
                     double* points);
// Copies. Returns whether all values are finite.
bool copy(std::span<const double> values, double* to);
// The same; `next` is what will be copied after it and is prefetched.
bool copy_ahead(std::span<const double> values, double* to, std::span<const double> next);
// lost[i] of Outcomes::lost.
void lose(std::span<const double> unrounded, const double* points, const formula::Column& weights,
          double* lost);

// to[i] = 0 + columns[0][i] + columns[1][i] + ..., in that order.
void sum(std::span<const double* const> columns, std::span<double> to);
void scale(std::span<double> column, double factor);
void clamp(std::span<double> column, double low, double high);

// Inserts lost[i] with the number `which` into the three largest values of column i, the largest
// first; behind equal ones.
struct TopThree {
  double* points[3];
  double* which[3];
};
void insert(std::span<const double> lost, double which, const TopThree& top_three);

// A band as two closed ends; index is what to write for it.
struct Edges {
  double low;
  double high;
  std::size_t index;
};
// out[i] = index of the first of `bands` that contains totals[i], ruleset::none when none does.
void find_bands(std::span<const double> totals, std::span<const Edges> bands, std::size_t* out);

}  // namespace jixiao::scoring::loops
