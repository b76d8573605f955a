#include <muParser.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "formula/function_table.hpp"
#include "formula/routine.hpp"
#include "formula/sorting.hpp"
#include "formula/value_graph.hpp"

namespace jixiao::formula {
namespace {

// muParser's stack walked once, with value numbers in the place of values.
class Translator : ValueGraph {
 public:
  Translator(std::span<const double> slots, const Scope& scope, const Purpose& purpose)
      : ValueGraph(scope, purpose.with_bound), slots_(slots), purpose_(purpose) {}

  void take(const mu::SToken& token) {
    switch (token.Cmd) {
      case mu::cmVAR:
        return push(variable(static_cast<std::size_t>(token.Val.ptr - slots_.data())));
      case mu::cmVAL: return push(written(token.Val.data2));
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
    const std::uint32_t result = purpose_.for_bounds ? whole_bound(stack_.back()) : stack_.back();
    join_pairs(result);
    return arrange(result);
  }

 private:
  void push(std::uint32_t value) { stack_.push_back(value); }
  std::uint32_t pop() {
    assert(!stack_.empty());
    const std::uint32_t value = stack_.back();
    stack_.pop_back();
    return value;
  }

  void sign(Operation operation, bool swapped) {
    std::uint32_t right = pop();
    std::uint32_t left = pop();
    if (swapped) std::swap(left, right);
    push(binary(operation, left, right));
  }

  // Both branches are pure, so both are computed and one is taken. A choice by a comparison is one
  // instruction.
  void choose() {
    const std::uint32_t otherwise = pop();
    const std::uint32_t then = thens_.back();
    const std::uint32_t chosen_by = known_zero(conditions_.back());
    thens_.pop_back();
    conditions_.pop_back();
    const Value test = values_[chosen_by];
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
    push(make(Operation::choose, {chosen_by, then, otherwise}));
  }

  void call(const Callback& callback, std::size_t count) {
    if (callback.operation && count == 1) {
      const std::uint32_t a = pop();
      return push(make(*callback.operation,
                       {*callback.operation == Operation::opposite ? known_zero(a) : a}));
    }
    if (callback.operation) return sign(*callback.operation, callback.swapped);
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

  std::uint32_t median(std::vector<std::uint32_t> sorted) {
    each_exchange(sorted.size(), [&](std::size_t low, std::size_t high) {
      const std::uint32_t smaller = make(Operation::minimum, {sorted[low], sorted[high]});
      sorted[high] = make(Operation::maximum, {sorted[low], sorted[high]});
      sorted[low] = smaller;
    });
    const std::size_t middle = sorted.size() / 2;
    if (sorted.size() % 2 == 1) return sorted[middle];
    return make(Operation::divide,
                {make(Operation::add, {sorted[middle - 1], sorted[middle]}), written(2)});
  }

  std::vector<std::uint32_t> each(Operation operation, const std::vector<std::uint32_t>& of) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t one : of) out.push_back(make(operation, {one}));
    return out;
  }
  std::uint32_t count_given(const std::vector<std::uint32_t>& arguments) {
    return fold(Operation::counted, each(Operation::given, arguments));
  }
  std::uint32_t sum_given(const std::vector<std::uint32_t>& arguments) {
    return make(Operation::choose,
                {count_given(arguments), fold(Operation::add, each(Operation::or_zero, arguments)),
                 constant(scalar::nan)});
  }

  std::uint32_t apply(Function function, const std::vector<std::uint32_t>& arguments) {
    const auto one = [&](Operation operation) { return make(operation, {arguments[0]}); };
    switch (function) {
      case Function::minimum: return fold(Operation::minimum, arguments);
      case Function::maximum: return fold(Operation::maximum, arguments);
      case Function::sum: return fold(Operation::add, arguments);
      case Function::average:
        return make(Operation::divide, {fold(Operation::add, arguments),
                                        written(static_cast<double>(arguments.size()))});
      case Function::median: return median(arguments);
      case Function::given: return one(Operation::given);
      case Function::sum_given: return sum_given(arguments);
      case Function::average_given:
        return make(Operation::divide, {sum_given(arguments), count_given(arguments)});
      case Function::count_given: return count_given(arguments);
      case Function::clamp:
        return make(Operation::maximum,
                    {make(Operation::minimum, {arguments[0], arguments[2]}), arguments[1]});
      case Function::absolute: return one(Operation::absolute);
      case Function::sign: return stepped(Operation::sign, Operation::sign_within, arguments[0]);
      case Function::root: return make(Operation::root, {known_zero(arguments[0])});
      case Function::exp: return one(Operation::exp);
      case Function::ln: return make(Operation::ln, {known_zero(arguments[0])});
      case Function::log10: return make(Operation::log10, {known_zero(arguments[0])});
      case Function::log2: return make(Operation::log2, {known_zero(arguments[0])});
      case Function::sin: return one(Operation::sin);
      case Function::cos: return one(Operation::cos);
      case Function::floor: return stepped(Operation::floor, Operation::floor_within, arguments[0]);
      case Function::ceil: return stepped(Operation::ceil, Operation::ceil_within, arguments[0]);
      case Function::trunc: return stepped(Operation::trunc, Operation::trunc_within, arguments[0]);
      case Function::round: return rounded(arguments[0], arguments[1]);
      case Function::steps_full:
        return steps(Operation::floor, Operation::floor_within, arguments[0], arguments[1]);
      case Function::steps_ceil:
        return steps(Operation::ceil, Operation::ceil_within, arguments[0], arguments[1]);
      case Function::steps_fraction:
        return make(Operation::steps,
                    {arguments[1], make(Operation::divide, {arguments[0], arguments[1]})});
      case Function::workdays:
        return make(Operation::workdays, {whole_day(arguments[0]), whole_day(arguments[1])});
      case Function::year: return make(Operation::year, {whole_day(arguments[0])});
      case Function::month: return make(Operation::month, {whole_day(arguments[0])});
      case Function::day: return make(Operation::day, {whole_day(arguments[0])});
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
  Purpose purpose_;
  std::vector<std::uint32_t> stack_;
  std::vector<std::uint32_t> conditions_;
  std::vector<std::uint32_t> thens_;
};

}  // namespace

Routine translate(const mu::Parser& parser, std::span<const double> slots, const Scope& scope,
                  const Purpose& purpose) {
  Translator translator(slots, scope, purpose);
  for (const mu::SToken* token = parser.GetByteCode().GetBase(); token->Cmd != mu::cmEND; ++token)
    translator.take(*token);
  return translator.finish();
}

}  // namespace jixiao::formula
