// Formulas in exact rational numbers, written from docs/language.md: what a rule says on paper.
#pragma once

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "formula/lexer.hpp"
#include "formula/tree.hpp"

namespace exact {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;
using Value = std::optional<Rational>;  // nothing: cannot be computed

// The decimal a double was read from: the shortest one that is read as it.
inline Rational decimal(double x) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(x),
                                 std::chars_format::scientific)
                       .ptr;
  Integer digits = 0;
  int exponent = 0;
  const char* p = buffer.data();
  for (bool point = false; p != end && *p != 'e'; ++p) {
    if (*p == '.') {
      point = true;
      continue;
    }
    digits = digits * 10 + (*p - '0');
    exponent -= point ? 1 : 0;
  }
  if (p != end) {
    ++p;
    if (*p == '+') ++p;
    int written = 0;
    std::from_chars(p, end, written);
    exponent += written;
  }
  if (x < 0) digits = -digits;
  const Integer power =
      boost::multiprecision::pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? Rational(digits, power) : Rational(Integer(digits * power));
}

inline Integer floor(const Rational& x) {
  const Integer n = numerator(x), d = denominator(x);
  Integer quotient = n / d;
  if (quotient * d > n) --quotient;
  return quotient;
}
inline Integer ceil(const Rational& x) {
  const Integer below = exact::floor(Rational(-x));
  return Integer(-below);
}

// Thrown for what rationals do not have: roots, logarithms, calendars.
struct NotRational {};

class Formula {
 public:
  Formula(const jixiao::formula::Formula& formula, const jixiao::formula::Scope& scope) {
    std::vector<jixiao::Diagnostic> ignored;
    const auto words = jixiao::formula::read_words(formula.source(), ignored);
    tree_ = jixiao::formula::read_tree(formula.source(), words, scope, ignored);
  }

  // Whether there is nothing but the four operations, comparisons, conditions and steps.
  [[nodiscard]] bool is_rational() const {
    using F = jixiao::formula::Function;
    for (const auto& node : tree_.nodes) {
      if (node.kind == jixiao::formula::NodeKind::binary &&
          node.sign == jixiao::formula::Lexeme::power)
        return false;
      if (node.kind != jixiao::formula::NodeKind::call) continue;
      for (const F other : {F::root, F::exp, F::ln, F::log10, F::log2, F::sin, F::cos, F::workdays,
                            F::year, F::month, F::day}) {
        if (node.function == other) return false;
      }
    }
    return true;
  }
  Value operator()(const std::vector<Rational>& values) const {
    return value(tree_.nodes.back(), values);
  }

 private:
  using Node = jixiao::formula::Node;
  using Lexeme = jixiao::formula::Lexeme;
  using Function = jixiao::formula::Function;

  static Rational flag(bool holds) { return holds ? 1 : 0; }

  Value value(const Node& node, const std::vector<Rational>& values) const {
    const auto child = [&](std::size_t i) {
      return value(tree_.nodes[tree_.children_of(node)[i]], values);
    };
    switch (node.kind) {
      case jixiao::formula::NodeKind::number: return decimal(node.number);
      case jixiao::formula::NodeKind::variable: return values[node.variable];
      case jixiao::formula::NodeKind::unary: {
        const Value x = child(0);
        if (!x) return {};
        if (node.sign == Lexeme::minus) return Rational(-*x);
        return node.sign == Lexeme::plus ? x : flag(*x == 0);
      }
      case jixiao::formula::NodeKind::conditional: {
        const Value condition = child(0);
        if (!condition) return {};
        return *condition != 0 ? child(1) : child(2);
      }
      case jixiao::formula::NodeKind::binary: {
        const Value a = child(0), b = child(1);
        if (!a || !b) return {};
        switch (node.sign) {
          case Lexeme::plus: return Rational(*a + *b);
          case Lexeme::minus: return Rational(*a - *b);
          case Lexeme::times: return Rational(*a * *b);
          case Lexeme::divide: return *b == 0 ? Value() : Value(*a / *b);
          case Lexeme::less: return flag(*a < *b);
          case Lexeme::less_equal: return flag(*a <= *b);
          case Lexeme::greater: return flag(*a > *b);
          case Lexeme::greater_equal: return flag(*a >= *b);
          case Lexeme::equal: return flag(*a == *b);
          case Lexeme::unequal: return flag(*a != *b);
          case Lexeme::and_: return flag(*a != 0 && *b != 0);
          case Lexeme::or_: return flag(*a != 0 || *b != 0);
          default: throw NotRational{};
        }
      }
      case jixiao::formula::NodeKind::call: {
        std::vector<Rational> x;
        for (std::size_t i = 0; i < node.child_count; ++i) {
          const Value argument = child(i);
          if (!argument) return {};
          x.push_back(*argument);
        }
        return call(node.function, x);
      }
      case jixiao::formula::NodeKind::unknown: break;
    }
    throw NotRational{};
  }

  static Value call(Function function, const std::vector<Rational>& x) {
    const auto steps = [&](const Rational& count) -> Value {
      if (x[1] <= 0) return {};
      return x[0] <= 0 ? Rational(0) : count;
    };
    switch (function) {
      case Function::minimum: return *std::min_element(x.begin(), x.end());
      case Function::maximum: return *std::max_element(x.begin(), x.end());
      case Function::sum:
      case Function::average: {
        Rational sum = 0;
        for (const Rational& each : x) sum += each;
        return function == Function::sum ? sum : Rational(sum / x.size());
      }
      case Function::median: {
        std::vector<Rational> sorted = x;
        std::sort(sorted.begin(), sorted.end());
        const std::size_t middle = sorted.size() / 2;
        if (sorted.size() % 2 == 1) return sorted[middle];
        return Rational((sorted[middle - 1] + sorted[middle]) / 2);
      }
      case Function::clamp: return std::max(std::min(x[0], x[2]), x[1]);
      case Function::absolute: return x[0] < 0 ? Rational(-x[0]) : x[0];
      case Function::sign: return Rational(x[0] > 0 ? 1 : x[0] < 0 ? -1 : 0);
      case Function::floor: return Rational(exact::floor(x[0]));
      case Function::ceil: return Rational(exact::ceil(x[0]));
      case Function::trunc: return Rational(x[0] < 0 ? exact::ceil(x[0]) : exact::floor(x[0]));
      case Function::round: {
        const Integer unit =
            boost::multiprecision::pow(Integer(10), static_cast<unsigned>(x[1].convert_to<int>()));
        const Rational size = x[0] < 0 ? Rational(-x[0]) : x[0];
        const Rational tie = size * Rational(unit) + Rational(1, 2);
        const Rational rounded = Rational(exact::floor(tie)) / Rational(unit);
        return x[0] < 0 ? Rational(-rounded) : rounded;
      }
      case Function::steps_full:
        return x[1] > 0 ? steps(Rational(exact::floor(Rational(x[0] / x[1])))) : Value();
      case Function::steps_ceil:
        return x[1] > 0 ? steps(Rational(exact::ceil(Rational(x[0] / x[1])))) : Value();
      case Function::steps_fraction: return x[1] > 0 ? steps(Rational(x[0] / x[1])) : Value();
      default: throw NotRational{};
    }
  }

  jixiao::formula::Tree tree_;
};

}  // namespace exact
