// A TOML document as a tree that remembers where everything stood and in which order it was
// written.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "text/source.hpp"

namespace jixiao::text {

enum class NodeKind { table, array, string, integer, number, boolean, date };

class Node {
 public:
  struct Entry;

  NodeKind kind = NodeKind::table;
  Place place;         // of the value; for a table header, of its last key
  std::string string;  // string: its value; date: as written (YYYY-MM-DD)
  double number = 0;   // integer and number
  bool boolean = false;
  std::vector<Entry> entries;  // table: in the order written
  std::vector<Node> items;     // array

  [[nodiscard]] const Entry* find(std::string_view key) const;
};

struct Node::Entry {
  std::string key;
  Place key_place;
  Node value;
};

// "a string", "a table" ... for messages.
Text kind_name(NodeKind kind);

// Parses a document. On a syntax error the result has no root and one toml.syntax diagnostic is
// added.
std::unique_ptr<Node> parse_toml(const std::shared_ptr<const Source>& source,
                                 std::vector<Diagnostic>& diagnostics);

// A piece of text inside a file: formulas keep the coordinates of the file they stand in.
struct Located {
  std::string text;
  Place start;  // of the first character of the text, inside its quotes

  // Place of `length` characters from character `at` of the text.
  [[nodiscard]] Place place(std::size_t at, std::size_t length = 1) const;
};

// The content of a string node with the place of its first character. Escapes in a basic string
// shift what follows them; places then stay on the right line but may be a few columns off.
Located located(const Node& string_node);

}  // namespace jixiao::text
