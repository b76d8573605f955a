// How the columns of a table are read: settled once from its header, before any record.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/batch.hpp"
#include "ruleset/ruleset.hpp"
#include "table/cells.hpp"

namespace jixiao::batch {

// The columns of a long table that mean something. All but project, indicator and actual may be
// missing.
enum Role : std::size_t {
  role_project,
  role_indicator,
  role_block,
  role_type,
  role_op,
  role_target,
  role_unit,
  role_actual,
  role_weight,
  role_method,
  role_reported,
  role_reason,
  role_evidence,
  roles
};
const char* name(Role role);

// long: a record an indicator, `@initial`, `@adjusted`, `@executed` for money. wide: a record a
// project, a column an input of the rule set.
enum class Shape { long_rows, wide };

inline constexpr std::size_t none = ruleset::none;

// What a cell of the project table says.
enum class OutputCell : std::uint8_t {
  project,
  carried,
  total,
  rating,
  rating_earned,  // before limits on ratings
  moved,          // why a limit moved it
  veto,
  rank,
  execution,
  block,
  lost_most,
  missing,
  errors
};
// Cells of the project table that are known when all projects are: they are left out of the records
// until then.
enum class LateCell : std::uint8_t { rank, rating, moved };

struct OutputColumn {
  OutputCell cell;
  std::size_t which = 0;  // carried: the column of the table; block: of the rule set; lost_most:
                          // first, second, third
};

struct Plan {
  Shape shape = Shape::wide;
  std::string table;                      // its name, for messages
  std::vector<std::string> header;        // as in the table
  char separator = ',';                   // told by whoever read the header
  std::vector<table::Wanted> wanted;      // one per column
  std::size_t project = none;             // the column that names the project
  std::array<std::size_t, roles> role{};  // long: column of each role, none without
  std::vector<std::size_t> input;         // wide: column of each rule-set input, none without
  std::array<std::size_t, 3> money{none, none, none};  // wide: initial, adjusted, executed
  struct EventColumn {
    std::size_t column;
    bool is_veto;
    std::size_t which;  // among the rule set's adjustments or vetoes
  };
  std::vector<EventColumn> events;  // wide: `@id`, in the order of the rule set
  std::size_t year = none;          // column `year`, in either shape: numbers
  bool needs_year = false;          // the rule set scores by it
  // Columns of the roll-ups, in the order asked for; then the column that limits on ratings hold
  // within, where no roll-up is of it.
  std::vector<std::size_t> grouped;
  bool is_forced = false;        // ratings are limited
  std::vector<LateCell> late;    // of the project table, in its order
  std::uint64_t remembered = 0;  // bytes for rows per thread has read and may meet again
  bool with_indicators = false;
  std::vector<OutputColumn> output;            // of the project table
  std::vector<std::string> output_header;      // their names
  std::vector<std::string> indicators_header;  // of the indicator table
};

// Wide when the table has no `indicator` column. Header names are matched exactly, then without
// case and spaces, in Chinese or English (项目 project, 指标 indicator, 目标值 target ...), after
// `request.map`. Errors: a role or an input the rule set needs that no column has (with the nearest
// names), the same role twice, a roll-up, map or output column that is not there. Columns nobody
// reads are carried to the output; one without a name, with a name that stands before it, or with
// the name of a column of the output gets another, which is a warning. A wide table without a
// `project` column takes its first text column, else the record number. A column `@id` of a wide
// table says how often that adjustment or veto happened. Money columns of a wide table: initial,
// adjusted, executed (yuan; 万元 with the unit in brackets in the header, "executed
// (万元)").
std::optional<Plan> plan_table(const std::string& table, const std::vector<std::string>& header,
                               const ruleset::RuleSet& rules, const BatchRequest& request,
                               std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::batch
