// Totals that many projects share, counted: rounded totals are few, however many the projects.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace jixiao::portfolio {

struct Tally {
  static constexpr std::size_t most = 20'000;

  std::vector<double> totals;         // each once, the highest first; -0 is 0
  std::vector<std::uint64_t> counts;  // of each
  std::vector<std::uint16_t> which;   // of each project, its total; `nobody` without one
  static constexpr std::uint16_t nobody = 0xffff;
};
// Nothing when there are more than `most` different totals: then sorting them is no slower.
std::optional<Tally> tally_of(std::span<const double> totals);

}  // namespace jixiao::portfolio
