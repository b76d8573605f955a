// Totals that many projects share, counted: rounded totals are few, however many the projects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jixiao::portfolio {

struct TotalCounts {
  static constexpr std::size_t most = 20'000;  // beyond so many, sorting the totals is no slower

  std::vector<double> totals;         // each once, the highest first; -0 is 0
  std::vector<std::uint64_t> counts;  // of each
};

}  // namespace jixiao::portfolio
