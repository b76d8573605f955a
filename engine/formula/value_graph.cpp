#include "formula/value_graph.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "formula/routine.hpp"

namespace jixiao::formula {
namespace {

bool is_arithmetic(Operation operation) {
  return operation == Operation::add || operation == Operation::subtract ||
         operation == Operation::multiply || operation == Operation::divide ||
         operation == Operation::minimum || operation == Operation::maximum;
}

}  // namespace

std::uint32_t ValueGraph::number(const Key& key, const Value& value) {
  const auto [found, is_new] = known_.emplace(key, static_cast<std::uint32_t>(values_.size()));
  if (is_new) values_.push_back(value);
  return found->second;
}

std::uint32_t ValueGraph::variable(std::size_t position) {
  Value value{Kind::variable};
  value.variable = position;
  return number({-1, {position}}, value);
}

std::uint32_t ValueGraph::written(double x) {
  const bool whole = std::fabs(x) <= 0x1p53 && scalar::nearest(x) == x;
  return constant(x, whole ? 0 : value::one_rounding * std::fabs(x));
}

std::uint32_t ValueGraph::constant(double x, double bound) {
  Value value{Kind::constant};
  value.constant = x;
  value.bound = bound;
  return number({-2, {std::bit_cast<std::uint64_t>(x), std::bit_cast<std::uint64_t>(bound)}},
                value);
}

std::uint32_t ValueGraph::make(Operation operation, const Operands& operands) {
  if (!all_constant(operation, operands)) return instruction(operation, operands);
  const double x = folded(operation, operands);
  // What the operands are is known here alone: the bound is folded with the value.
  Value value{Kind::constant};
  value.operation = operation;
  value.operands = operands;
  const Bound bound = bound_of(value, std::nullopt, x);
  double most = bound.relative == 0 ? 0 : bound.relative * std::fabs(x);
  if (bound.more) most += values_[*bound.more].constant;
  return constant(x, most);
}

std::uint32_t ValueGraph::plain(Operation operation, const Operands& operands) {
  return all_constant(operation, operands) ? constant(folded(operation, operands))
                                           : instruction(operation, operands);
}

bool ValueGraph::all_constant(Operation operation, const Operands& operands) const {
  return std::all_of(
      operands.begin(), operands.begin() + operand_count(operation),
      [this](std::uint32_t operand) { return values_[operand].kind == Kind::constant; });
}

double ValueGraph::folded(Operation operation, const Operands& operands) const {
  double numbers[4] = {};
  const auto count = static_cast<std::size_t>(operand_count(operation));
  for (std::size_t i = 0; i < count; ++i) numbers[i] = values_[operands[i]].constant;
  return run_one(operation, numbers, calendar_);
}

std::uint32_t ValueGraph::instruction(Operation operation, const Operands& operands) {
  Value value{Kind::instruction};
  value.operation = operation;
  value.operands = operands;
  return number({static_cast<int>(operation), {operands[0], operands[1], operands[2], operands[3]}},
                value);
}

bool ValueGraph::brings_bound(const Value& value) const {
  return with_bound_ && value.kind == Kind::variable && scope_.bounded == value.variable;
}

double ValueGraph::bound_of_variable(std::size_t position) const {
  const double own = position < scope_.bounds.size() ? scope_.bounds[position] : 0;
  return own > value::one_rounding ? own : value::one_rounding;
}

ValueGraph::Bound ValueGraph::bound_of(std::uint32_t at) {
  // A long sum hangs on its left operands: those first, so that nothing is as deep as a formula is
  // long.
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t next = at; !bounds_.contains(next); next = values_[next].operands[0]) {
    waiting.push_back(next);
    if (values_[next].kind != Kind::instruction || !is_arithmetic(values_[next].operation)) break;
  }
  for (std::size_t i = waiting.size(); i-- > 0;) {
    const Value value = values_[waiting[i]];
    bounds_.emplace(waiting[i], bound_of(value, waiting[i], value.constant));
  }
  return bounds_.at(at);
}

