#include "formula/proportional.hpp"

#include <vector>

#include "formula/function_table.hpp"
#include "formula/lexer.hpp"
#include "formula/tree.hpp"

namespace jixiao::formula {
namespace {

// How a part grows with the variable: not at all, in proportion; nought does both.
enum class Growth { none, linear, nought, unknown };

bool is_flat(Growth g) { return g == Growth::none || g == Growth::nought; }

// Of what is added, compared or chosen between.
Growth meet(Growth a, Growth b) {
  if (a == Growth::unknown || b == Growth::unknown) return Growth::unknown;
  if (a == Growth::nought) return b;
  if (b == Growth::nought || a == b) return a;
  return Growth::unknown;
}

class Growing {
 public:
  Growing(const Tree& tree, std::size_t variable) : tree_(tree), variable_(variable) {}

  Growth of_all() {
    for (const Node& node : tree_.nodes) growth_.push_back(of(node));
    return growth_.empty() ? Growth::unknown : growth_.back();
  }

 private:
  [[nodiscard]] Growth child(const Node& node, std::size_t i) const {
    return growth_[tree_.children_of(node)[i]];
  }

  Growth of(const Node& node) {
    switch (node.kind) {
      case NodeKind::number: return node.number == 0 ? Growth::nought : Growth::none;
      case NodeKind::variable: return node.variable == variable_ ? Growth::linear : Growth::none;
      case NodeKind::unary:
        return node.sign == Lexeme::not_ ? condition(child(node, 0)) : child(node, 0);
      case NodeKind::binary: return binary(node.sign, child(node, 0), child(node, 1));
      case NodeKind::conditional:
        return is_flat(condition(child(node, 0))) ? meet(child(node, 1), child(node, 2))
                                                  : Growth::unknown;
      case NodeKind::call: return call(node);
      case NodeKind::unknown: break;
    }
    return Growth::unknown;
  }

  // Whether a number is nought stays so when it is scaled.
  static Growth condition(Growth g) {
    return g == Growth::unknown ? Growth::unknown : Growth::none;
  }

  static Growth binary(Lexeme sign, Growth a, Growth b) {
    if (a == Growth::unknown || b == Growth::unknown) return Growth::unknown;
    switch (sign) {
      case Lexeme::plus:
      case Lexeme::minus: return meet(a, b);
      case Lexeme::times:
        if (is_flat(a) || is_flat(b))
          return a == Growth::linear || b == Growth::linear ? Growth::linear : meet(a, b);
        return Growth::unknown;
      case Lexeme::divide:
        if (is_flat(b)) return a;
        return a == Growth::linear ? Growth::none : Growth::unknown;
      case Lexeme::power: return is_flat(a) && is_flat(b) ? Growth::none : Growth::unknown;
      case Lexeme::and_:
      case Lexeme::or_: return Growth::none;
      // comparisons
      default: return meet(a, b) == Growth::unknown ? Growth::unknown : Growth::none;
    }
  }

  Growth call(const Node& node) {
    bool flat = true;
    Growth all = child(node, 0);
    for (std::size_t i = 0; i < node.child_count; ++i) {
      flat = flat && is_flat(child(node, i));
      all = meet(all, child(node, i));
    }
    if (flat) return Growth::none;
    switch (node.function) {
      case Function::minimum:
      case Function::maximum:
      case Function::sum:
      case Function::average:
      case Function::median:
      case Function::clamp:
      case Function::absolute: return all;
      default: return Growth::unknown;
    }
  }

  const Tree& tree_;
  std::size_t variable_;
  std::vector<Growth> growth_;
};

}  // namespace

bool is_proportional(const Formula& formula, const Scope& scope, std::size_t variable) {
  std::vector<Diagnostic> ignored;  // it was compiled: there is nothing to say
  const std::vector<Word> words = read_words(formula.source(), ignored);
  const Growth growth =
      Growing(read_tree(formula.source(), words, scope, ignored), variable).of_all();
  return growth == Growth::linear || growth == Growth::nought;
}

}  // namespace jixiao::formula
