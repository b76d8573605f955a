#include <muParser.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <map>
#include <utility>

#include "formula/function_table.hpp"
#include "formula/routine.hpp"

namespace jixiao::formula {
namespace {

// muParser's stack walked once, with value numbers in the place of values. Equal instructions get
// one number.
class Translator {
 public:
  Translator(std::span<const double> slots, const value::Calendar* calendar)
      : slots_(slots), calendar_(calendar) {}

  void take(const mu::SToken& token) {
    switch (token.Cmd) {
      case mu::cmVAR:
        return push(variable(static_cast<std::size_t>(token.Val.ptr - slots_.data())));
      case mu::cmVAL: return push(constant(token.Val.data2));
      case mu::cmIF: return conditions_.push_back(pop());
      case mu::cmELSE: return thens_.push_back(pop());
      case mu::cmENDIF: return choose();
      case mu::cmFUNC:
        return call(identify(token.Fun.cb._pRawFun),
                    static_cast<std::size_t>(std::abs(token.Fun.argc)));
      default: assert(false && "the lexer lets no other token through");
    }
  }

  Routine finish() {
    assert(stack_.size() == 1);
    join_pairs(stack_.back());
    return arrange(stack_.back());
  }

 private:
  enum class Kind { variable, constant, instruction };
  struct Value {
    Kind kind;
    std::size_t variable = 0;
    double constant = 0;
    Operation operation{};
    std::array<std::uint32_t, 4> operands{};
  };
  using Key = std::pair<int, std::array<std::uint64_t, 4>>;

  void push(std::uint32_t value) { stack_.push_back(value); }
  std::uint32_t pop() {
    assert(!stack_.empty());
    const std::uint32_t value = stack_.back();
    stack_.pop_back();
    return value;
  }

  std::uint32_t number(const Key& key, const Value& value) {
    const auto [found, is_new] = known_.emplace(key, static_cast<std::uint32_t>(values_.size()));
    if (is_new) values_.push_back(value);
    return found->second;
  }
  std::uint32_t variable(std::size_t position) {
    Value value{Kind::variable};
    value.variable = position;
    return number({-1, {position}}, value);
  }
  std::uint32_t constant(double x) {
    Value value{Kind::constant};
    value.constant = x;
    return number({-2, {std::bit_cast<std::uint64_t>(x)}}, value);
  }

  std::uint32_t make(Operation operation, std::array<std::uint32_t, 4> operands) {
    const auto count = static_cast<std::size_t>(operand_count(operation));
    if (std::all_of(
            operands.begin(), operands.begin() + static_cast<std::ptrdiff_t>(count),
            [this](std::uint32_t operand) { return values_[operand].kind == Kind::constant; })) {
      double numbers[4] = {};
      for (std::size_t i = 0; i < count; ++i) numbers[i] = values_[operands[i]].constant;
      return constant(run_one(operation, numbers, calendar_));
    }
    Value value{Kind::instruction};
    value.operation = operation;
    value.operands = operands;
    return number(
        {static_cast<int>(operation), {operands[0], operands[1], operands[2], operands[3]}}, value);
  }

  void binary(Operation operation, bool swapped) {
    const std::uint32_t right = pop();
    const std::uint32_t left = pop();
    push(swapped ? make(operation, {right, left}) : make(operation, {left, right}));
  }

  // Both branches are pure, so both are computed and one is taken. A choice by a comparison is one
  // instruction.
  void choose() {
    const std::uint32_t otherwise = pop();
    const std::uint32_t then = thens_.back();
    const std::uint32_t condition = conditions_.back();
    thens_.pop_back();
    conditions_.pop_back();
    const Value& test = values_[condition];
    if (test.kind == Kind::instruction) {
      const std::uint32_t a = test.operands[0];
      const std::uint32_t b = test.operands[1];
      switch (test.operation) {
        case Operation::less: return push(make(Operation::choose_less, {a, b, then, otherwise}));
        case Operation::less_equal:
          return push(make(Operation::choose_less_equal, {a, b, then, otherwise}));
        case Operation::equal: return push(make(Operation::choose_equal, {a, b, then, otherwise}));
        case Operation::unequal:
          return push(make(Operation::choose_equal, {a, b, otherwise, then}));
        case Operation::opposite: return push(make(Operation::choose, {a, otherwise, then}));
        default: break;
      }
    }
    push(make(Operation::choose, {condition, then, otherwise}));
  }