ValueGraph::Bound ValueGraph::bound_of(const Value& value, std::optional<std::uint32_t> at,
                                       double x) {
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
  const auto times = [this](std::uint32_t left, std::uint32_t right) {
    return plain(Operation::multiply, {left, right});
  };
  const auto over = [this](std::uint32_t left, std::uint32_t right) {
    return plain(Operation::divide, {left, right});
  };
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
    case Operation::or_zero:
    case Operation::zero_within: return bound_of(a);
    case Operation::away: return bound_of(a);
    case Operation::minimum:
    case Operation::maximum: {
      const Bound of_a = bound_of(a);
      const Bound of_b = bound_of(b);
      if (!of_a.more && !of_b.more) return {std::max(of_a.relative, of_b.relative), {}};
      const Operation of = value.operation == Operation::minimum ? Operation::minimum_bound
                                                                 : Operation::maximum_bound;
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

ValueGraph::Bound ValueGraph::bound_of_power(std::uint32_t base, std::uint32_t exponent,
                                             std::uint32_t result) {
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
  const std::uint32_t logarithm =
      plain(Operation::absolute, {plain(Operation::ln, {plain(Operation::absolute, {base})})});
  const std::uint32_t slope =
      plain(Operation::multiply, {plain(Operation::absolute, {result}), logarithm});
  bound.more = sum(bound.more, plain(Operation::multiply, {slope, whole_bound(exponent)}));
  return bound;
}

ValueGraph::Bound ValueGraph::bound_of_logarithm(std::uint32_t of, double scale) {
  const Bound bound = bound_of(of);
  constexpr double own = 2 * value::one_rounding;
  if (!bound.more) return {own, constant(scale * bound.relative)};
  const std::uint32_t share =
      plain(Operation::divide, {whole_bound(of), plain(Operation::absolute, {of})});
  return {own, plain(Operation::multiply, {share, constant(scale)})};
}

ValueGraph::Bound ValueGraph::bound_of_choice(Operation operation, std::uint32_t then,
                                              std::uint32_t otherwise, Operands first,
                                              std::size_t count) {
  const Bound of_then = bound_of(then);
  const Bound of_otherwise = bound_of(otherwise);
  if (!of_then.more && !of_otherwise.more)
    return {std::max(of_then.relative, of_otherwise.relative), {}};
  first[count] = whole_bound(then);
  first[count + 1] = whole_bound(otherwise);
  return {0, plain(operation, first)};
}

std::uint32_t ValueGraph::sum(std::optional<std::uint32_t> left, std::uint32_t right) {
  return left ? plain(Operation::add, {*left, right}) : right;
}

std::uint32_t ValueGraph::joint_bound(std::uint32_t a, std::uint32_t b) {
  const Bound of_a = bound_of(a);
  const Bound of_b = bound_of(b);
  std::optional<std::uint32_t> all;
  if (of_a.relative != 0 || of_b.relative != 0)
    all = plain(Operation::bound_of, {a, b, constant(of_a.relative), constant(of_b.relative)});
  if (of_a.more) all = sum(all, *of_a.more);
  if (of_b.more) all = sum(all, *of_b.more);
  return all ? *all : constant(0);
}

std::uint32_t ValueGraph::whole_bound(std::uint32_t a) {
  const Bound bound = bound_of(a);
  std::optional<std::uint32_t> all;
  if (bound.relative != 0)
    all = plain(Operation::bound_of, {a, constant(0), constant(bound.relative), constant(0)});
  if (bound.more) all = sum(all, *bound.more);
  return all ? *all : constant(0);
}

bool ValueGraph::is_given(std::uint32_t at) {
  const Value& value = values_[at];
  if (value.kind == Kind::variable)
    return !brings_bound(value) && bound_of_variable(value.variable) <= value::one_rounding;
  if (value.kind == Kind::constant)
    return value.bound <= value::one_rounding * std::fabs(value.constant);
  return value.operation == Operation::round || is_exact(at);
}

bool ValueGraph::is_exact(std::uint32_t at) {
  const Bound bound = bound_of(at);
  return bound.relative == 0 && !bound.more;
}

std::uint32_t ValueGraph::compare(Operation given, Operation near, Operation within,
                                  std::uint32_t a, std::uint32_t b) {
  if (is_given(a) && is_given(b)) return make(given, {a, b});
  const Bound of_a = bound_of(a);
  const Bound of_b = bound_of(b);
  if (!of_a.more && !of_b.more)
    return plain(near, {a, b, constant(of_a.relative), constant(of_b.relative)});
  return plain(within, {a, b, joint_bound(a, b)});
}

std::uint32_t ValueGraph::compare(Operation operation, std::uint32_t a, std::uint32_t b) {
  switch (operation) {
    case Operation::less:
      return compare(operation, Operation::less_near, Operation::less_within, a, b);
    case Operation::less_equal:
      return compare(operation, Operation::less_equal_near, Operation::less_equal_within, a, b);
    case Operation::equal:
      return compare(operation, Operation::equal_near, Operation::equal_within, a, b);
    default: break;
  }
  if (is_given(a) && is_given(b)) return make(Operation::unequal, {a, b});
  return make(Operation::opposite, {compare(Operation::equal, a, b)});
}

// A value where it counts whether it is zero: 0 where it is within its bound of it. Products and
// quotients lose nothing near zero, nor does the difference of two numbers as they were given.
std::uint32_t ValueGraph::known_zero(std::uint32_t a) {
  if (is_given(a)) return a;
  const Value value = values_[a];
  const bool difference =
      value.kind == Kind::instruction &&
      (value.operation == Operation::add || value.operation == Operation::subtract);
  if (difference && is_given(value.operands[0]) && is_given(value.operands[1])) return a;
  if (value.kind != Kind::constant && !bound_of(a).more) return a;
  return make(Operation::zero_within, {a, whole_bound(a)});
}

std::uint32_t ValueGraph::binary(Operation operation, std::uint32_t left, std::uint32_t right) {
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

std::uint32_t ValueGraph::stepped(Operation given, Operation within, std::uint32_t x) {
  return is_given(x) ? make(given, {x}) : make(within, {x, whole_bound(x)});
}

std::uint32_t ValueGraph::steps(Operation given, Operation within, std::uint32_t x,
                                std::uint32_t size) {
  const std::uint32_t count = make(Operation::divide, {x, known_zero(size)});
  return make(Operation::steps, {size, stepped(given, within, count)});
}

std::uint32_t ValueGraph::rounded(std::uint32_t x, std::uint32_t digits) {
  return make(Operation::round,
              {is_given(x) ? x : make(Operation::away, {x, whole_bound(x)}), digits});
}

std::uint32_t ValueGraph::whole_day(std::uint32_t x) {
  return is_given(x) ? x : make(Operation::floor_within, {x, whole_bound(x)});
}

}  // namespace jixiao::formula
