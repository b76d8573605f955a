#include "prover/enclosure.hpp"

#include <algorithm>
#include <cmath>

#include "formula/routine.hpp"
#include "formula/scalar.hpp"
#include "prover/operations.hpp"

namespace jixiao::prover {
namespace {

// What a comparison that allows for rounding may hide, relative to the numbers.
constexpr double slack = 0x1p-40;

// The first is at most the second; up to slack where the comparison allows for rounding.
struct Order {
  Id first = 0, second = 0;
  bool is_exact = false;
  bool is_strict = false;  // they are not equal; only where it is exact
};

// What the condition, holding or not, says of the order of values.
void add_orders(const Graph& graph, Id id, bool holds, std::vector<Order>& orders) {
  const Value& value = graph[id];
  if (value.kind != Value::Kind::operation) return;
  const auto [a, b, c, d] = value.operands;
  switch (value.operation) {
    case Operation::less:
      orders.push_back(holds ? Order{a, b, true, true} : Order{b, a, true, false});
      break;
    case Operation::less_equal:
      orders.push_back(holds ? Order{a, b, true, false} : Order{b, a, true, true});
      break;
    case Operation::less_within:
    case Operation::less_near:
    case Operation::less_equal_within:
    case Operation::less_equal_near:
      orders.push_back(holds ? Order{a, b, false, false} : Order{b, a, false, false});
      break;
    case Operation::equal:
    case Operation::equal_within:
    case Operation::equal_near:
      if (holds) orders.push_back({a, b, false, false}), orders.push_back({b, a, false, false});
      break;
    case Operation::unequal:
      if (!holds) orders.push_back({a, b, false, false}), orders.push_back({b, a, false, false});
      break;
    case Operation::opposite: add_orders(graph, a, !holds, orders); break;
    case Operation::both:
      if (holds) add_orders(graph, a, true, orders), add_orders(graph, b, true, orders);
      break;
    case Operation::either:
      if (!holds) add_orders(graph, a, false, orders), add_orders(graph, b, false, orders);
      break;
    default: break;
  }
}

}  // namespace

Enclosure Enclosure::constant(const Range& value) {
  return {value, Range::point(0), false, false, true, true};
}

Enclosure Enclosure::unknown() {
  return {Range::everything(), Range::everything(), true, true, false, false};
}

// One evaluation over one box.
class Encloser::Run {
 public:
  Run(const Graph& graph, const Box& box) : graph_(graph), box_(box) {}

  // In a branch: the orders known there.
  struct Branch {
    std::vector<Order> orders;
    std::vector<std::optional<Enclosure>> done;
  };

  Enclosure of(Id id, Branch& branch) {
    if (branch.done[id]) return *branch.done[id];
    Enclosure out = made(id, branch);
    operations::settle(out);
    branch.done[id] = out;
    return out;
  }

 private:
  Enclosure made(Id id, Branch& branch) {
    const Value& value = graph_[id];
    if (value.kind == Value::Kind::constant) return constant(value.constant);
    if (value.kind == Value::Kind::variable) {
      const Range range = narrowed_here(id, branch);
      if (value.variable != box_.x) return Enclosure::constant(range);
      return {range, Range::point(1), false, false, true, false};
    }
    const auto [a, b, c, d] = value.operands;
    switch (value.operation) {
      case Operation::choose: return chosen(a, of(a, branch), b, c, branch);
      case Operation::choose_less:
        return compared(operations::less(of(a, branch), of(b, branch), a == b), {a, b, true, true},
                        Order{b, a, true, false}, c, d, branch);
      case Operation::choose_less_equal:
        return compared(operations::less_equal(of(a, branch), of(b, branch), a == b),
                        {a, b, true, false}, Order{b, a, true, true}, c, d, branch);
      case Operation::choose_equal:
        return compared(operations::equal(of(a, branch), of(b, branch), a == b),
                        {a, b, true, false}, {}, c, d, branch);
      case Operation::subtract: return difference(a, b, branch);
      case Operation::divide: return quotient(a, b, branch);
      case Operation::scaled: return scaled(a, b, c, branch);
      default: break;
    }
    Enclosure operands[4];
    const int count = formula::operand_count(value.operation);
    for (int k = 0; k < count; ++k)
      operands[k] = of(value.operands[static_cast<std::size_t>(k)], branch);
    return operations::enclosure(value.operation, operands, a == b, graph_.calendar());
  }

