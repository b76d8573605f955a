// The instructions a formula is made of, and what each does to one row.
#pragma once

#include <cmath>
#include <cstdint>

#include "formula/scalar.hpp"
#include "numeric/trigonometry.hpp"

namespace jixiao::formula {

// JIXIAO_OPERATION(name, number of operands, value for operands a, b, c, d)
// scaled, held and held_back are two instructions in one: the same bits, one pass over the rows
// less. counted adds counts, which are exact. The comparisons answer 1 or 0, or NaN where they see
// NaN; a condition that is NaN chooses NaN. What ends in _within takes the bound of its arguments,
// _near bounds relative to them, and the last ones make bounds: what they are for says
// value/edge.hpp.
#define JIXIAO_OPERATIONS(JIXIAO_OPERATION)                                                 \
  JIXIAO_OPERATION(add, 2, a + b)                                                           \
  JIXIAO_OPERATION(subtract, 2, a - b)                                                      \
  JIXIAO_OPERATION(multiply, 2, a* b)                                                       \
  JIXIAO_OPERATION(divide, 2, scalar::divide(a, b))                                         \
  JIXIAO_OPERATION(power, 2, scalar::power(a, b))                                           \
  JIXIAO_OPERATION(less, 2, scalar::less(a, b))                                             \
  JIXIAO_OPERATION(less_equal, 2, scalar::less_equal(a, b))                                 \
  JIXIAO_OPERATION(equal, 2, scalar::equal(a, b))                                           \
  JIXIAO_OPERATION(unequal, 2, scalar::unequal(a, b))                                       \
  JIXIAO_OPERATION(less_within, 3, scalar::less_within(a, b, c))                            \
  JIXIAO_OPERATION(less_equal_within, 3, scalar::less_equal_within(a, b, c))                \
  JIXIAO_OPERATION(equal_within, 3, scalar::equal_within(a, b, c))                          \
  JIXIAO_OPERATION(less_near, 4, scalar::less_within(a, b, scalar::bound_of(a, b, c, d)))   \
  JIXIAO_OPERATION(less_equal_near, 4,                                                      \
                   scalar::less_equal_within(a, b, scalar::bound_of(a, b, c, d)))           \
  JIXIAO_OPERATION(equal_near, 4, scalar::equal_within(a, b, scalar::bound_of(a, b, c, d))) \
  JIXIAO_OPERATION(both, 2, scalar::both(a, b))                                             \
  JIXIAO_OPERATION(either, 2, scalar::either(a, b))                                         \
  JIXIAO_OPERATION(negate, 1, -a)                                                           \
  JIXIAO_OPERATION(opposite, 1, scalar::opposite(a))                                        \
  JIXIAO_OPERATION(choose, 3, scalar::choose(a, b, c))                                      \
  JIXIAO_OPERATION(choose_less, 4, scalar::unless_nan(a, b, a < b ? c : d))                 \
  JIXIAO_OPERATION(choose_less_equal, 4, scalar::unless_nan(a, b, a <= b ? c : d))          \
  JIXIAO_OPERATION(choose_equal, 4, scalar::unless_nan(a, b, a == b ? c : d))               \
  JIXIAO_OPERATION(minimum, 2, scalar::minimum(a, b))                                       \
  JIXIAO_OPERATION(maximum, 2, scalar::maximum(a, b))                                       \
  JIXIAO_OPERATION(scaled, 3, scalar::scaled(a, b, c))                                      \
  JIXIAO_OPERATION(held, 3, scalar::maximum(a, scalar::minimum(b, c)))                      \
  JIXIAO_OPERATION(held_back, 3, scalar::maximum(scalar::minimum(a, b), c))                 \
  JIXIAO_OPERATION(counted, 2, a + b)                                                       \
  JIXIAO_OPERATION(given, 1, scalar::given(a))                                              \
  JIXIAO_OPERATION(or_zero, 1, scalar::or_zero(a))                                          \
  JIXIAO_OPERATION(absolute, 1, std::fabs(a))                                               \
  JIXIAO_OPERATION(sign, 1, scalar::sign(a))                                                \
  JIXIAO_OPERATION(sign_within, 2, scalar::sign_within(a, b))                               \
  JIXIAO_OPERATION(root, 1, std::sqrt(a))                                                   \
  JIXIAO_OPERATION(exp, 1, numeric::elementary::exp(a))                                     \
  JIXIAO_OPERATION(ln, 1, scalar::ln(a))                                                    \
  JIXIAO_OPERATION(log2, 1, scalar::log2(a))                                                \
  JIXIAO_OPERATION(log10, 1, scalar::log10(a))                                              \
  JIXIAO_OPERATION(sin, 1, numeric::elementary::sin(a))                                     \
  JIXIAO_OPERATION(cos, 1, numeric::elementary::cos(a))                                     \
  JIXIAO_OPERATION(floor, 1, scalar::floor(a))                                              \
  JIXIAO_OPERATION(ceil, 1, scalar::ceil(a))                                                \
  JIXIAO_OPERATION(trunc, 1, scalar::trunc(a))                                              \
  JIXIAO_OPERATION(floor_within, 2, scalar::floor_within(a, b))                             \
  JIXIAO_OPERATION(ceil_within, 2, scalar::ceil_within(a, b))                               \
  JIXIAO_OPERATION(trunc_within, 2, scalar::trunc_within(a, b))                             \
  JIXIAO_OPERATION(round, 2, scalar::round(a, b))                                           \
  JIXIAO_OPERATION(away, 2, scalar::away(a, b))                                             \
  JIXIAO_OPERATION(steps, 2, scalar::steps(a, b))                                           \
  JIXIAO_OPERATION(year, 1, scalar::year(a))                                                \
  JIXIAO_OPERATION(month, 1, scalar::month(a))                                              \
  JIXIAO_OPERATION(day, 1, scalar::day(a))                                                  \
  JIXIAO_OPERATION(zero_within, 2, scalar::zero_within(a, b))                               \
  JIXIAO_OPERATION(bound_of, 4, scalar::bound_of(a, b, c, d))                               \
  JIXIAO_OPERATION(minimum_bound, 4, scalar::minimum_bound(a, b, c, d))                     \
  JIXIAO_OPERATION(maximum_bound, 4, scalar::minimum_bound(-a, -b, c, d))                   \
  JIXIAO_OPERATION(root_bound, 2, scalar::root_bound(a, b))                                 \
  JIXIAO_OPERATION(power_bound, 3, scalar::power_bound(a, b, c))

enum class Operation : std::uint8_t {
#define JIXIAO_OPERATION(name, operands, value) name,
  JIXIAO_OPERATIONS(JIXIAO_OPERATION)
#undef JIXIAO_OPERATION
      workdays  // needs the calendar as well
};

constexpr int operand_count(Operation operation) {
  constexpr int counts[] = {
#define JIXIAO_OPERATION(name, operands, value) operands,
      JIXIAO_OPERATIONS(JIXIAO_OPERATION)
#undef JIXIAO_OPERATION
          2};
  return counts[static_cast<int>(operation)];
}

// Those cheap enough that writing one value out for a block of rows would cost as much as they do:
// they take it as it is.
constexpr bool takes_uniform(Operation operation) {
  switch (operation) {
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::less:
    case Operation::less_equal:
    case Operation::equal:
    case Operation::unequal:
    case Operation::less_within:
    case Operation::less_equal_within:
    case Operation::equal_within:
    case Operation::less_near:
    case Operation::less_equal_near:
    case Operation::equal_near:
    case Operation::both:
    case Operation::either:
    case Operation::choose:
    case Operation::choose_less:
    case Operation::choose_less_equal:
    case Operation::choose_equal:
    case Operation::minimum:
    case Operation::maximum:
    case Operation::scaled:
    case Operation::held:
    case Operation::held_back:
    case Operation::floor_within:
    case Operation::ceil_within:
    case Operation::steps:
    case Operation::away:
    case Operation::zero_within:
    case Operation::bound_of:
    case Operation::minimum_bound:
    case Operation::maximum_bound: return true;
    default: return false;
  }
}

// One struct per operation, so that a loop can be written once for all of them.
#define JIXIAO_OPERATION(name, operands, value)                                            \
  struct Does_##name {                                                                     \
    static constexpr unsigned count = operands;                                            \
    static constexpr Operation operation = Operation::name;                                \
    JIXIAO_INLINE static double of([[maybe_unused]] double a, [[maybe_unused]] double b,   \
                                   [[maybe_unused]] double c, [[maybe_unused]] double d) { \
      return value;                                                                        \
    }                                                                                      \
  };
JIXIAO_OPERATIONS(JIXIAO_OPERATION)
#undef JIXIAO_OPERATION

}  // namespace jixiao::formula
