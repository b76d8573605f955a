// Units through a formula: what is added, compared or chosen between must be of one kind. Values
// are never touched.
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "formula/compiled.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::formula {
namespace {

using text::Code;
using value::Unit;

// The unit of a part, if it can be told. A literal takes whatever unit it meets.
struct Measure {
  std::optional<Unit> unit;
  bool literal = false;
  std::optional<double> number;  // of a literal
};

Text shown(const Measure& measure) {
  if (measure.unit->is_date()) return {"日期", "a date"};
  if (measure.unit->is_number()) return {"纯数", "a pure number"};
  const std::string name = measure.unit->text().empty() ? measure.unit->base().text()
                                                        : measure.unit->text();
  return {name, name};
}

class Inference {
 public:
  Inference(const Tree& tree, const text::Located& source, std::span<const Unit> units,
            std::vector<Diagnostic>& diagnostics)
      : tree_(tree),
        source_(source),
        units_(units),
        diagnostics_(diagnostics),
        days_(Unit::parse("天").value_or(Unit())),
        workdays_(Unit::parse("工作日").value_or(Unit())) {}

  std::optional<Unit> run() {
    measures_.reserve(tree_.nodes.size());
    for (const Node& node : tree_.nodes) measures_.push_back(measure(node));
    return measures_.back().unit;
  }

 private:
  static Measure of(Unit unit) { return {std::move(unit), false, std::nullopt}; }
  static Measure unknown() { return {}; }
  static Measure literal(std::optional<double> number) { return {Unit(), true, number}; }

  [[nodiscard]] const Measure& child(const Node& node, std::size_t i) const {
    return measures_[tree_.children_of(node)[i]];
  }

  Measure measure(const Node& node) {
    switch (node.kind) {
      case NodeKind::number: return literal(node.number);
      case NodeKind::variable: return of(units_[node.variable]);
      case NodeKind::unary: return unary(node);
      case NodeKind::binary: return binary(node);
      case NodeKind::conditional: return meet(node, child(node, 1), child(node, 2));
      case NodeKind::call: return call(node);
      case NodeKind::unknown: break;
    }
    return unknown();
  }

  Measure misfit(const Node& node, Text message, Text help) {
    diagnostics_.push_back(text::diagnose(Code::formula_unit, source_.place(node.at, node.length),
                                          std::move(message), std::move(help)));
    return unknown();
  }
  Measure do_not_fit(const Node& node, const Measure& a, const Measure& b) {
    const Text left = shown(a);
    const Text right = shown(b);
    return misfit(
        node,
        {"单位不一致：" + left.zh + "与" + right.zh,
         "the units do not fit: " + left.en + " and " + right.en},
        {"两边换成同一种单位，或检查变量是否用错", "bring both to one unit, or check the names"});
  }

  // Both must be of one kind; a literal becomes the other's.
  Measure meet(const Node& node, const Measure& a, const Measure& b) {
    if (!a.unit || !b.unit) return unknown();
    if (a.literal && b.literal) return literal(std::nullopt);
    if (a.literal) return of(*b.unit);
    if (b.literal || a.unit->same_dimension(*b.unit)) return of(*a.unit);
    return do_not_fit(node, a, b);
  }

  [[nodiscard]] bool is_days(const Measure& m) const {
    return m.literal || m.unit->is_number() || m.unit->same_dimension(days_);
  }

  Measure add(const Node& node, const Measure& a, const Measure& b) {
    if (!a.unit || !b.unit) return unknown();
    if (!a.unit->is_date() && !b.unit->is_date()) return meet(node, a, b);
    const bool minus = node.sign == Lexeme::minus;
    if (a.unit->is_date() && b.unit->is_date()) {
      if (minus) return of(days_);
      return misfit(node, {"两个日期不能相加", "two dates cannot be added"},
                    {"日期加天数，或两个日期相减", "add days to a date, or subtract two dates"});
    }
    if (a.unit->is_date() && is_days(b)) return a;
    if (b.unit->is_date() && is_days(a) && !minus) return b;
    return do_not_fit(node, a, b);
  }

  Measure product(const Node& node, const Measure& a, const Measure& b) {
    if (!a.unit || !b.unit) return unknown();
    if (a.literal && b.literal) return literal(std::nullopt);
    if (a.unit->is_date() || b.unit->is_date()) {
      return misfit(node, {"日期不能乘除", "a date cannot be multiplied or divided"},
                    {"先相减得到天数", "subtract two dates first: that gives days"});
    }
    return of(node.sign == Lexeme::times ? *a.unit * *b.unit : *a.unit / *b.unit);
  }

