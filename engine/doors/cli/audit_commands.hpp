// What forms claim, held against themselves.
#pragma once

#include <string>
#include <vector>

#include "commands.hpp"
#include "jixiao/audit.hpp"

namespace jixiao::cli {

struct AuditCall {
  std::vector<std::string> paths;
  std::string output;  // "": stdout, in the call's format; else by its ending
  AuditOptions options;
};

// input_wrong: a finding of severity error, or a file that cannot be read.
int audit(const Call& call, const AuditCall& what);

}  // namespace jixiao::cli
