#include <muParser.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "formula/function_table.hpp"
#include "formula/routine.hpp"

namespace jixiao::formula {
namespace {

// How far a value may be off: so much of itself, and the value `more` besides.
struct Bound {
  double relative = 0;
  std::optional<std::uint32_t> more;
};

// muParser's stack walked once, with value numbers in the place of values. Equal instructions get one number. Where a comparison, a step
// or a condition asks how far a value may be off, instructions that compute it are added: those nobody asks for are never made.
class Translator {
 public:
  Translator(std::span<const double> slots, const Scope& scope, const Purpose& purpose)
      : slots_(slots), scope_(scope), purpose_(purpose), calendar_(scope.calendar.get()) {}

  void take(const mu::SToken& token) {
    switch (token.Cmd) {
      case mu::cmVAR: return push(variable(static_cast<std::size_t>(token.Val.ptr - slots_.data())));
      case mu::cmVAL: return push(written(token.Val.data2));
      case mu::cmIF: return conditions_.push_back(pop());
      case mu::cmELSE: return thens_.push_back(pop());
      case mu::cmENDIF: return choose();
      case mu::cmFUNC: return call(identify(token.Fun.cb._pRawFun), static_cast<std::size_t>(std::abs(token.Fun.argc)));
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
  enum class Kind { variable, constant, instruction };
  struct Value {
    Kind kind;
    std::size_t variable = 0;
    double constant = 0;
    double bound = 0;  // of a constant
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
  // As it was written: a whole number is what it says, any other decimal was rounded once.
  std::uint32_t written(double x) {
    const bool whole = std::fabs(x) <= 0x1p53 && scalar::nearest(x) == x;
    return constant(x, whole ? 0 : value::one_rounding * std::fabs(x));
  }
  std::uint32_t constant(double x, double bound = 0) {
    Value value{Kind::constant};
    value.constant = x;
    value.bound = bound;
    return number({-2, {std::bit_cast<std::uint64_t>(x), std::bit_cast<std::uint64_t>(bound)}}, value);
  }

  using Operands = std::array<std::uint32_t, 4>;

  std::uint32_t make(Operation operation, const Operands& operands) {
    if (!all_constant(operation, operands)) return instruction(operation, operands);
    const double x = folded(operation, operands);
    // What the operands are is known here alone: the bound is folded with the value.
    Value value{Kind::constant};
    value.operation = operation;
    value.operands = operands;
    const Bound bound = bound_of(value, std::nullopt, x);
    double most = bound.relative * std::fabs(x);
    if (bound.more) most += values_[*bound.more].constant;
    return constant(x, most);
  }
  // For instructions that compute bounds: how far those are off is covered by one_rounding.
  std::uint32_t plain(Operation operation, const Operands& operands) {
    return all_constant(operation, operands) ? constant(folded(operation, operands)) : instruction(operation, operands);
  }
  [[nodiscard]] bool all_constant(Operation operation, const Operands& operands) const {
    return std::all_of(operands.begin(), operands.begin() + operand_count(operation),
                       [this](std::uint32_t operand) { return values_[operand].kind == Kind::constant; });
  }
  [[nodiscard]] double folded(Operation operation, const Operands& operands) const {
    double numbers[4] = {};
    const auto count = static_cast<std::size_t>(operand_count(operation));
    for (std::size_t i = 0; i < count; ++i) numbers[i] = values_[operands[i]].constant;
    return run_one(operation, numbers, calendar_);
  }
  std::uint32_t instruction(Operation operation, const Operands& operands) {
    Value value{Kind::instruction};
    value.operation = operation;
    value.operands = operands;
    return number({static_cast<int>(operation), {operands[0], operands[1], operands[2], operands[3]}}, value);
  }

  // --- How far a value may be off ---

  [[nodiscard]] bool brings_bound(const Value& value) const {
    return purpose_.with_bound && value.kind == Kind::variable && scope_.bounded == value.variable;
  }
  [[nodiscard]] double bound_of_variable(std::size_t position) const {
    const double own = position < scope_.bounds.size() ? scope_.bounds[position] : 0;
    return own > value::one_rounding ? own : value::one_rounding;
  }

  Bound bound_of(std::uint32_t at) {
    if (const auto known = bounds_.find(at); known != bounds_.end()) return known->second;
    const Value value = values_[at];
    const Bound bound = bound_of(value, at, value.constant);
    bounds_.emplace(at, bound);
    return bound;
  }

  // Of `value`, which is at `at` unless it is being folded to x.
  Bound bound_of(const Value& value, std::optional<std::uint32_t> at, double x) {
    constexpr double once = value::one_rounding;
    if (value.kind == Kind::variable) {
      if (!brings_bound(value)) return {bound_of_variable(value.variable), {}};
      Value bound{Kind::variable};
      bound.variable = Routine::bound_input;
      return {0, number({-1, {Routine::bound_input}}, bound)};
    }
    if (value.kind == Kind::constant && at) {
      if (value.bound == 0) return {};
      if (x == 0 || !std::isfinite(x)) return {0, constant(value.bound)};
      return {value.bound / std::fabs(x), {}};
    }
    const auto [a, b, c, d] = value.operands;
    const std::uint32_t result = at ? *at : constant(x);
    const auto size = [this](std::uint32_t of) { return plain(Operation::absolute, {of}); };
    const auto times = [this](std::uint32_t left, std::uint32_t right) { return plain(Operation::multiply, {left, right}); };
    const auto over = [this](std::uint32_t left, std::uint32_t right) { return plain(Operation::divide, {left, right}); };
    switch (value.operation) {
      case Operation::add:
      case Operation::subtract: return {once, joint_bound(a, b)};
      case Operation::multiply: {
        const Bound of_a = bound_of(a);
        const Bound of_b = bound_of(b);
        Bound bound{of_a.relative + of_b.relative + once, {}};
        if (of_a.more) bound.more = times(size(b), *of_a.more);
        if (of_b.more) bound.more = sum(bound.more, times(size(a), *of_b.more));
        return bound;
      }
      case Operation::divide: {
        const Bound of_a = bound_of(a);
        const Bound of_b = bound_of(b);
        Bound bound{of_a.relative + of_b.relative + once, {}};
        if (of_a.more) bound.more = over(*of_a.more, size(b));
        if (of_b.more) bound.more = sum(bound.more, over(times(size(result), *of_b.more), size(b)));
        return bound;
      }
      case Operation::power: return bound_of_power(a, b, result);
      case Operation::negate:
      case Operation::absolute:
      case Operation::zero_within: return bound_of(a);
      case Operation::away: return bound_of(a);
      case Operation::minimum:
      case Operation::maximum: {
        const Bound of_a = bound_of(a);
        const Bound of_b = bound_of(b);
        if (!of_a.more && !of_b.more) return {std::max(of_a.relative, of_b.relative), {}};
        const Operation of = value.operation == Operation::minimum ? Operation::minimum_bound : Operation::maximum_bound;
        return {0, plain(of, {a, b, whole_bound(a), whole_bound(b)})};
      }
      case Operation::choose: return bound_of_choice(value.operation, b, c, {a, 0, 0, 0}, 1);
      case Operation::choose_less:
      case Operation::choose_less_equal:
      case Operation::choose_equal: return bound_of_choice(value.operation, c, d, {a, b, 0, 0}, 2);
      case Operation::root: {
        const Bound of_a = bound_of(a);
        if (!of_a.more) return {0.5 * of_a.relative + once, {}};
        return {once, plain(Operation::root_bound, {result, whole_bound(a)})};
      }
      case Operation::exp: return {2 * once, times(result, whole_bound(a))};
      case Operation::ln: return bound_of_logarithm(a, 1.0);
      case Operation::log2: return bound_of_logarithm(a, 1.4426950408889634);
      case Operation::log10: return bound_of_logarithm(a, 0.4342944819032518);
      case Operation::sin:
      case Operation::cos: return {0, sum(whole_bound(a), constant(2 * once))};
      case Operation::round: return {once, {}};
      case Operation::steps: return bound_of(b);
      default: return {};  // whole numbers, answers, days and years
    }
  }

  Bound bound_of_power(std::uint32_t base, std::uint32_t exponent, std::uint32_t result) {
    constexpr double own = 3 * value::one_rounding;
    const Bound of_base = bound_of(base);
    const Bound of_exponent = bound_of(exponent);
    Bound bound{own, {}};
    if (!of_base.more && values_[exponent].kind == Kind::constant) {
      bound.relative += of_base.relative * std::fabs(values_[exponent].constant);
    } else {
      bound.more = plain(Operation::power_bound, {base, exponent, whole_bound(base)});
    }
    if (of_exponent.relative == 0 && !of_exponent.more) return bound;
    const std::uint32_t logarithm = plain(Operation::absolute, {plain(Operation::ln, {plain(Operation::absolute, {base})})});
    const std::uint32_t slope = plain(Operation::multiply, {plain(Operation::absolute, {result}), logarithm});
    bound.more = sum(bound.more, plain(Operation::multiply, {slope, whole_bound(exponent)}));
    return bound;
  }

  Bound bound_of_logarithm(std::uint32_t of, double scale) {
    const Bound bound = bound_of(of);
    constexpr double own = 2 * value::one_rounding;
    if (!bound.more) return {own, constant(scale * bound.relative)};
    const std::uint32_t share = plain(Operation::divide, {whole_bound(of), plain(Operation::absolute, {of})});
    return {own, plain(Operation::multiply, {share, constant(scale)})};
  }

  // Of the branch taken; `first` are the operands before the branches.
  Bound bound_of_choice(Operation operation, std::uint32_t then, std::uint32_t otherwise, Operands first, std::size_t count) {
    const Bound of_then = bound_of(then);
    const Bound of_otherwise = bound_of(otherwise);
    if (!of_then.more && !of_otherwise.more) return {std::max(of_then.relative, of_otherwise.relative), {}};
    first[count] = whole_bound(then);
    first[count + 1] = whole_bound(otherwise);
    return {0, plain(operation, first)};
  }

  std::uint32_t sum(std::optional<std::uint32_t> left, std::uint32_t right) {
    return left ? plain(Operation::add, {*left, right}) : right;
  }
  // Of a and b together.
  std::uint32_t joint_bound(std::uint32_t a, std::uint32_t b) {
    const Bound of_a = bound_of(a);
    const Bound of_b = bound_of(b);
    std::optional<std::uint32_t> all;
    if (of_a.relative != 0 || of_b.relative != 0)
      all = plain(Operation::bound_of, {a, b, constant(of_a.relative), constant(of_b.relative)});
    if (of_a.more) all = sum(all, *of_a.more);
    if (of_b.more) all = sum(all, *of_b.more);
    return all ? *all : constant(0);
  }
  std::uint32_t whole_bound(std::uint32_t a) {
    const Bound bound = bound_of(a);
    std::optional<std::uint32_t> all;
    if (bound.relative != 0) all = plain(Operation::bound_of, {a, constant(0), constant(bound.relative), constant(0)});
    if (bound.more) all = sum(all, *bound.more);
    return all ? *all : constant(0);
  }

  // A number as it was given, or exact: two of them are equal when they are the same double.
  bool is_given(std::uint32_t at) {
    const Value& value = values_[at];
    if (value.kind == Kind::variable) return !brings_bound(value) && bound_of_variable(value.variable) <= value::one_rounding;
    if (value.kind == Kind::constant) return value.bound <= value::one_rounding * std::fabs(value.constant);
    return value.operation == Operation::round || is_exact(at);
  }
  bool is_exact(std::uint32_t at) {
    const Bound bound = bound_of(at);
    return bound.relative == 0 && !bound.more;
  }

  std::uint32_t compare(Operation given, Operation near, Operation within, std::uint32_t a, std::uint32_t b) {
    if (is_given(a) && is_given(b)) return make(given, {a, b});
    const Bound of_a = bound_of(a);
    const Bound of_b = bound_of(b);
    if (!of_a.more && !of_b.more) return plain(near, {a, b, constant(of_a.relative), constant(of_b.relative)});
    return plain(within, {a, b, joint_bound(a, b)});
  }
  std::uint32_t compare(Operation operation, std::uint32_t a, std::uint32_t b) {
    switch (operation) {
      case Operation::less: return compare(operation, Operation::less_near, Operation::less_within, a, b);
      case Operation::less_equal: return compare(operation, Operation::less_equal_near, Operation::less_equal_within, a, b);
      case Operation::equal: return compare(operation, Operation::equal_near, Operation::equal_within, a, b);
      default: break;
    }
    if (is_given(a) && is_given(b)) return make(Operation::unequal, {a, b});
    return make(Operation::opposite, {compare(Operation::equal, a, b)});
  }

  // A value where it counts whether it is zero: 0 where it is within its bound of it. Products and quotients lose nothing near zero, nor
  // does the difference of two numbers as they were given.
  std::uint32_t known_zero(std::uint32_t a) {
    if (is_given(a)) return a;
    const Value value = values_[a];
    const bool difference = value.kind == Kind::instruction && (value.operation == Operation::add || value.operation == Operation::subtract);
    if (difference && is_given(value.operands[0]) && is_given(value.operands[1])) return a;
    if (value.kind != Kind::constant && !bound_of(a).more) return a;
    return make(Operation::zero_within, {a, whole_bound(a)});
  }

  void binary(Operation operation, bool swapped) {
    std::uint32_t right = pop();
    std::uint32_t left = pop();
    if (swapped) std::swap(left, right);
    push(binary(operation, left, right));
  }
  std::uint32_t binary(Operation operation, std::uint32_t left, std::uint32_t right) {
    switch (operation) {
      case Operation::less:
      case Operation::less_equal:
      case Operation::equal:
      case Operation::unequal: return compare(operation, left, right);
      case Operation::both:
      case Operation::either: return make(operation, {known_zero(left), known_zero(right)});
      case Operation::divide: return make(operation, {left, known_zero(right)});
      case Operation::power: return make(operation, {known_zero(left), right});
      default: return make(operation, {left, right});
    }
  }

  // Both branches are pure, so both are computed and one is taken. A choice by a comparison is one instruction.
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
        case Operation::less_equal: return push(make(Operation::choose_less_equal, {a, b, then, otherwise}));
        case Operation::equal: return push(make(Operation::choose_equal, {a, b, then, otherwise}));
        case Operation::unequal: return push(make(Operation::choose_equal, {a, b, otherwise, then}));
        case Operation::opposite: return push(make(Operation::choose, {a, otherwise, then}));
        default: break;
      }
    }
    push(make(Operation::choose, {chosen_by, then, otherwise}));
  }

