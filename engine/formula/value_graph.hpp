// The values of a formula while it is translated: variables, constants and instructions, each made
// once, and how far each may be off.
//
// Where a comparison, a step or a condition asks how far a value may be off (value/edge.hpp),
// instructions that compute it are added; those nobody asks for are never made.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "formula/formula.hpp"
#include "formula/operation.hpp"

namespace jixiao::formula {

class ValueGraph {
 public:
  using Operands = std::array<std::uint32_t, 4>;

  // `with_bound`: the bounded variable of the scope brings its bounds. Refers to `scope`.
  ValueGraph(const Scope& scope, bool with_bound)
      : scope_(scope), with_bound_(with_bound), calendar_(scope.calendar.get()) {}

  std::uint32_t variable(std::size_t position);
  // A number as it was written: a whole number is what it says, any other decimal was rounded once.
  std::uint32_t written(double x);
  // Equal instructions get one number; those of constants are constants.
  std::uint32_t make(Operation operation, const Operands& operands);

  // A sign of two sides.
  std::uint32_t binary(Operation operation, std::uint32_t left, std::uint32_t right);
  // `given` of x, or `within` of it and its bound.
  std::uint32_t stepped(Operation given, Operation within, std::uint32_t x);
  std::uint32_t steps(Operation given, Operation within, std::uint32_t x, std::uint32_t size);
  std::uint32_t rounded(std::uint32_t x, std::uint32_t digits);
  // A date's day.
  std::uint32_t whole_day(std::uint32_t x);
  // A value where it counts whether it is zero: 0 where it is within its bound of it.
  std::uint32_t known_zero(std::uint32_t a);
  // How far a value may be off, as a value.
  std::uint32_t whole_bound(std::uint32_t a);

 protected:
  enum class Kind { variable, constant, instruction };
  struct Value {
    Kind kind;
    std::size_t variable = 0;
    double constant = 0;
    double bound = 0;  // of a constant
    Operation operation{};
    Operands operands{};
  };

  std::uint32_t constant(double x, double bound = 0);

  std::vector<Value> values_;  // operands before what is made of them

 private:
  using Key = std::pair<int, std::array<std::uint64_t, 4>>;
  // So much of the value itself, and the value `more` besides.
  struct Bound {
    double relative = 0;
    std::optional<std::uint32_t> more;
  };

  std::uint32_t number(const Key& key, const Value& value);
  // For instructions that compute bounds: how far those are off is covered by value::one_rounding.
  std::uint32_t plain(Operation operation, const Operands& operands);
  std::uint32_t instruction(Operation operation, const Operands& operands);
  [[nodiscard]] bool all_constant(Operation operation, const Operands& operands) const;
  [[nodiscard]] double folded(Operation operation, const Operands& operands) const;

  [[nodiscard]] bool brings_bound(const Value& value) const;
  [[nodiscard]] double bound_of_variable(std::size_t position) const;
  Bound bound_of(std::uint32_t at);
  // Of `value`, which is at `at` unless it is being folded to x.
  Bound bound_of(const Value& value, std::optional<std::uint32_t> at, double x);
  Bound bound_of_power(std::uint32_t base, std::uint32_t exponent, std::uint32_t result);
  Bound bound_of_logarithm(std::uint32_t of, double scale);
  // Of the branch taken; `first` are the operands before the branches.
  Bound bound_of_choice(Operation operation, std::uint32_t then, std::uint32_t otherwise,
                        Operands first, std::size_t count);
  std::uint32_t sum(std::optional<std::uint32_t> left, std::uint32_t right);
  // Of a and b together.
  std::uint32_t joint_bound(std::uint32_t a, std::uint32_t b);

  // A number as it was given, or exact: two of them are equal when they are the same double.
  bool is_given(std::uint32_t at);
  bool is_exact(std::uint32_t at);
  std::uint32_t compare(Operation given, Operation near, Operation within, std::uint32_t a,
                        std::uint32_t b);
  std::uint32_t compare(Operation operation, std::uint32_t a, std::uint32_t b);

  const Scope& scope_;
  bool with_bound_;
  const value::Calendar* calendar_;
  std::map<Key, std::uint32_t> known_;
  std::map<std::uint32_t, Bound> bounds_;
};

}  // namespace jixiao::formula
