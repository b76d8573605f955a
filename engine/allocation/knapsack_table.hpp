// The best way to give out so many units, exactly: one option of every part, by dynamic programming
// over the units.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace jixiao::allocation {

struct KnapsackItem {
  std::size_t units = 0;  // what it takes
  double worth = 0;       // points, less a little for being far from what there is: never NaN
  std::size_t which = 0;  // for the caller
};

// Exact for every number of units from 0 to `most` at once. The work is the number of options times
// `most`.
class KnapsackTable {
 public:
  // `parts`: the options of each, at least one each.
  KnapsackTable(std::span<const std::vector<KnapsackItem>> parts, std::size_t most);

  [[nodiscard]] std::size_t most() const { return worth_.empty() ? 0 : worth_.back().size() - 1; }
  // The highest worth of any choice that takes exactly so many units; -infinity when there is none.
  [[nodiscard]] double worth(std::size_t units) const { return worth_.back()[units]; }
  // KnapsackItem::which of every part, of that choice. Only where worth() is finite.
  [[nodiscard]] std::vector<std::size_t> choice(std::size_t units) const;

 private:
  std::span<const std::vector<KnapsackItem>> parts_;
  std::vector<std::vector<double>> worth_;          // after the first k parts, by units
  std::vector<std::vector<std::uint32_t>> option_;  // of part k, by units
};

}  // namespace jixiao::allocation
