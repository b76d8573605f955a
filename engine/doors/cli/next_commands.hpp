// What reaches the next rating, and what may be lost: next.
#pragma once

#include <string>

#include "commands.hpp"

namespace jixiao::cli {

struct NextCall {
  std::string project;
  std::string rules;    // "": what the project asks for
  std::string results;  // "": what stands beside the project
  NextOptions options;
};

int next(const Call& call, const NextCall& what);

}  // namespace jixiao::cli
