#include "prover/symmetry.hpp"

#include <algorithm>

namespace jixiao::prover {
namespace {

using MaybeDegree = std::optional<Degree>;

// The degree of what two values of these degrees make together.
MaybeDegree alike(const MaybeDegree& a, const MaybeDegree& b) {
  if (!a || !b) return std::nullopt;
  if (a->is_any) return b;
  if (b->is_any || a->degree == b->degree) return a;
  return std::nullopt;
}

MaybeDegree times(const MaybeDegree& a, const MaybeDegree& b, double sign) {
  if (!a || !b) return std::nullopt;
  if (a->is_any) return a;
  if (b->is_any) return sign > 0 ? b : MaybeDegree{};
  return Degree{false, a->degree + sign * b->degree};
}

MaybeDegree constant_if(bool holds) { return holds ? MaybeDegree(Degree{}) : std::nullopt; }

class Scaling {
 public:
  Scaling(const Graph& graph, const std::vector<bool>& marked) : graph_(graph), marked_(marked) {}

  MaybeDegree of_result() {
    const std::vector<bool> needed = graph_.needed();
    known_.assign(graph_.size(), std::nullopt);
    std::vector<bool> done(graph_.size());
    // Values that were added later may stand after what is made of them: until nothing changes.
    for (bool changed = true; changed;) {
      changed = false;
      for (Id id = 0; id < graph_.size(); ++id) {
        if (!needed[id] || done[id] || !ready(id, done)) continue;
        known_[id] = of(graph_[id]);
        done[id] = changed = true;
      }
    }
    return known_[graph_.result()];
  }

 private:
  [[nodiscard]] bool ready(Id id, const std::vector<bool>& done) const {
    const Value& value = graph_[id];
    if (value.kind != Value::Kind::operation) return true;
    for (int k = 0; k < formula::operand_count(value.operation); ++k) {
      if (!done[value.operands[static_cast<std::size_t>(k)]]) return false;
    }
    return true;
  }

  MaybeDegree of(const Value& value) const {
    if (value.kind == Value::Kind::variable)
      return Degree{false, marked_[value.variable] ? 1.0 : 0.0};
    if (value.kind == Value::Kind::constant) return Degree{value.constant == 0, 0};
    const MaybeDegree& a = known_[value.operands[0]];
    const MaybeDegree& b = known_[value.operands[1]];
    const MaybeDegree& c = known_[value.operands[2]];
    const MaybeDegree& d = known_[value.operands[3]];
    switch (value.operation) {
      case Operation::add:
      case Operation::subtract:
      case Operation::minimum:
      case Operation::maximum: return alike(a, b);
      case Operation::multiply: return times(a, b, 1);
      case Operation::divide: return times(a, b, -1);
      case Operation::scaled: return times(times(a, b, 1), c, -1);
      case Operation::power: return of_power(value);
      case Operation::less:
      case Operation::less_equal:
      case Operation::equal:
      case Operation::unequal: return constant_if(alike(a, b).has_value());
      case Operation::less_within:
      case Operation::less_equal_within:
      case Operation::equal_within: return constant_if(alike(alike(a, b), c).has_value());
      case Operation::less_near:
      case Operation::less_equal_near:
      case Operation::equal_near: return constant_if(alike(a, b) && c && c->is(0) && d && d->is(0));
      case Operation::both:
      case Operation::either: return constant_if(a && b);
      case Operation::opposite:
      case Operation::sign: return constant_if(a.has_value());
      case Operation::sign_within: return constant_if(alike(a, b).has_value());
      case Operation::choose: return a ? alike(b, c) : std::nullopt;
      case Operation::choose_less:
      case Operation::choose_less_equal:
      case Operation::choose_equal: return alike(a, b) ? alike(c, d) : std::nullopt;
      case Operation::negate:
      case Operation::absolute: return a;
      case Operation::zero_within:
      case Operation::away: return alike(a, b) ? a : std::nullopt;
      case Operation::root: return a ? MaybeDegree(Degree{a->is_any, a->degree / 2}) : std::nullopt;
      case Operation::steps: return a ? b : std::nullopt;
      case Operation::bound_of: return c && c->is(0) && d && d->is(0) ? alike(a, b) : std::nullopt;
      case Operation::minimum_bound:
      case Operation::maximum_bound: return alike(alike(a, b), alike(c, d));
      default: return of_constants(value);
    }
  }

  MaybeDegree of_power(const Value& value) const {
    const MaybeDegree& base = known_[value.operands[0]];
    const MaybeDegree& exponent = known_[value.operands[1]];
    const Value& written = graph_[value.operands[1]];
    if (!base || !exponent || !exponent->is(0)) return std::nullopt;
    if (base->is(0)) return Degree{};
    if (written.kind != Value::Kind::constant) return std::nullopt;
    return Degree{false, base->degree * written.constant};
  }

