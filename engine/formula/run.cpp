// One row, and many: the same routine either way.
#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

#include "formula/routine.hpp"

namespace jixiao::formula {
namespace {

constexpr std::size_t block_rows = 512;
constexpr std::size_t few_rows = 3;  // up to here row by row is quicker than setting up blocks
constexpr std::size_t values_on_stack = 96;
constexpr std::size_t workspace_doubles = 8192;  // 64 KiB on the stack

// `count` objects on the stack when they fit, else on the heap: one allocation per call at most,
// none per block. Not initialised.
template <class T, std::size_t OnStack>
class Scratch {
 public:
  explicit Scratch(std::size_t count)
      : heap_(count > OnStack ? new T[count] : nullptr), data_(heap_ ? heap_.get() : stack_) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  T* data() { return data_; }
  T& operator[](std::size_t i) { return data_[i]; }

 private:
  std::unique_ptr<T[]> heap_;
  T* data_;
  alignas(64) T stack_[OnStack];
};

double run_operation(Operation operation, double a, double b, double c, double d,
                     const value::Calendar* calendar) {
  switch (operation) {
#define JIXIAO_OPERATION(name, operands, value) \
  case Operation::name: return Does_##name::of(a, b, c, d);
    JIXIAO_OPERATIONS(JIXIAO_OPERATION)
#undef JIXIAO_OPERATION
    case Operation::workdays:
      return calendar != nullptr ? scalar::workdays(*calendar, a, b) : scalar::nan;
  }
  assert(false && "every operation is listed above");
  return scalar::nan;
}

// `values` holds the inputs; gets the constants and the results.
double run_values(const Routine& routine, double* values, const value::Calendar* calendar) {
  std::copy(routine.constants.begin(), routine.constants.end(), values + routine.first_constant());
  double* result = values + routine.first_instruction();
  for (const Instruction& instruction : routine.instructions) {
    const auto& from = instruction.operands;
    *result++ = run_operation(instruction.operation, values[from[0]], values[from[1]],
                              values[from[2]], values[from[3]], calendar);
  }
  return values[routine.result];
}

const Column& column_of(std::size_t input, std::span<const Column> columns, const Column& bound) {
  return input == Routine::bound_input ? bound : columns[input];
}

// Many rows. What depends on uniform values alone is computed once; the rest in blocks.
class BlockRun {
 public:
  BlockRun(const Routine& routine, std::span<const Column> columns, const Column& bound,
           const value::Calendar* calendar)
      : routine_(routine),
        calendar_(calendar),
        values_(routine.value_count()),
        lanes_(routine.value_count()),
        steps_(routine.instructions.size()) {
    for (std::size_t i = 0; i < routine.inputs.size(); ++i) {
      const Column& column = column_of(routine.inputs[i], columns, bound);
      lanes_[i] = {column.data(), column.is_uniform() ? Kind::uniform : Kind::column};
      values_[i] = column.is_uniform() ? column[0] : 0.0;
    }
    for (std::size_t i = 0; i < routine.constants.size(); ++i) {
      values_[routine.first_constant() + i] = routine.constants[i];
      lanes_[routine.first_constant() + i] = {nullptr, Kind::uniform};
    }
    run_uniform();
  }

  void run(std::span<double> out) {
    const Lane& result = lanes_[routine_.result];
    if (result.kind == Kind::uniform) {
      std::fill(out.begin(), out.end(), values_[routine_.result]);
      return;
    }
    if (result.kind == Kind::column) {
      std::copy_n(result.data, out.size(), out.begin());
      return;
    }
    // Blocks shrink when a formula needs many buffers, so that all of them stay in the nearest
    // cache.
    const std::size_t buffers = routine_.buffers + spread_;
    const std::size_t fitting = std::max<std::size_t>(workspace_doubles / buffers / 8 * 8, 8);
    const std::size_t block = std::min({block_rows, fitting, (out.size() + 7) / 8 * 8});
    Scratch<double, workspace_doubles> workspace(buffers * block);
    bind(workspace.data(), block);
    for (std::size_t row = 0; row < out.size(); row += block) {
      if (row > 0) move_on(block);
      steps_[step_count_ - 1].to = out.data() + row;
      run_steps({steps_.data(), step_count_}, std::min(block, out.size() - row), calendar_);
    }
  }

