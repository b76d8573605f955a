// One row of a long table, read as the same words in a project file would be, and remembered:
// tables say the same thing again and again.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
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

// What cells mean: project::interpret and scoring::bind_indicator of an indicator that says the
// same.
struct Row {
  bool bound = false;  // false: block or method unknown, the findings say why
  std::uint32_t block = 0;
  std::uint32_t method = 0;
  std::size_t type = ruleset::none;
  value::Direction direction = value::Direction::at_least;
  value::Kind kind = value::Kind::number;
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
  std::vector<RowFinding> findings;
};

// The row of some cells, and their numbers in base units where those stand beside it: rows that
// differ in their numbers only are one.
struct ReadRow {
  const Row* row = nullptr;
  bool own_actual = false;  // the actual is the number here, not the row's
  bool own_target = false;  // so is the target
  double actual = 0;
  double target = 0;
  double upper = 0;
};

// A target for people: "600人–700人".
std::string shown(double low, double high, const value::Unit& unit);

class RowReader {
 public:
  // `memory`: for rows it has read and may meet again; a piece may take it beyond.
  RowReader(const ruleset::RuleSet& rules, std::uint64_t memory);
  ~RowReader();
  // Rows lent before may go.
  void begin_piece();
  // Valid until the next piece.
  ReadRow read(const RowCells& cells);
  // The same from the cells alone, whatever is remembered.
  [[nodiscard]] Row interpret(const RowCells& cells) const;

 private:
  struct Cut;
  struct Known;
  struct Template;
  struct Meaning;

  Meaning meaning_of(const RowCells& cells) const;
  const Row& remembered(const RowCells& cells);
  Known* find(const RowCells& cells, std::uint64_t flags, std::uint64_t hash);
  Known& keep(const RowCells& cells, std::uint64_t flags, std::uint64_t hash);
  ReadRow with_numbers(const RowCells& cells, const Cut& actual, const Cut* target);
  Template template_of(const RowCells& cells, const project::Indicator& indicator, const Row& row,
                       bool with_target) const;
  static std::string_view words_around(const Cut& cut, std::string& buffer);
  void grow();

  const ruleset::RuleSet& rules_;
  struct Place {
    std::uint64_t hash = 0;
    std::unique_ptr<Known> row;
  };
  std::vector<Place> known_;  // by hash, a free place after those of equal hash
  std::size_t count_ = 0;
  std::uint64_t memory_;
  std::uint64_t held_bytes_ = 0;
  std::string actual_words_, target_words_;
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
