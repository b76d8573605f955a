// A compiled formula as values made of values, to be reasoned about: bounded, compared, changed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "formula/compiled.hpp"

namespace jixiao::prover {

using formula::Operation;

// A number of a value in its graph.
using Id = std::uint32_t;

struct Value {
  enum class Kind { variable, constant, operation } kind = Kind::constant;
  std::size_t variable = 0;  // position in the formula's scope
  double constant = 0;
  Operation operation{};
  std::array<Id, 4> operands{};
};

// Operands stand before what is made of them. Operations that are two in one are taken apart.
class Graph {
 public:
  explicit Graph(const formula::Formula& formula);

  [[nodiscard]] Id result() const { return result_; }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }
  [[nodiscard]] const Value& operator[](Id id) const { return values_[id]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const value::Calendar* calendar() const { return calendar_; }
  // The value that is the variable; nothing where the formula does without.
  [[nodiscard]] std::optional<Id> variable(std::size_t position) const;
  [[nodiscard]] bool names(std::size_t position) const { return variable(position).has_value(); }
  // All values the result needs.
  [[nodiscard]] std::vector<bool> needed() const;

  // The result with `weight` taken from it, rewritten so that what stands beside the weight is
  // seen: max(0, W - x) less W is max(-W, -x). Equal to that difference on paper.
  [[nodiscard]] Graph less(std::size_t weight) const;
  // The result, held to 0 .. the variable `weight`.
  [[nodiscard]] Graph held(std::size_t weight) const;
  // The result with the opposite sign.
  [[nodiscard]] Graph negated() const;
  // Where all working days the formula counts are counted between the same two days: with that
  // count as one variable more, at position `position`. Nothing where there are none, or several.
  [[nodiscard]] std::optional<Graph> with_workdays(std::size_t position) const;

  // One row, as the engine computes it. `values`: one per position.
  [[nodiscard]] double evaluate(std::span<const double> values) const;

 private:
  Id add(const Value& value);
  Id made(Operation operation, std::array<Id, 4> operands);
  Id constant(double x);
  Id variable_of(std::size_t position);
  Id less_weight(Id id, Id weight, std::vector<std::optional<Id>>& known);
  [[nodiscard]] bool depends(Id id, Id on) const;

  std::vector<Value> values_;
  Id result_ = 0;
  const value::Calendar* calendar_ = nullptr;
};

}  // namespace jixiao::prover
