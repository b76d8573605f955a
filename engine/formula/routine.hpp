// What runs: muParser's bytecode as instructions over values, each value made once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "formula/formula.hpp"
#include "formula/operation.hpp"

namespace mu {
class Parser;
}

namespace jixiao::formula {

// Values are numbered: first the variables the formula uses, then its constants, then one per
// instruction.
struct Instruction {
  Operation operation;
  std::uint16_t buffer = 0;  // where a block of its results goes; instructions whose lives do not
                             // overlap share one
  std::uint32_t operands[4] = {};
};

struct Routine {
  // Value i is variable inputs[i] of the scope; ascending. bound_input: how far the bounded
  // variable may be off.
  static constexpr std::size_t bound_input = static_cast<std::size_t>(-1);
  std::vector<std::size_t> inputs;
  std::vector<double> constants;
  std::vector<Instruction> instructions;
  std::uint32_t result = 0;   // a value
  std::uint16_t buffers = 0;  // how many the instructions need

  [[nodiscard]] std::size_t first_constant() const { return inputs.size(); }
  [[nodiscard]] std::size_t first_instruction() const { return inputs.size() + constants.size(); }
  [[nodiscard]] std::size_t value_count() const {
    return first_instruction() + instructions.size();
  }
};

// What a routine is made for.
struct Purpose {
  bool with_bound = false;  // the bounded variable of the scope brings its bounds
  bool for_bounds = false;  // the result is how far the formula's result may be off
};
// Translates the bytecode of `parser`, whose variables are bound to the doubles of `slots` in scope
// order.
Routine translate(const mu::Parser& parser, std::span<const double> slots, const Scope& scope,
                  const Purpose& purpose);

// One row. `values` are the scope's; `bound` is read by routines with a bound.
double run_row(const Routine& routine, std::span<const double> values, double bound,
               const value::Calendar* calendar);
// out.size() rows of the scope's columns, in blocks; the same bits as row by row. `bound`: where
// the bound is read.
void run_rows(const Routine& routine, std::span<const Column> columns, const Column& bound,
              std::span<double> out, const value::Calendar* calendar);
// The result of one instruction from its operands' values.
double run_one(Operation operation, const double (&operands)[4], const value::Calendar* calendar);

// One instruction over a block: operand k of row r is at from[k][r], or at from[k][0] for all rows.
struct Step {
  Operation operation;
  std::uint8_t moving;   // bit k: operand k is a column of the caller, which moves on with the
                         // blocks
  std::uint8_t uniform;  // bit k: operand k is one value; only for operations that take one
  const double* from[4];
  double* to;
};
// `count` rows of each step in turn. `to` may be one of the operands, but not overlap one
// otherwise.
void run_steps(std::span<const Step> steps, std::size_t count, const value::Calendar* calendar);

}  // namespace jixiao::formula