  // What a value that is a number or a variable may be; everything for others.
  [[nodiscard]] Range given(Id id) const {
    const Value& value = graph_[id];
    if (value.kind == Value::Kind::constant && !std::isnan(value.constant))
      return Range::point(value.constant);
    return value.kind == Value::Kind::variable ? box_.variables[value.variable]
                                               : Range::everything();
  }

  // A variable where the branch's condition holds. Where nothing is left the branch is not taken.
  [[nodiscard]] Range narrowed_here(Id id, const Branch& branch) const {
    Range range = given(id);
    for (const Order& order : branch.orders) {
      if (!order.is_exact) continue;
      Range next = range;
      if (order.second == id) {
        const double least = given(order.first).low;
        const double next_one = least == 0 ? box_.smallest : std::nextafter(least, Range::infinity);
        next.low = std::max(range.low, order.is_strict ? next_one : least);
      }
      if (order.first == id) {
        const double most = given(order.second).high;
        next.high =
            std::min(range.high, order.is_strict ? std::nextafter(most, -Range::infinity) : most);
      }
      if (next.low <= next.high) range = next;
    }
    return range;
  }

  static Enclosure constant(double x) {
    return std::isnan(x) ? Enclosure::unknown() : Enclosure::constant(Range::point(x));
  }

  Branch inside(const Branch& outer, const std::vector<Order>& more) const {
    Branch branch{outer.orders, std::vector<std::optional<Enclosure>>(graph_.size())};
    branch.orders.insert(branch.orders.end(), more.begin(), more.end());
    return branch;
  }

  Enclosure chosen(Id condition, const Enclosure& chosen_by, Id then, Id otherwise,
                   const Branch& branch) {
    std::vector<Order> holds, fails;
    add_orders(graph_, condition, true, holds);
    add_orders(graph_, condition, false, fails);
    return joined(chosen_by, holds, fails, then, otherwise, branch);
  }

  Enclosure compared(const Enclosure& chosen_by, Order holds, std::optional<Order> fails, Id then,
                     Id otherwise, const Branch& branch) {
    std::vector<Order> if_true{holds}, if_false;
    if (fails) {
      if_false.push_back(*fails);
    } else {
      if_true.push_back({holds.second, holds.first, holds.is_exact, false});
    }
    return joined(chosen_by, if_true, if_false, then, otherwise, branch);
  }

  Enclosure joined(const Enclosure& chosen_by, const std::vector<Order>& holds,
                   const std::vector<Order>& fails, Id then, Id otherwise, const Branch& branch) {
    Enclosure out;
    if (chosen_by.is_true()) {
      Branch taken = inside(branch, holds);
      out = of(then, taken);
    } else if (chosen_by.is_false()) {
      Branch taken = inside(branch, fails);
      out = of(otherwise, taken);
    } else {
      Branch first = inside(branch, holds);
      Branch second = inside(branch, fails);
      out = operations::choice(chosen_by, of(then, first), of(otherwise, second));
    }
    out.may_be_none = out.may_be_none || chosen_by.may_be_none;
    return out;
  }

  // A value that is taken as 0 where it may be: the same value as far as orders go.
  [[nodiscard]] Id plain(Id id) const {
    while (graph_[id].kind == Value::Kind::operation &&
           graph_[id].operation == Operation::zero_within)
      id = graph_[id].operands[0];
    return id;
  }

  [[nodiscard]] bool is_ordered(Id smaller, Id larger, const Branch& branch) const {
    const Id first = plain(smaller), second = plain(larger);
    return std::any_of(branch.orders.begin(), branch.orders.end(), [&](const Order& order) {
      return plain(order.first) == first && plain(order.second) == second;
    });
  }