  void call(const Callback& callback, std::size_t count) {
    if (callback.operation && count == 1) {
      const std::uint32_t a = pop();
      return push(make(*callback.operation, {*callback.operation == Operation::opposite ? known_zero(a) : a}));
    }
    if (callback.operation) return binary(*callback.operation, callback.swapped);
    if (!callback.function) return;  // +x
    std::vector<std::uint32_t> arguments(count);
    for (std::size_t i = count; i-- > 0;) arguments[i] = pop();
    push(apply(*callback.function, arguments));
  }

  std::uint32_t fold(Operation operation, const std::vector<std::uint32_t>& arguments) {
    std::uint32_t result = arguments[0];
    for (std::size_t i = 1; i < arguments.size(); ++i) result = make(operation, {result, arguments[i]});
    return result;
  }

  std::uint32_t apply(Function function, const std::vector<std::uint32_t>& arguments) {
    const auto one = [&](Operation operation) { return make(operation, {arguments[0]}); };
    switch (function) {
      case Function::minimum: return fold(Operation::minimum, arguments);
      case Function::maximum: return fold(Operation::maximum, arguments);
      case Function::sum: return fold(Operation::add, arguments);
      case Function::average:
        return make(Operation::divide, {fold(Operation::add, arguments), written(static_cast<double>(arguments.size()))});
      case Function::clamp: return make(Operation::maximum, {make(Operation::minimum, {arguments[0], arguments[2]}), arguments[1]});
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
      case Function::round: {
        const std::uint32_t x = is_given(arguments[0]) ? arguments[0] : make(Operation::away, {arguments[0], whole_bound(arguments[0])});
        return make(Operation::round, {x, arguments[1]});
      }
      case Function::steps_full: return steps(Operation::floor, Operation::floor_within, arguments);
      case Function::steps_ceil: return steps(Operation::ceil, Operation::ceil_within, arguments);
      case Function::steps_fraction:
        return make(Operation::steps, {arguments[1], make(Operation::divide, {arguments[0], arguments[1]})});
      case Function::workdays: return make(Operation::workdays, {whole_day(arguments[0]), whole_day(arguments[1])});
      case Function::year: return make(Operation::year, {whole_day(arguments[0])});
      case Function::month: return make(Operation::month, {whole_day(arguments[0])});
      case Function::day: return make(Operation::day, {whole_day(arguments[0])});
    }
    assert(false && "every function is listed above");
    return arguments[0];
  }

