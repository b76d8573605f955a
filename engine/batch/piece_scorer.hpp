// One piece of a table, from its text to scored records ready to be written. Works alone: any
// thread, any piece, any order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "batch/plan.hpp"
#include "portfolio/ledger.hpp"
#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "table/pieces.hpp"

namespace jixiao::batch {

// With several tables in one run a line number carries the number of its table above its own 40
// bits.
struct LinePlace {
  std::uint32_t table = 0;
  std::uint64_t line = 0;
};
inline constexpr unsigned line_bits = 40;
inline std::uint64_t packed(const LinePlace& place) {
  return (std::uint64_t{place.table} << line_bits) | place.line;
}
inline LinePlace unpacked(std::uint64_t line) {
  return {static_cast<std::uint32_t>(line >> line_bits),
          line & ((std::uint64_t{1} << line_bits) - 1)};
}

// Something wrong in the table: a cell nobody can read, a record too short, an unknown method.
struct Fault {
  std::uint64_t line = 0;  // of the table's file
  std::string project;
  std::string column;                   // empty: the record as a whole
  std::string cell;                     // as written
  std::string code;                     // as in docs/diagnostics.md
  Severity severity = Severity::error;  // a warning or note leaves the project its total
  Text message;
};

// A piece, scored. Reused from piece to piece.
struct Scored {
  std::size_t records = 0;
  table::TextBuffer rows;  // records of the project table, the cells of Plan::late left out
  std::vector<std::uint32_t> late_at;   // [project][late cell]: where in `rows` it goes (an empty
                                        // cell until then)
  std::vector<std::uint32_t> row_ends;  // of each project's record in `rows`
  std::string indicators;               // records of the indicator table
  std::vector<std::uint32_t> indicator_ends;  // of each project's records in `indicators`
  std::vector<Fault> faults;                  // by line
  std::size_t failed = 0;                     // projects without a total
  std::vector<std::uint64_t> keys;  // a hash of each project's name: a project seen again elsewhere
                                    // has the same
  std::vector<std::uint64_t> lines;  // of each project's first mention
  portfolio::Standings standings;    // views point into the piece's text, or into `parts`
  // The projects of each version of the rule set, where the piece has several.
  std::vector<std::unique_ptr<table::Piece>> parts;
  void clear();
};

// One per thread; the rule set and the plan are shared and const.
class PieceScorer {
 public:
  PieceScorer(const ruleset::RuleSet& rules, const Plan& plan, Language language);
  ~PieceScorer();
  PieceScorer(PieceScorer&&) noexcept;

  // Records of one project need not stand together within the piece: a project stands where it is
  // first named, its rows in the order of the table. A project must not be spread over two pieces.
  void score(const table::Piece& piece, Scored& out);

  // The batch and the outcomes of the last piece, for comparing two rule sets: projects in the
  // order of `Scored::keys`.
  [[nodiscard]] const scoring::Batch& batch() const;
  [[nodiscard]] const scoring::Scorecards& cards() const;
  // The indicator's name of each row of the batch (long), as in the table.
  [[nodiscard]] std::string_view indicator_of(std::size_t row) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The header and records of the errors table: line, project, column, cell, code, severity, message.
std::vector<std::string> errors_header();
void append_fault(std::string& to, const Fault& fault, Language language);
// As a diagnostic, for the first few of a run.
Diagnostic to_diagnostic(const Fault& fault, const std::string& table);

}  // namespace jixiao::batch
