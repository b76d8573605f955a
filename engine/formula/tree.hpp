// A formula as a tree with places: what diagnostics and units are found on. Values are never
// computed from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "formula/formula.hpp"
#include "formula/function_table.hpp"
#include "formula/lexer.hpp"

namespace jixiao::formula {

enum class NodeKind : std::uint8_t { number, variable, call, unary, binary, conditional, unknown };

struct Node {
  NodeKind kind = NodeKind::unknown;
  Lexeme sign = Lexeme::end;              // unary and binary
  Function function = Function::minimum;  // call
  std::size_t variable = 0;               // position in the scope
  double number = 0;
  bool is_word = false;  // a number that was written as a word in quotes
  std::size_t at = 0;    // the sign, name or number, in characters
  std::size_t length = 0;
  std::size_t first_child = 0;  // into Tree::children
  std::size_t child_count = 0;
};

// Children come before their parents; the last node is the whole formula.
struct Tree {
  std::vector<Node> nodes;
  std::vector<std::size_t> children;

  [[nodiscard]] std::span<const std::size_t> children_of(const Node& node) const {
    return std::span(children).subspan(node.first_child, node.child_count);
  }
};

// Reads the words in the order muParser does. Every mistake found is added to `diagnostics`; the
// tree then has unknown nodes.
Tree read_tree(const text::Located& source, std::span<const Word> words, const Scope& scope,
               std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::formula
