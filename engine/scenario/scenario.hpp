// A scenario as read: what its files say, in the order they are applied. Checked against a project
// when it is applied.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/scenario.hpp"
#include "project/project.hpp"
#include "text/toml.hpp"

namespace jixiao::scenario {

enum class Operation { set, add, scale };

struct Change {
  Operation operation = Operation::set;
  std::string name;  // "drivers.rate", "items.*"
  text::Place name_place;
  text::Node value;
};

// How much less money there is, and who bears it.
struct Cut {
  text::Place place;
  std::optional<double> percent;        // of all items together
  std::optional<double> amount;         // yuan
  bool by_priority = false;             // else each in proportion to its amount
  std::vector<project::Word> priority;  // cut first to last, each down to what it keeps
  std::vector<project::Word> protect;
  std::vector<std::pair<project::Word, double>> keep;  // yuan that stay
};

// One file, or what was typed.
struct Layer {
  std::string id;
  std::string file;
  project::Word rules;  // empty: not changed
  std::vector<project::Word> drop;
  std::vector<text::Node> indicators;  // tables
  std::vector<Change> changes;
  std::optional<Cut> cut;
};

struct Scenario {
  std::string id;
  Text title;
  Text note;
  std::string file;
  std::vector<Layer> layers;  // what is extended stands first
};

}  // namespace jixiao::scenario
