#include "allocation/knapsack_table.hpp"

#include <limits>

namespace jixiao::allocation {

KnapsackTable::KnapsackTable(std::span<const std::vector<KnapsackItem>> parts, std::size_t most)
    : parts_(parts) {
  constexpr double impossible = -std::numeric_limits<double>::infinity();
  worth_.emplace_back(most + 1, impossible);
  worth_[0][0] = 0;
  for (const auto& options : parts) {
    const std::vector<double>& before = worth_.back();
    std::vector<double> after(most + 1, impossible);
    std::vector<std::uint32_t> taken(most + 1, 0);
    for (std::size_t o = 0; o < options.size(); ++o) {
      const auto& [units, worth, which] = options[o];
      if (units > most) continue;
      const double* const from = before.data();
      double* const to = after.data() + units;
      std::uint32_t* const mark = taken.data() + units;
      const auto own = static_cast<std::uint32_t>(o);
      for (std::size_t u = 0; u + units <= most; ++u) {
        const double sum = from[u] + worth;
        const bool better = sum > to[u];
        to[u] = better ? sum : to[u];
        mark[u] = better ? own : mark[u];
      }
    }
    worth_.push_back(std::move(after));
    option_.push_back(std::move(taken));
  }
}

std::vector<std::size_t> KnapsackTable::choice(std::size_t units) const {
  std::vector<std::size_t> out(parts_.size());
  for (std::size_t k = parts_.size(); k-- > 0;) {
    const KnapsackItem& option = parts_[k][option_[k][units]];
    out[k] = option.which;
    units -= option.units;
  }
  return out;
}

}  // namespace jixiao::allocation