  Enclosure difference(Id a, Id b, Branch& branch) {
    const Enclosure of_a = of(a, branch);
    const Enclosure of_b = of(b, branch);
    if (a == b && of_a.value.is_finite())
      return {Range::point(0), Range::point(0), false, of_a.may_be_none, true, true};
    Enclosure out = operations::difference(of_a, of_b);
    const double most = std::max(absolute(of_a.value).high, absolute(of_b.value).high);
    const double off = std::isfinite(most) ? slack * most : 0;
    if (!std::isfinite(most)) return out;
    if (is_ordered(a, b, branch)) out.value = common(out.value, {-Range::infinity, off});
    if (is_ordered(b, a, branch)) out.value = common(out.value, {-off, Range::infinity});
    return out;
  }

  Enclosure quotient(Id a, Id b, Branch& branch) {
    const Enclosure of_a = of(a, branch);
    const Enclosure of_b = of(b, branch);
    Enclosure out = operations::quotient(of_a, of_b);
    if (of_b.value.low > 0) {
      if (is_ordered(a, b, branch)) out.value = common(out.value, {-Range::infinity, 1 + slack});
      if (is_ordered(b, a, branch)) out.value = common(out.value, {1 - slack, Range::infinity});
    }
    return out;
  }

  // a*b/c, which rounds twice on its way.
  Enclosure scaled(Id a, Id b, Id c, Branch& branch) {
    Enclosure out = operations::product(of(a, branch), quotient(b, c, branch));
    const Enclosure other = operations::product(of(b, branch), quotient(a, c, branch));
    out.value = common(wider(out.value, 4), wider(other.value, 4));
    return out;
  }

  const Graph& graph_;
  const Box& box_;
};

Encloser::Encloser(const Graph& graph) : graph_(graph) {}

void Encloser::know(std::size_t smaller, std::size_t larger) {
  const auto first = graph_.variable(smaller);
  const auto second = graph_.variable(larger);
  if (first && second) known_.emplace_back(*first, *second);
}

Enclosure Encloser::enclose(const Box& box) const {
  Run run(graph_, box);
  Run::Branch whole{{}, std::vector<std::optional<Enclosure>>(graph_.size())};
  for (const auto& [smaller, larger] : known_)
    whole.orders.push_back({smaller, larger, false, false});
  return run.of(graph_.result(), whole);
}

std::vector<std::pair<std::size_t, std::size_t>> ordered_pairs(const Graph& condition) {
  std::vector<Order> orders;
  add_orders(condition, condition.result(), true, orders);
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (const auto& [a, b, is_exact, is_strict] : orders) {
    if (condition[a].kind == Value::Kind::variable && condition[b].kind == Value::Kind::variable)
      out.emplace_back(condition[a].variable, condition[b].variable);
  }
  return out;
}

namespace {

// A value that depends on no variable but those at one point: that number.
std::optional<double> fixed_number(const Graph& graph, Id id, const Box& box) {
  const Value& value = graph[id];
  if (value.kind == Value::Kind::constant) return value.constant;
  if (value.kind == Value::Kind::variable && box.variables[value.variable].is_point())
    return box.variables[value.variable].low;
  return std::nullopt;
}

}  // namespace

std::optional<Box> narrowed(const Graph& condition, Box box) {
  std::vector<Order> orders;
  add_orders(condition, condition.result(), true, orders);
  for (const auto& [a, b, is_exact, strict] : orders) {
    const auto of_a = fixed_number(condition, a, box);
    const auto of_b = fixed_number(condition, b, box);
    if (of_b && condition[a].kind == Value::Kind::variable) {
      Range& range = box.variables[condition[a].variable];
      range.high = std::min(range.high, strict ? std::nextafter(*of_b, -Range::infinity) : *of_b);
    }
    if (of_a && condition[b].kind == Value::Kind::variable) {
      Range& range = box.variables[condition[b].variable];
      range.low = std::max(range.low, strict ? std::nextafter(*of_a, Range::infinity) : *of_a);
    }
  }
  for (const Range& range : box.variables) {
    if (!(range.low <= range.high)) return std::nullopt;
  }
  return box;
}

}  // namespace jixiao::prover
