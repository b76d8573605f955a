// What planners ask of one project: simulate, next, plan.
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

struct NextCall {
  std::string project;
  std::string rules;    // "": what the project asks for
  std::string results;  // "": what stands beside the project
  NextOptions options;
};

struct PlanCall {
  std::string project;
  std::string rules;    // "": what the project asks for
  std::string results;  // "": what stands beside the project
  TypedChanges cut;     // of it `cut`, `protect` and `by`
  std::string chances;  // a monte-carlo study beside the project; "": every number over its range
  std::string output;   // a file, written as its ending says; "": stdout
  StudyOptions options;
};

int simulate(const Call& call, const SimulateCall& what);
int next(const Call& call, const NextCall& what);
int plan(const Call& call, const PlanCall& what);

}  // namespace jixiao::cli
