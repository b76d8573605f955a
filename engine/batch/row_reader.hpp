// One row of a long table, read as the same words in a project file would be, and remembered: tables say the same thing again and again.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "batch/plan.hpp"
#include "scoring/binding.hpp"
#include "value/unit.hpp"

namespace jixiao::batch {

// The cells a row's meaning depends on.
struct RowCells {
  std::string_view block, type, op, target, unit, weight, method, actual;
  bool has_reason = false;
  bool has_evidence = false;
  int year = 0;
};

struct RowFinding {
  Role role;
  Severity severity;
  std::string code;
  Text message;  // names the indicator by the mark below
};
// Stands for the indicator's name in a remembered message.
inline constexpr std::string_view indicator_mark = "jx_indicator";

struct Row {
  bool bound = false;  // false: block or method unknown, the findings say why
  std::uint32_t block = 0;
  std::uint32_t method = 0;
  double target = 0;
  double upper = 0;
  value::Cell actual;
  std::size_t state = ruleset::none;
  double weight = 0;  // NaN: a share
  bool refused = false;
  bool failed = false;  // an error among the findings, other than a missing result
  value::Unit unit;
  std::string sign;  // of the target
  std::string target_shown, actual_shown;
  // A plain number may take the place of the actual, of the target as well, without reading anything again: see RowReader::read_plain.
  bool takes_plain_actual = false;
  bool takes_plain_target = false;
  bool percent = false;
  bool money = false;
  std::vector<RowFinding> findings;
};

// A row whose numbers, in base units, stand beside it.
struct PlainRow {
  const Row* row = nullptr;
  double actual = 0;
  double target = 0;
  bool target_is_plain = false;
};

bool says_not_applicable(std::string_view actual);

class RowReader {
 public:
  explicit RowReader(const ruleset::RuleSet& rules);
  ~RowReader();
  // Rows lent before may go.
  void begin_piece();
  // Lives until the next piece.
  const Row& read(const RowCells& cells);
  // The row of cells whose actual is a plain number, and the target too unless it is NaN: the same as read() would make of them, without
  // reading those two. Nothing (row null) when they must be looked at closely.
  PlainRow read_plain(const RowCells& cells, double actual, double target);

 private:
  struct Known;

  Row resolve(const RowCells& cells) const;
  const Row& remembered(const RowCells& cells);
  PlainRow with_numbers(const RowCells& cells, double actual, double target);
  void grow();

  const ruleset::RuleSet& rules_;
  std::vector<std::unique_ptr<Known>> known_;  // by hash, a free place after those of equal hash
  std::size_t count_ = 0;
};

// Amounts of money as in a project file: 120万元, or a number and a unit; a bare number is yuan.
class AmountReader {
 public:
  const value::Cell& read(std::string_view amount, std::string_view unit);
  // What was wrong with the last.
  [[nodiscard]] const std::vector<RowFinding>& findings() const { return findings_; }

 private:
  struct KnownUnit {
    std::string text;
    int exponent = 0;
    bool plain = false;  // a power of ten of yuan
  };

  const KnownUnit& unit(std::string_view text);
  void read_slowly(std::string_view amount, std::string_view unit);

  std::vector<KnownUnit> units_;
  value::Cell yuan_;
  std::vector<RowFinding> findings_;
};

}  // namespace jixiao::batch
