// Projects bound to a rule set, as columns: what scoring runs on. One project is a batch of one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "ruleset/ruleset.hpp"
#include "value/cell.hpp"

namespace jixiao::scoring {

// Numbers beside their states; a value whose state is not ok is 0.
struct CellColumn {
  std::vector<double> values;
  std::vector<value::CellState> states;

  void push(const value::Cell& cell) {
    values.push_back(cell.value);
    states.push_back(cell.state);
  }
  [[nodiscard]] std::size_t size() const { return values.size(); }
};

// A value that few rows have: a parameter of its own, an input brought by the result.
struct Sparse {
  std::size_t row;
  std::size_t which;  // index among the method's params or inputs
  double value;
};

// The indicators the projects bring themselves, project after project, in file order.
struct Rows {
  std::vector<std::uint32_t> project;
  std::vector<std::uint32_t> block;
  std::vector<std::uint32_t> method;
  std::vector<double> target;        // T; the lower end of a range
  std::vector<double> upper;         // U
  CellColumn actual;                 // A; not_applicable when declared so
  std::vector<std::size_t> state;    // index among the method's states; ruleset::none without
  std::vector<double> given_weight;  // NaN: takes its share of what is left
  std::vector<double> has_reason;    // 1 or 0
  std::vector<double> has_evidence;
  std::vector<std::uint8_t> refused;  // the result was not accepted: state error
  std::vector<Sparse> params;         // sorted by row
  std::vector<Sparse> inputs;         // sorted by row

  [[nodiscard]] std::size_t size() const { return project.size(); }
};

// What a project says about an indicator of the rule set.
struct FixedRemarks {
  std::vector<double> has_reason;
  std::vector<double> has_evidence;
  std::vector<std::uint8_t> not_applicable;
};

struct Event {
  std::size_t project;
  std::size_t which;  // index among the rule set's adjustments or vetoes
  double n;
};

// In Batch::year. A formula that names the fiscal year is missing where none is given, as with
// every other value.
constexpr double no_year = 0;

struct Batch {
  std::size_t projects = 0;
  CellColumn initial;  // yuan
  CellColumn adjusted;
  CellColumn executed;
  std::vector<double> year;                        // no_year: none is given
  std::vector<CellColumn> inputs;                  // one per rule-set input
  std::vector<std::vector<double>> block_weights;  // one per block: NaN where the rule set's own
                                                   // holds; empty where it does for all
  std::vector<FixedRemarks> fixed;                 // one per rule-set indicator
  Rows rows;
  std::vector<std::size_t> row_begin{0};  // projects + 1
  std::vector<Event> adjustments;         // in project order
  std::vector<Event> vetoes;
};

}  // namespace jixiao::scoring
