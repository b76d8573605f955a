// A number beside its state: the number never says by itself that it is missing.
#pragma once

#include <cstdint>

namespace jixiao::value {

// In order: each is worse than those before it.
enum class CellState : std::uint8_t { ok, not_applicable, missing, error };

struct Cell {
  double value = 0;  // meaningful only when state is ok; 0 otherwise
  CellState state = CellState::missing;

  static constexpr Cell of(double value) { return {value, CellState::ok}; }
  static constexpr Cell none() { return {}; }
  static constexpr Cell not_applicable() { return {0, CellState::not_applicable}; }
  static constexpr Cell error() { return {0, CellState::error}; }
  [[nodiscard]] constexpr bool ok() const { return state == CellState::ok; }
};

constexpr CellState worse(CellState a, CellState b) { return a < b ? b : a; }

}  // namespace jixiao::value
