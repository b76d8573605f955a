// Files of statistics: what one table said, kept for projects scored alone, later or elsewhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::ruleset {

// One of several surveys of a table, to be merged.
struct StatisticPart {
  std::size_t index = 1;
  std::size_t count = 1;
};

struct StatisticFile {
  StatisticTable table;
  std::optional<StatisticPart> part;
};

// The definition of a statistic on one line: what a file has to agree with.
std::string definition(const RuleSet& rules, const Statistic& statistic);

// Writes a file of statistics for `rules`. With `part` also what merging needs.
std::string written(const RuleSet& rules, const StatisticFile& file);

// Reads one. Errors (statistic.table): no such file, damaged, of another rule set or of other
// statistics than those of `rules`.
std::optional<StatisticFile> read_statistic_file(const RuleSet& rules, const std::string& path,
                                                 std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::ruleset