  MaybeDegree of_constants(const Value& value) const {
    for (int k = 0; k < formula::operand_count(value.operation); ++k) {
      const MaybeDegree& one = known_[value.operands[static_cast<std::size_t>(k)]];
      if (!one || !one->is(0)) return std::nullopt;
    }
    return Degree{};
  }

  const Graph& graph_;
  const std::vector<bool>& marked_;
  std::vector<MaybeDegree> known_;
};

class Shifting {
 public:
  Shifting(const Graph& graph, const std::vector<bool>& marked)
      : graph_(graph), marked_(marked), known_(graph.size()), done_(graph.size()) {}

  std::optional<double> of(Id id) {
    if (!done_[id]) {
      known_[id] = made(id);
      done_[id] = true;
    }
    return known_[id];
  }

 private:
  std::optional<double> made(Id id) {
    const Value& value = graph_[id];
    if (value.kind == Value::Kind::variable) return marked_[value.variable] ? 1.0 : 0.0;
    if (value.kind == Value::Kind::constant) return 0.0;
    const auto [a, b, c, d] = value.operands;
    switch (value.operation) {
      case Operation::add: return both(a, b, 1);
      case Operation::subtract: return both(a, b, -1);
      case Operation::negate: {
        const auto one = of(a);
        return one ? std::optional<double>(-*one) : std::nullopt;
      }
      case Operation::multiply: return times(a, b);
      case Operation::minimum:
      case Operation::maximum: return alike(a, b);
      case Operation::less:
      case Operation::less_equal:
      case Operation::equal:
      case Operation::unequal:
      case Operation::less_near:
      case Operation::less_equal_near:
      case Operation::equal_near:
      case Operation::less_within:
      case Operation::less_equal_within:
      case Operation::equal_within: return alike(a, b) ? std::optional<double>(0) : std::nullopt;
      case Operation::choose: return is_still(a) ? alike(b, c) : std::nullopt;
      case Operation::choose_less:
      case Operation::choose_less_equal:
      case Operation::choose_equal: return alike(a, b) ? alike(c, d) : std::nullopt;
      case Operation::away: return of(a);
      case Operation::zero_within: return is_still(a) ? std::optional<double>(0) : std::nullopt;
      case Operation::floor_within:
      case Operation::ceil_within:
      case Operation::trunc_within:
      case Operation::sign_within: return is_still(a) ? std::optional<double>(0) : std::nullopt;
      case Operation::bound_of:
      case Operation::minimum_bound:
      case Operation::maximum_bound:
      case Operation::root_bound:
      case Operation::power_bound: return 0.0;
      default: return of_still(value);
    }
  }

  bool is_still(Id id) {
    const auto one = of(id);
    return one && *one == 0;
  }
  std::optional<double> both(Id a, Id b, double sign) {
    const auto of_a = of(a), of_b = of(b);
    if (!of_a || !of_b) return std::nullopt;
    return *of_a + sign * *of_b;
  }
  std::optional<double> alike(Id a, Id b) {
    const auto of_a = of(a), of_b = of(b);
    return of_a && of_b && *of_a == *of_b ? of_a : std::nullopt;
  }
  std::optional<double> times(Id a, Id b) {
    const auto of_a = of(a), of_b = of(b);
    if (!of_a || !of_b) return std::nullopt;
    if (*of_a == 0 && *of_b == 0) return 0.0;
    if (*of_a == 0 && graph_[a].kind == Value::Kind::constant) return graph_[a].constant * *of_b;
    if (*of_b == 0 && graph_[b].kind == Value::Kind::constant) return graph_[b].constant * *of_a;
    return std::nullopt;
  }
  std::optional<double> of_still(const Value& value) {
    for (int k = 0; k < formula::operand_count(value.operation); ++k) {
      if (!is_still(value.operands[static_cast<std::size_t>(k)])) return std::nullopt;
    }
    return 0.0;
  }

  const Graph& graph_;
  const std::vector<bool>& marked_;
  std::vector<std::optional<double>> known_;
  std::vector<bool> done_;
};

}  // namespace

std::optional<Degree> scaled_degree(const Graph& graph, const std::vector<bool>& marked) {
  return Scaling(graph, marked).of_result();
}

std::optional<double> shifted_by(const Graph& graph, const std::vector<bool>& marked) {
  return Shifting(graph, marked).of(graph.result());
}

}  // namespace jixiao::prover
