// What a piece of a table says: its projects and their records, and the batch that is scored.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "batch/piece_scorer.hpp"
#include "batch/plan.hpp"
#include "batch/row_reader.hpp"
#include "scoring/batch.hpp"
#include "table/cells.hpp"

namespace jixiao::batch {

const std::string& in(const Text& text, Language language);
// A budget that was never adjusted is the initial one, and the other way round.
void fill_missing(scoring::CellColumn& to, const scoring::CellColumn& from, std::size_t project);

// One row of the batch, and where it came from.
struct OwnRow {
  std::uint32_t record = 0;
  const Row* read = nullptr;  // until the next piece
  bool own_actual = false;    // a number of its own, in the batch
  bool own_target = false;
  double reported = 0;  // NaN without
};

class PieceContent {
 public:
  PieceContent(const ruleset::RuleSet& rules, const Plan& plan, Language language);
  // Everything of the piece before is forgotten. Faults are appended to `faults`.
  void begin(const table::Piece& piece, std::vector<Fault>& faults);
  void begin_batch();
  void begin_project(double year);
  // At most one of them a cell; an error takes the project's total away.
  void fault(std::size_t project, std::size_t record, std::string column, std::string_view cell,
             std::string code, Severity severity, Text message);

  // The same, and the project keeps its total whatever the severity.
  void advise(std::size_t project, std::size_t record, std::string column, std::string_view cell,
              std::string code, Severity severity, Text message);

  [[nodiscard]] std::string_view cell(Role role, std::size_t record) const {
    return texts_[role] == nullptr ? std::string_view() : texts_[role][record];
  }
  [[nodiscard]] std::size_t first_record(std::size_t project) const {
    return order[begin_of[project]];
  }
  // Of column `year`; 0 without one, or where none can be read. Faults say so: once for a project.
  int year_of_project(std::size_t project);
  [[nodiscard]] bool failed(std::size_t project) const { return failed_[project] != 0; }
  // What was wrong with a project, in one cell.
  [[nodiscard]] const std::string& errors(std::size_t project) const;

  const ruleset::RuleSet& rules;
  const Plan& plan;
  const Language language;
  table::Cells cells;
  std::vector<std::string_view> projects;  // in the order of their first records
  std::vector<std::uint32_t> order;        // records, project after project
  std::vector<std::size_t> begin_of;       // of each project in `order`; projects + 1
  scoring::Batch batch;
  std::vector<OwnRow> rows;                            // of the batch
  std::vector<std::vector<double>> reported_of_fixed;  // [rule-set indicator][project]; NaN without

 private:
  void group_records();
  void take_records_as_projects(std::uint64_t first_record);
  void fault_ragged_records();
  [[nodiscard]] bool is_unreadable(std::size_t record) const {
    return !unreadable_.empty() && unreadable_[record] != 0;
  }
  void check_names();
  [[nodiscard]] int year_of(std::size_t record) const;
  void fault_names();
  void read_repaired(const table::Piece& piece);

  std::vector<Fault>* faults_ = nullptr;
  table::Piece repaired_;
  // Records that are none, [record] or empty: what was told of them is all there is to tell.
  std::vector<std::uint8_t> unreadable_;
  std::vector<std::size_t> invalid_;                    // records with bytes that are no UTF-8
  std::array<const std::string_view*, roles> texts_{};  // of each role, a cell a record
  std::vector<std::uint8_t> failed_;
  std::vector<std::uint32_t> errors_at_;  // of each project in errors_, 1-based; 0: none
  std::vector<std::string> errors_;
  std::vector<std::uint32_t> project_of_;
  std::vector<std::string> record_names_;  // of a table without names
};

}  // namespace jixiao::batch
