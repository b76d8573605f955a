// Numbers of a whole table ([[statistic]] of a rule set), kept in a file that other projects are
// scored by: RuleLibrary::statistics.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "jixiao/batch.hpp"
#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"

namespace jixiao {

struct SurveyOutcome {
  std::string file;  // the text of the file of statistics
  std::uint64_t projects = 0;
  std::vector<Diagnostic> findings;  // cells that could not be read; statistics of nothing or of
                                     // one value
  bool interrupted = false;
};

// Surveys the tables of `request`: inputs, map, database, threads, memory and shard count. With a
// shard: a part, for merge_surveys(). Errors: a rule set without statistics, a table that cannot be
// read, a shard where one statistic needs another one first.
JIXIAO_EXPORT Checked<SurveyOutcome> survey_table(const RuleSet& rules, const BatchRequest& request,
                                                  const BatchWatch& watch = {});

// Joins the files that the surveys of all shards made to what one survey of all makes. Errors: a
// part that is missing, there twice, or of another rule set.
JIXIAO_EXPORT Checked<SurveyOutcome> merge_surveys(const RuleSet& rules,
                                                   const std::vector<std::string>& parts);

}  // namespace jixiao
