// Statistics of whole tables.
#pragma once

#include <string>

#include "batch_commands.hpp"
#include "commands.hpp"

namespace jixiao::cli {

struct SurveyCall {
  std::string rules;
  std::string output;  // empty: stdout
  bool merge = false;
};

// `tables`: inputs, map, database, threads and shard of the call.
int survey(const Call& call, const SurveyCall& what, const BatchCall& tables);

}  // namespace jixiao::cli