 private:
  // spread: uniform, and wanted as a block as well
  enum class Kind : std::uint8_t { uniform, spread, column, buffer };
  struct Lane {
    const double* data;
    Kind kind;
  };

  void run_uniform() {
    std::size_t value = routine_.first_instruction();
    for (const Instruction& instruction : routine_.instructions) {
      const std::span operands(instruction.operands,
                               static_cast<std::size_t>(operand_count(instruction.operation)));
      const auto is_uniform = [this](std::uint32_t operand) {
        return lanes_[operand].kind <= Kind::spread;
      };
      double numbers[4] = {};
      if (std::all_of(operands.begin(), operands.end(), is_uniform)) {
        for (std::size_t k = 0; k < operands.size(); ++k) numbers[k] = values_[operands[k]];
        values_[value] = run_operation(instruction.operation, numbers[0], numbers[1], numbers[2],
                                       numbers[3], calendar_);
        lanes_[value] = {nullptr, Kind::uniform};
      } else {
        for (const std::uint32_t operand : operands) {
          if (lanes_[operand].kind != Kind::uniform || takes_uniform(instruction.operation))
            continue;
          lanes_[operand].kind = Kind::spread;
          ++spread_;
        }
        lanes_[value] = {nullptr, Kind::buffer};
      }
      ++value;
    }
  }

  void bind(double* workspace, std::size_t block) {
    double* spread = workspace + routine_.buffers * block;
    for (std::size_t i = 0; i < routine_.value_count(); ++i) {
      if (lanes_[i].kind != Kind::spread) continue;
      std::fill_n(spread, block, values_[i]);
      lanes_[i].data = spread;
      spread += block;
    }
    std::size_t value = routine_.first_instruction();
    for (const Instruction& instruction : routine_.instructions) {
      Lane& lane = lanes_[value++];
      if (lane.kind != Kind::buffer) continue;
      Step& step = steps_[step_count_++];
      step.operation = instruction.operation;
      step.moving = step.uniform = 0;
      for (int k = 0; k < operand_count(instruction.operation); ++k) {
        const std::uint32_t operand = instruction.operands[k];
        const Lane& from = lanes_[operand];
        const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(k));
        const bool is_uniform = from.kind <= Kind::spread && takes_uniform(instruction.operation);
        step.from[k] = is_uniform ? &values_[operand] : from.data;
        if (is_uniform) step.uniform |= bit;
        if (from.kind == Kind::column) step.moving |= bit;
      }
      step.to = workspace + instruction.buffer * block;
      lane.data = step.to;
    }
  }

  void move_on(std::size_t block) {
    for (std::size_t i = 0; i < step_count_; ++i) {
      for (unsigned k = 0; k < 4; ++k) {
        if ((steps_[i].moving >> k & 1U) != 0) steps_[i].from[k] += block;
      }
    }
  }

  const Routine& routine_;
  const value::Calendar* calendar_;
  Scratch<double, values_on_stack> values_;
  Scratch<Lane, values_on_stack> lanes_;
  Scratch<Step, values_on_stack> steps_;
  std::size_t step_count_ = 0;
  std::size_t spread_ = 0;
};

}  // namespace

double run_one(Operation operation, const double (&operands)[4], const value::Calendar* calendar) {
  return run_operation(operation, operands[0], operands[1], operands[2], operands[3], calendar);
}

double run_row(const Routine& routine, std::span<const double> values, double bound,
               const value::Calendar* calendar) {
  Scratch<double, values_on_stack> scratch(routine.value_count());
  for (std::size_t i = 0; i < routine.inputs.size(); ++i)
    scratch[i] = routine.inputs[i] == Routine::bound_input ? bound : values[routine.inputs[i]];
  return run_values(routine, scratch.data(), calendar);
}

void run_rows(const Routine& routine, std::span<const Column> columns, const Column& bound,
              std::span<double> out, const value::Calendar* calendar) {
  if (out.size() > few_rows) return BlockRun(routine, columns, bound, calendar).run(out);
  Scratch<double, values_on_stack> scratch(routine.value_count());
  for (std::size_t row = 0; row < out.size(); ++row) {
    for (std::size_t i = 0; i < routine.inputs.size(); ++i)
      scratch[i] = column_of(routine.inputs[i], columns, bound)[row];
    out[row] = run_values(routine, scratch.data(), calendar);
  }
}

}  // namespace jixiao::formula
