// A number beside its state: the number never says by itself that it is missing.
#pragma once

#include <cstdint>

namespace jixiao::value {

enum class CellState : std::uint8_t { ok, missing, not_applicable, error };

struct Cell {
  double value = 0;  // meaningful only when state is ok; 0 otherwise
  CellState state = CellState::missing;

  static constexpr Cell of(double value) { return {value, CellState::ok}; }
  static constexpr Cell none() { return {}; }
  static constexpr Cell not_applicable() { return {0, CellState::not_applicable}; }
  static constexpr Cell error() { return {0, CellState::error}; }
  [[nodiscard]] constexpr bool ok() const { return state == CellState::ok; }
};

// The worse of two states: error over missing over not applicable over ok.
constexpr CellState worse(CellState a, CellState b) {
  constexpr int rank[] = {0, 2, 1, 3};
  return rank[static_cast<int>(a)] >= rank[static_cast<int>(b)] ? a : b;
}

}  // namespace jixiao::value
