// The year under way, and what follows from it: monitor, fund.
#pragma once

#include <string>
#include <vector>

#include "commands.hpp"

namespace jixiao::cli {

struct MonitorCall {
  std::string project;
  std::string rules;       // "": what the project asks for
  std::string results;     // "": what stands beside the project
  std::string monitoring;  // "": what the results ask for, else the shipped default
  MonitorOptions options;
};

struct FundCall {
  std::vector<std::string> sources;  // projects, or tables of rated ones
  std::string rules;                 // that score projects; "": what each asks for
  std::string by;                    // rules on the use of results
  std::string money;                 // a table with the money of tables; empty: none
  std::vector<std::string> given;    // "asked=110万元": of every project
};

int monitor(const Call& call, const MonitorCall& what);
int fund(const Call& call, const FundCall& what);

}  // namespace jixiao::cli
