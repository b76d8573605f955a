// The instructions a formula is made of, and what each does to one row.
#pragma once

#include <cmath>
#include <cstdint>

#include "formula/scalar.hpp"
#include "numeric/trigonometry.hpp"

namespace jixiao::formula {

// JIXIAO_OPERATION(name, number of operands, value for operands a, b, c, d)
// scaled, held and held_back are two instructions in one: the same bits, one pass over the rows
// less. The comparisons answer 1 or 0, and NaN counts as true in a condition: so says muParser.
#define JIXIAO_OPERATIONS(JIXIAO_OPERATION)                                  \
  JIXIAO_OPERATION(add, 2, a + b)                                            \
  JIXIAO_OPERATION(subtract, 2, a - b)                                       \
  JIXIAO_OPERATION(multiply, 2, a* b)                                        \
  JIXIAO_OPERATION(divide, 2, a / b)                                         \
  JIXIAO_OPERATION(power, 2, numeric::elementary::power(a, b))               \
  JIXIAO_OPERATION(less, 2, a < b ? 1.0 : 0.0)                               \
  JIXIAO_OPERATION(less_equal, 2, a <= b ? 1.0 : 0.0)                        \
  JIXIAO_OPERATION(equal, 2, a == b ? 1.0 : 0.0)                             \
  JIXIAO_OPERATION(unequal, 2, a != b ? 1.0 : 0.0)                           \
  JIXIAO_OPERATION(both, 2, (a != 0.0 ? 1.0 : 0.0) * (b != 0.0 ? 1.0 : 0.0)) \
  JIXIAO_OPERATION(either, 2, a != 0.0 ? 1.0 : (b != 0.0 ? 1.0 : 0.0))       \
  JIXIAO_OPERATION(negate, 1, -a)                                            \
  JIXIAO_OPERATION(opposite, 1, a == 0.0 ? 1.0 : 0.0)                        \
  JIXIAO_OPERATION(choose, 3, a == 0.0 ? c : b)                              \
  JIXIAO_OPERATION(choose_less, 4, a < b ? c : d)                            \
  JIXIAO_OPERATION(choose_less_equal, 4, a <= b ? c : d)                     \
  JIXIAO_OPERATION(choose_equal, 4, a == b ? c : d)                          \
  JIXIAO_OPERATION(minimum, 2, scalar::minimum(a, b))                        \
  JIXIAO_OPERATION(maximum, 2, scalar::maximum(a, b))                        \
  JIXIAO_OPERATION(scaled, 3, a* b / c)                                      \
  JIXIAO_OPERATION(held, 3, scalar::maximum(a, scalar::minimum(b, c)))       \
  JIXIAO_OPERATION(held_back, 3, scalar::maximum(scalar::minimum(a, b), c))  \
  JIXIAO_OPERATION(absolute, 1, std::fabs(a))                                \
  JIXIAO_OPERATION(sign, 1, scalar::sign(a))                                 \
  JIXIAO_OPERATION(root, 1, std::sqrt(a))                                    \
  JIXIAO_OPERATION(exp, 1, numeric::elementary::exp(a))                      \
  JIXIAO_OPERATION(ln, 1, numeric::elementary::ln(a))                        \
  JIXIAO_OPERATION(log2, 1, numeric::elementary::log2(a))                    \
  JIXIAO_OPERATION(log10, 1, numeric::elementary::log10(a))                  \
  JIXIAO_OPERATION(sin, 1, numeric::elementary::sin(a))                      \
  JIXIAO_OPERATION(cos, 1, numeric::elementary::cos(a))                      \
  JIXIAO_OPERATION(floor, 1, scalar::floor(a))                               \
  JIXIAO_OPERATION(ceil, 1, scalar::ceil(a))                                 \
  JIXIAO_OPERATION(trunc, 1, scalar::trunc(a))                               \
  JIXIAO_OPERATION(round, 2, scalar::round(a, b))                            \
  JIXIAO_OPERATION(steps_full, 2, scalar::steps_full(a, b))                  \
  JIXIAO_OPERATION(steps_ceil, 2, scalar::steps_ceil(a, b))                  \
  JIXIAO_OPERATION(steps_fraction, 2, scalar::steps_fraction(a, b))          \
  JIXIAO_OPERATION(year, 1, scalar::year(a))                                 \
  JIXIAO_OPERATION(month, 1, scalar::month(a))                               \
  JIXIAO_OPERATION(day, 1, scalar::day(a))

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
    case Operation::held_back: return true;
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