  std::uint32_t stepped(Operation given, Operation within, std::uint32_t x) {
    return is_given(x) ? make(given, {x}) : make(within, {x, whole_bound(x)});
  }
  std::uint32_t steps(Operation given, Operation within, const std::vector<std::uint32_t>& arguments) {
    const std::uint32_t count = make(Operation::divide, {arguments[0], known_zero(arguments[1])});
    return make(Operation::steps, {arguments[1], stepped(given, within, count)});
  }
  std::uint32_t whole_day(std::uint32_t x) { return is_given(x) ? x : make(Operation::floor_within, {x, whole_bound(x)}); }

  // Two instructions become one where nobody else wants what the first one makes: W*A/T, max(0, min(W, x)).
  void join_pairs(std::uint32_t result) {
    std::vector<std::size_t> uses(values_.size());
    for (const Value& value : values_) {
      if (value.kind != Kind::instruction) continue;
      for (int k = 0; k < operand_count(value.operation); ++k) ++uses[value.operands[static_cast<std::size_t>(k)]];
    }
    const auto only_for_this = [&](std::uint32_t made, Operation by) {
      return made != result && uses[made] == 1 && values_[made].kind == Kind::instruction && values_[made].operation == by;
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
      for (int k = 0; k < operand_count(values_[i].operation); ++k) needed[values_[i].operands[static_cast<std::size_t>(k)]] = true;
    }
    Routine routine;
    std::vector<std::uint32_t> renamed(values_.size());
    std::vector<std::size_t> order;
    // The branches not taken by constant folding still name variables: used() comes from the text, the inputs from what is needed.
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (needed[i] && values_[i].kind == Kind::variable) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) { return values_[a].variable < values_[b].variable; });
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