  void call(const Callback& callback, std::size_t count) {
    if (callback.operation)
      return count == 1 ? push(make(*callback.operation, {pop()}))
                        : binary(*callback.operation, callback.swapped);
    if (!callback.function) return;  // +x
    std::vector<std::uint32_t> arguments(count);
    for (std::size_t i = count; i-- > 0;) arguments[i] = pop();
    push(apply(*callback.function, arguments));
  }

  std::uint32_t fold(Operation operation, const std::vector<std::uint32_t>& arguments) {
    std::uint32_t result = arguments[0];
    for (std::size_t i = 1; i < arguments.size(); ++i)
      result = make(operation, {result, arguments[i]});
    return result;
  }

  std::uint32_t apply(Function function, const std::vector<std::uint32_t>& arguments) {
    const auto one = [&](Operation operation) { return make(operation, {arguments[0]}); };
    const auto two = [&](Operation operation) {
      return make(operation, {arguments[0], arguments[1]});
    };
    switch (function) {
      case Function::minimum: return fold(Operation::minimum, arguments);
      case Function::maximum: return fold(Operation::maximum, arguments);
      case Function::sum: return fold(Operation::add, arguments);
      case Function::average:
        return make(Operation::divide, {fold(Operation::add, arguments),
                                        constant(static_cast<double>(arguments.size()))});
      case Function::clamp:
        return make(Operation::maximum,
                    {make(Operation::minimum, {arguments[0], arguments[2]}), arguments[1]});
      case Function::absolute: return one(Operation::absolute);
      case Function::sign: return one(Operation::sign);
      case Function::root: return one(Operation::root);
      case Function::exp: return one(Operation::exp);
      case Function::ln: return one(Operation::ln);
      case Function::log10: return one(Operation::log10);
      case Function::log2: return one(Operation::log2);
      case Function::sin: return one(Operation::sin);
      case Function::cos: return one(Operation::cos);
      case Function::floor: return one(Operation::floor);
      case Function::ceil: return one(Operation::ceil);
      case Function::trunc: return one(Operation::trunc);
      case Function::round: return two(Operation::round);
      case Function::steps_full: return two(Operation::steps_full);
      case Function::steps_ceil: return two(Operation::steps_ceil);
      case Function::steps_fraction: return two(Operation::steps_fraction);
      case Function::workdays: return two(Operation::workdays);
      case Function::year: return one(Operation::year);
      case Function::month: return one(Operation::month);
      case Function::day: return one(Operation::day);
    }
    assert(false && "every function is listed above");
    return arguments[0];
  }

  // Two instructions become one where nobody else wants what the first one makes: W*A/T, max(0,
  // min(W, x)).
  void join_pairs(std::uint32_t result) {
    std::vector<std::size_t> uses(values_.size());
    for (const Value& value : values_) {
      if (value.kind != Kind::instruction) continue;
      for (int k = 0; k < operand_count(value.operation); ++k)
        ++uses[value.operands[static_cast<std::size_t>(k)]];
    }
    const auto only_for_this = [&](std::uint32_t made, Operation by) {
      return made != result && uses[made] == 1 && values_[made].kind == Kind::instruction &&
             values_[made].operation == by;
    };
    for (Value& value : values_) {
      if (value.kind != Kind::instruction) continue;
      const auto [a, b, c, d] = value.operands;
      if (value.operation == Operation::divide && only_for_this(a, Operation::multiply)) {
        value.operation = Operation::scaled;
        value.operands = {values_[a].operands[0], values_[a].operands[1], b, 0};
      } else if (value.operation == Operation::maximum && only_for_this(b, Operation::minimum)) {
        value.operation = Operation::held;
        value.operands = {a, values_[b].operands[0], values_[b].operands[1], 0};
      } else if (value.operation == Operation::maximum && only_for_this(a, Operation::minimum)) {
        value.operation = Operation::held_back;
        value.operands = {values_[a].operands[0], values_[a].operands[1], b, 0};
      }
    }
  }

