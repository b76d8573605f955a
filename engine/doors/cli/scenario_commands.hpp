// What-if: simulate.
#pragma once

#include <string>
#include <vector>

#include "commands.hpp"

namespace jixiao::cli {

struct SimulateCall {
  std::string project;
  std::string rules;    // "": what the project asks for
  std::string results;  // "": what stands beside the project
  std::vector<std::string> scenarios;
  TypedChanges typed;
  std::string output;  // a file, written as its ending says; "": stdout
  SimulateOptions options;
};

int simulate(const Call& call, const SimulateCall& what);

}  // namespace jixiao::cli