  // A buffer is free again after the last instruction that reads it; that instruction may write to it already.
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
      std::vector<std::uint32_t> operands(instruction.operands, instruction.operands + operand_count(instruction.operation));
      std::sort(operands.begin(), operands.end());
      operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
      for (const std::uint32_t operand : operands) {
        if (operand >= first && last_use[operand - first] == i) free.push_back(routine.instructions[operand - first].buffer);
      }
      if (free.empty()) free.push_back(routine.buffers++);
      instruction.buffer = free.back();
      free.pop_back();
    }
  }

  std::span<const double> slots_;
  const Scope& scope_;
  Purpose purpose_;
  const value::Calendar* calendar_;
  std::map<std::uint32_t, Bound> bounds_;
  std::vector<Value> values_;
  std::map<Key, std::uint32_t> known_;
  std::vector<std::uint32_t> stack_;
  std::vector<std::uint32_t> conditions_;
  std::vector<std::uint32_t> thens_;
};

}  // namespace

Routine translate(const mu::Parser& parser, std::span<const double> slots, const Scope& scope, const Purpose& purpose) {
  Translator translator(slots, scope, purpose);
  for (const mu::SToken* token = parser.GetByteCode().GetBase(); token->Cmd != mu::cmEND; ++token) translator.take(*token);
  return translator.finish();
}

}  // namespace jixiao::formula
