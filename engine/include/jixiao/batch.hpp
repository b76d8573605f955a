// Tables of many projects in, scored tables and a portfolio out: on all cores, in bounded memory,
// to the bits of one project at a time.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/portfolio.hpp"
#include "jixiao/rules.hpp"

namespace jixiao {

// At most `percent` of the scored projects may have a rating.
struct ForcedLimit {
  std::string rating;  // band id or label
  double percent = 0;
  bool or_better = false;  // this rating and all better ones together
};

// What to make of the projects together.
struct PortfolioRequest {
  Ties ties = Ties::competition;
  std::vector<std::string> roll_up;  // columns of the table
  RollUpWeight weight = RollUpWeight::equal;
  // Limits on ratings, in place of those of the rule set; those beyond a limit move to the next
  // rating. Empty: the limits of the rule set, if it has any.
  std::vector<ForcedLimit> forced;
  std::string forced_by;  // limits hold within each value of this column; empty: over all
  ForcedTies forced_ties = ForcedTies::down;
  std::size_t near = 10;  // projects to list nearest to an edge
  std::string earlier;    // a scored table to compare with; empty: none
};

// Part `index` (1..count) of the work; the whole of it is a part too.
struct Shard {
  std::size_t index = 1;
  std::size_t count = 1;
};

// Names of tables: a file (.csv .tsv .jsonl .ndjson .parquet, each of the text ones also .gz or
// .zst), "-" for stdin or stdout, or db:NAME for a table (for input also db:SELECT ...) of
// `database`.
struct BatchRequest {
  std::vector<std::string> inputs;  // read one after the other, with the same header; a folder: its
                                    // tables, by name
  std::string output = "-";         // one record a project
  std::vector<std::string> columns;  // of `output`, in this order; empty: all there are
  std::string indicators;            // one record a row of a long table; empty: not written
  std::string errors;    // what was wrong, one record each; empty: OUTPUT's name with .errors.csv
                         // when OUTPUT is a file
  std::string database;  // a SQLite file or a PostgreSQL connection
  bool replace = false;  // outputs db:NAME take the place of tables that this program did not write
  std::vector<std::pair<std::string, std::string>> map;  // column of the table -> name it stands
                                                         // for
  std::optional<Shard> shard;  // given: one part is written to `output`, for merge_parts
  std::size_t threads = 0;     // 0: as many as the machine has
  std::uint64_t memory = std::uint64_t{1} << 30;  // bytes the process holds at most, besides about
                                                  // 40 a project
  bool strict = false;                            // the first fault ends the run
  Language language = Language::zh;               // of ratings, reasons and messages in the tables
  PortfolioRequest portfolio;
};

struct BatchProgress {
  std::uint64_t records = 0;
  std::uint64_t projects = 0;
  std::uint64_t bytes_read = 0;
  std::uint64_t bytes_total = 0;  // 0: not known
};

// Called now and then from one thread at a time; stop is looked at between pieces, and while a
// database thinks.
struct BatchWatch {
  std::function<void(const BatchProgress&)> progress;
  const std::atomic<bool>* stop = nullptr;  // set by Ctrl-C: nothing half-written stays
};

struct BatchOutcome {
  std::uint64_t records = 0;
  std::uint64_t projects = 0;
  std::uint64_t failed = 0;          // projects without a total
  std::uint64_t faults = 0;          // cells and records that were wrong
  std::uint64_t warnings = 0;        // and those that are doubtful or missing
  std::string errors_file;           // where all of them are; empty when there are none
  std::vector<Diagnostic> findings;  // the first twenty faults, and warnings about the table as a
                                     // whole
  bool interrupted = false;
  Portfolio portfolio;
};

// Scores the tables of `request`. Errors (no outcome): a table that cannot be read or lacks a
// column, an output that cannot be written, with `strict` the first fault. A project with a fault
// has no total; the others are scored.
JIXIAO_EXPORT Checked<BatchOutcome> run_batch(const RuleSet& rules, const BatchRequest& request,
                                              const BatchWatch& watch = {});

// Joins the parts that all the shards wrote to the bytes of a single run. Errors: a part that is
// missing, there twice, of other inputs, other rules or other settings, damaged or unfinished, by
// name. `request.inputs` are the parts, or folders of them (*.jxpart); shard, map, memory and
// threads do not count.
JIXIAO_EXPORT Checked<BatchOutcome> merge_parts(const BatchRequest& request,
                                                const RuleLibrary& library,
                                                const BatchWatch& watch = {});

// Who changes rating if B takes the place of A, and what does it. Writes one record a project to
// request.output (empty: none): project, total and rating under A and B, the difference, what makes
// most of it; and what was wrong to request.errors, as run_batch does.
struct CompareOutcome {
  RulesComparison comparison;
  std::uint64_t faults = 0;          // what is wrong under both rule sets counts once
  std::uint64_t warnings = 0;        // and what is doubtful
  std::string errors_file;           // where all of them are; empty when there are none
  std::vector<Diagnostic> findings;  // the first twenty of them
  bool interrupted = false;
};
JIXIAO_EXPORT Checked<CompareOutcome> compare_rules(const RuleSet& a, const RuleSet& b,
                                                    const BatchRequest& request,
                                                    std::size_t listed = 100,
                                                    const BatchWatch& watch = {});

}  // namespace jixiao
