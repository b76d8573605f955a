// Weights from a table of projects: weights.
#pragma once

#include <string>
#include <vector>

#include "commands.hpp"

namespace jixiao::cli {

struct WeightsCall {
  WeighingRequest request;
  std::vector<std::string> map;  // "A=B": column A stands for the input B
  WeightsView view;
  std::string rules_file;  // the rule set with these weights; "": not written
};

int weights(const Call& call, WeightsCall what);

}  // namespace jixiao::cli
