// The year under way: monitor.
#pragma once

#include <string>

#include "commands.hpp"

namespace jixiao::cli {

struct MonitorCall {
  std::string project;
  std::string rules;       // "": what the project asks for
  std::string results;     // "": what stands beside the project
  std::string monitoring;  // "": what the results ask for, else the shipped default
  MonitorOptions options;
};

int monitor(const Call& call, const MonitorCall& what);

}  // namespace jixiao::cli