  Measure raise(const Node& node, const Measure& base, const Measure& exponent) {
    if (!base.unit || !exponent.unit) return unknown();
    if (!exponent.literal && !exponent.unit->is_number()) {
      return misfit(node,
                    {"指数须是纯数，这里是" + shown(exponent).zh,
                     "an exponent must be a pure number, not " + shown(exponent).en},
                    {"先除以同单位的量", "divide by something of the same unit first"});
    }
    if (base.literal && exponent.literal) return literal(std::nullopt);
    if (base.unit->is_number()) return of(Unit());
    if (exponent.number && std::floor(*exponent.number) == *exponent.number &&
        std::fabs(*exponent.number) <= 9) {
      return of(base.unit->power(static_cast<int>(*exponent.number)));
    }
    return unknown();
  }

  Measure unary(const Node& node) {
    const Measure& operand = child(node, 0);
    if (node.sign == Lexeme::not_) return of(Unit());
    if (node.sign == Lexeme::plus || !operand.unit) return operand;
    if (operand.unit->is_date())
      return misfit(node, {"日期没有负数", "a date has no negative"},
                    {"两个日期相减", "subtract two dates"});
    Measure negated = operand;
    if (negated.number) negated.number = -*negated.number;
    return negated;
  }

  Measure binary(const Node& node) {
    const Measure& a = child(node, 0);
    const Measure& b = child(node, 1);
    switch (node.sign) {
      case Lexeme::plus:
      case Lexeme::minus: return add(node, a, b);
      case Lexeme::times:
      case Lexeme::divide: return product(node, a, b);
      case Lexeme::power: return raise(node, a, b);
      case Lexeme::and_:
      case Lexeme::or_: return of(Unit());
      default: meet(node, a, b); return of(Unit());
    }
  }

  Measure call(const Node& node) {
    const Measure& first = child(node, 0);
    switch (node.function) {
      case Function::minimum:
      case Function::maximum:
      case Function::sum:
      case Function::average:
      case Function::median:
      case Function::sum_given:
      case Function::average_given:
      case Function::clamp: {
        Measure all = first;
        for (std::size_t i = 1; i < node.child_count; ++i) all = meet(node, all, child(node, i));
        all.number.reset();
        return all;
      }
      case Function::absolute:
      case Function::floor:
      case Function::ceil:
      case Function::trunc: return plain(first);
      case Function::round: pure(node, child(node, 1)); return plain(first);
      case Function::given:
      case Function::count_given:
      case Function::sign: return of(Unit());
      case Function::root:
        if (first.literal || (first.unit && first.unit->is_number())) return plain(first);
        return unknown();
      case Function::exp:
      case Function::ln:
      case Function::log10:
      case Function::log2:
      case Function::sin:
      case Function::cos: return pure(node, first);
      case Function::steps_full:
      case Function::steps_ceil:
      case Function::steps_fraction: meet(node, first, child(node, 1)); return of(Unit());
      case Function::workdays:
        day_wanted(node, first);
        day_wanted(node, child(node, 1));
        return of(workdays_);
      case Function::year:
      case Function::month:
      case Function::day: day_wanted(node, first); return of(Unit());
    }
    return unknown();
  }

  static Measure plain(Measure measure) {
    measure.number.reset();
    return measure;
  }

  // exp, logarithms and digits are of pure numbers.
  Measure pure(const Node& node, const Measure& m) {
    if (!m.unit) return unknown();
    if (m.literal || m.unit->is_number()) return plain(m);
    const std::string name = row_of(node.function).name;
    return misfit(node,
                  {name + " 需要纯数，这里是" + shown(m).zh,
                   name + " takes a pure number, not " + shown(m).en},
                  {"先除以同单位的量", "divide by something of the same unit first"});
  }
  void day_wanted(const Node& node, const Measure& m) {
    if (!m.unit || m.literal || m.unit->is_date()) return;
    const std::string name = row_of(node.function).name;
    misfit(node,
           {name + " 需要日期，这里是" + shown(m).zh, name + " takes a date, not " + shown(m).en},
           {"检查变量是否用错", "check the names"});
  }

  const Tree& tree_;
  const text::Located& source_;
  std::span<const Unit> units_;
  std::vector<Diagnostic>& diagnostics_;
  Unit days_;
  Unit workdays_;
  std::vector<Measure> measures_;
};

}  // namespace

std::optional<value::Unit> infer_unit(const Tree& tree, const text::Located& source,
                                      std::span<const value::Unit> units,
                                      std::vector<Diagnostic>& diagnostics) {
  return Inference(tree, source, units, diagnostics).run();
}

}  // namespace jixiao::formula