  // Drops what the result does not need and numbers the rest: inputs, constants, instructions.
  [[nodiscard]] Routine arrange(std::uint32_t result) const {
    std::vector<bool> needed(values_.size());
    needed[result] = true;
    for (std::size_t i = values_.size(); i-- > 0;) {
      if (!needed[i] || values_[i].kind != Kind::instruction) continue;
      for (int k = 0; k < operand_count(values_[i].operation); ++k)
        needed[values_[i].operands[static_cast<std::size_t>(k)]] = true;
    }
    Routine routine;
    std::vector<std::uint32_t> renamed(values_.size());
    std::vector<std::size_t> order;
    // The branches not taken by constant folding still name variables: used() comes from the text,
    // the inputs from what is needed.
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (needed[i] && values_[i].kind == Kind::variable) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return values_[a].variable < values_[b].variable;
    });
    std::uint32_t next = 0;
    for (const std::size_t i : order) {
      routine.inputs.push_back(values_[i].variable);
      renamed[i] = next++;
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!needed[i] || values_[i].kind != Kind::constant) continue;
      routine.constants.push_back(values_[i].constant);
      renamed[i] = next++;
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!needed[i] || values_[i].kind != Kind::instruction) continue;
      Instruction instruction{values_[i].operation};
      for (int k = 0; k < operand_count(values_[i].operation); ++k) {
        instruction.operands[k] = renamed[values_[i].operands[static_cast<std::size_t>(k)]];
      }
      routine.instructions.push_back(instruction);
      renamed[i] = next++;
    }
    routine.result = renamed[result];
    share_buffers(routine);
    return routine;
  }

  // A buffer is free again after the last instruction that reads it; that instruction may write to
  // it already.
  static void share_buffers(Routine& routine) {
    const std::size_t first = routine.first_instruction();
    std::vector<std::size_t> last_use(routine.instructions.size());
    for (std::size_t i = 0; i < routine.instructions.size(); ++i) {
      last_use[i] = i;
      for (int k = 0; k < operand_count(routine.instructions[i].operation); ++k) {
        const std::uint32_t operand = routine.instructions[i].operands[k];
        if (operand >= first) last_use[operand - first] = i;
      }
    }
    std::vector<std::uint16_t> free;
    for (std::size_t i = 0; i < routine.instructions.size(); ++i) {
      Instruction& instruction = routine.instructions[i];
      std::vector<std::uint32_t> operands(
          instruction.operands, instruction.operands + operand_count(instruction.operation));
      std::sort(operands.begin(), operands.end());
      operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
      for (const std::uint32_t operand : operands) {
        if (operand >= first && last_use[operand - first] == i)
          free.push_back(routine.instructions[operand - first].buffer);
      }
      if (free.empty()) free.push_back(routine.buffers++);
      instruction.buffer = free.back();
      free.pop_back();
    }
  }

  std::span<const double> slots_;
  const value::Calendar* calendar_;
  std::vector<Value> values_;
  std::map<Key, std::uint32_t> known_;
  std::vector<std::uint32_t> stack_;
  std::vector<std::uint32_t> conditions_;
  std::vector<std::uint32_t> thens_;
};

}  // namespace

Routine translate(const mu::Parser& parser, std::span<const double> slots,
                  const value::Calendar* calendar) {
  Translator translator(slots, calendar);
  for (const mu::SToken* token = parser.GetByteCode().GetBase(); token->Cmd != mu::cmEND; ++token)
    translator.take(*token);
  return translator.finish();
}

}  // namespace jixiao::formula
