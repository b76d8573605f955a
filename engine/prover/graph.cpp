#include "prover/graph.hpp"

#include "formula/routine.hpp"

namespace jixiao::prover {

Graph::Graph(const formula::Formula& formula) {
  const formula::Formula::Program& program = formula.program();
  const formula::Routine& routine = program.routine;
  calendar_ = program.calendar.get();
  std::vector<Id> ids;
  for (const std::size_t input : routine.inputs) {
    Value value{Value::Kind::variable};
    value.variable = input;
    ids.push_back(add(value));
  }
  for (const double x : routine.constants) ids.push_back(constant(x));
  for (const formula::Instruction& one : routine.instructions) {
    std::array<Id, 4> from{};
    for (int k = 0; k < formula::operand_count(one.operation); ++k)
      from[static_cast<std::size_t>(k)] = ids[one.operands[k]];
    const auto [a, b, c, d] = from;
    switch (one.operation) {
      case Operation::held:
        ids.push_back(made(Operation::maximum, {a, made(Operation::minimum, {b, c})}));
        break;
      case Operation::held_back:
        ids.push_back(made(Operation::maximum, {made(Operation::minimum, {a, b}), c}));
        break;
      default: ids.push_back(made(one.operation, from)); break;
    }
  }
  result_ = ids[routine.result];
}

Id Graph::add(const Value& value) {
  values_.push_back(value);
  return static_cast<Id>(values_.size() - 1);
}

Id Graph::made(Operation operation, std::array<Id, 4> operands) {
  for (Id id = 0; id < values_.size(); ++id) {
    const Value& known = values_[id];
    if (known.kind == Value::Kind::operation && known.operation == operation &&
        known.operands == operands)
      return id;
  }
  Value value{Value::Kind::operation};
  value.operation = operation;
  value.operands = operands;
  return add(value);
}

Id Graph::constant(double x) {
  for (Id id = 0; id < values_.size(); ++id) {
    if (values_[id].kind == Value::Kind::constant && values_[id].constant == x) return id;
  }
  Value value{Value::Kind::constant};
  value.constant = x;
  return add(value);
}

std::optional<Id> Graph::variable(std::size_t position) const {
  for (Id id = 0; id < values_.size(); ++id) {
    if (values_[id].kind == Value::Kind::variable && values_[id].variable == position) return id;
  }
  return std::nullopt;
}

Id Graph::variable_of(std::size_t position) {
  if (const auto known = variable(position)) return *known;
  Value value{Value::Kind::variable};
  value.variable = position;
  return add(value);
}

std::vector<bool> Graph::needed() const {
  std::vector<bool> needed(values_.size());
  std::vector<Id> waiting{result_};
  while (!waiting.empty()) {
    const Id id = waiting.back();
    waiting.pop_back();
    if (needed[id]) continue;
    needed[id] = true;
    if (values_[id].kind != Value::Kind::operation) continue;
    for (int k = 0; k < formula::operand_count(values_[id].operation); ++k)
      waiting.push_back(values_[id].operands[static_cast<std::size_t>(k)]);
  }
  return needed;
}

bool Graph::depends(Id id, Id on) const {
  Graph part = *this;
  part.result_ = id;
  return part.needed()[on];
}

// The value less the weight.
Id Graph::less_weight(Id id, Id weight, std::vector<std::optional<Id>>& known) {
  if (id < known.size() && known[id]) return *known[id];
  const Value value = values_[id];
  const auto plain = [&] { return made(Operation::subtract, {id, weight}); };
  Id out = 0;
  if (id == weight) {
    out = constant(0);
  } else if (value.kind != Value::Kind::operation) {
    out = plain();
  } else {
    const auto [a, b, c, d] = value.operands;
    const auto of = [&](Id part) { return less_weight(part, weight, known); };
    // x times the weight less the weight: weight * (x - 1).
    const auto times = [&](Id share) {
      return made(Operation::multiply, {weight, made(Operation::subtract, {share, constant(1)})});
    };
    switch (value.operation) {
      case Operation::maximum:
      case Operation::minimum: out = made(value.operation, {of(a), of(b)}); break;
      case Operation::choose: out = made(value.operation, {a, of(b), of(c)}); break;
      case Operation::choose_less:
      case Operation::choose_less_equal:
      case Operation::choose_equal: out = made(value.operation, {a, b, of(c), of(d)}); break;
      case Operation::subtract:
        out = depends(a, weight) ? made(Operation::subtract, {of(a), b}) : plain();
        break;
      case Operation::add:
        out = depends(a, weight)   ? made(Operation::add, {of(a), b})
              : depends(b, weight) ? made(Operation::add, {a, of(b)})
                                   : plain();
        break;
      case Operation::multiply:
        out = a == weight ? times(b) : b == weight ? times(a) : plain();
        break;
      case Operation::scaled:
        out = a == weight   ? times(made(Operation::divide, {b, c}))
              : b == weight ? times(made(Operation::divide, {a, c}))
                            : plain();
        break;
      case Operation::divide:
        out = a == weight ? times(made(Operation::divide, {constant(1), b})) : plain();
        break;
      default: out = plain(); break;
    }
  }
  if (id < known.size()) known[id] = out;
  return out;
}

Graph Graph::less(std::size_t weight) const {
  Graph out = *this;
  const Id id = out.variable_of(weight);
  std::vector<std::optional<Id>> known(out.values_.size());
  out.result_ = out.less_weight(out.result_, id, known);
  return out;
}

Graph Graph::held(std::size_t weight) const {
  Graph out = *this;
  const Id id = out.variable_of(weight);
  const Id zero = out.constant(0);
  out.result_ =
      out.made(Operation::maximum, {zero, out.made(Operation::minimum, {id, out.result_})});
  return out;
}

Graph Graph::negated() const {
  Graph out = *this;
  out.result_ = out.made(Operation::negate, {out.result_});
  return out;
}

std::optional<Graph> Graph::with_workdays(std::size_t position) const {
  std::optional<Id> counted;
  for (Id id = 0; id < values_.size(); ++id) {
    if (values_[id].kind != Value::Kind::operation || values_[id].operation != Operation::workdays)
      continue;
    if (counted) return std::nullopt;
    counted = id;
  }
  if (!counted) return std::nullopt;
  Graph out = *this;
  out.values_[*counted] = Value{Value::Kind::variable, position};
  // What only the count of days asked for is not named any more.
  const std::vector<bool> needed = out.needed();
  for (Id id = 0; id < out.values_.size(); ++id) {
    if (!needed[id] && out.values_[id].kind == Value::Kind::variable) out.values_[id] = Value{};
  }
  return out;
}

double Graph::evaluate(std::span<const double> values) const {
  std::vector<double> known(values_.size());
  for (Id id = 0; id < values_.size(); ++id) {
    const Value& value = values_[id];
    if (value.kind == Value::Kind::variable) {
      known[id] = values[value.variable];
    } else if (value.kind == Value::Kind::constant) {
      known[id] = value.constant;
    } else {
      double operands[4] = {};
      for (int k = 0; k < formula::operand_count(value.operation); ++k)
        operands[k] = known[value.operands[static_cast<std::size_t>(k)]];
      known[id] = formula::run_one(value.operation, operands, calendar_);
    }
  }
  return known[result_];
}

}  // namespace jixiao::prover
