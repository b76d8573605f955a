// The functions a formula may call: one table for the checker, the translator, the messages and
// muParser.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formula/formula.hpp"
#include "formula/operation.hpp"

namespace mu {
class Parser;
}

namespace jixiao::formula {

enum class Function {
  minimum,
  maximum,
  sum,
  average,
  median,
  given,
  sum_given,
  average_given,
  count_given,
  clamp,
  absolute,
  sign,
  root,
  exp,
  ln,
  log10,
  log2,
  sin,
  cos,
  floor,
  ceil,
  trunc,
  round,
  steps_full,
  steps_ceil,
  steps_fraction,
  workdays,
  year,
  month,
  day
};

// Whether a function asks which of its arguments, names all of them, are there.
constexpr bool asks_what_is_given(Function function) {
  return function >= Function::given && function <= Function::count_given;
}

// How many values median() takes at most.
inline constexpr std::size_t most_in_median = 100;

struct FunctionRow {
  Function function;
  const char* name;
  const char* signature;
  int arguments;  // -1: one or more
  const char* zh;
  const char* en;
};

std::span<const FunctionRow> function_rows();
const FunctionRow* find_function(std::string_view name);
const FunctionRow& row_of(Function function);
std::vector<std::string> function_names();

// Makes `parser` speak this language: its names, functions and signs, optimiser off. `calendar` may
// be null (workdays() then gives NaN) and must outlive the parser. The signs are defined anew
// because muParser's own ^ is the C library's pow, whose last bits depend on the processor; the
// others compute what muParser's compute.
void register_functions(mu::Parser& parser, const value::Calendar* calendar);
// Only workdays(), for a parser that has been taught everything before.
void register_calendar(mu::Parser& parser, const value::Calendar* calendar);
// The same with muParser's own signs.
void register_formula_functions(mu::Parser& parser, const value::Calendar* calendar);

// What a callback in muParser's bytecode is: a function, or a sign. A sign that is neither an
// operation nor swapped does nothing: +x.
struct Callback {
  std::optional<Function> function;
  std::optional<Operation> operation;
  bool swapped = false;  // a > b is b < a
};
Callback identify(void (*raw)());

}  // namespace jixiao::formula
