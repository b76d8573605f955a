#include "ruleset/statistic.hpp"

#include <array>

namespace jixiao::ruleset {

const char* name(StatisticKind kind) {
  constexpr std::array names{"min",    "max",      "mean",  "sum",  "sd",           "sd_population",
                             "median", "quantile", "count", "rank", "percent_rank", "share"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace jixiao::ruleset
