// What is wrong with a piece under two rule sets, as one list.
#pragma once

#include <string>
#include <vector>

#include "batch/piece_scorer.hpp"

namespace jixiao::batch {

struct FaultsUnder {
  std::vector<Fault>& faults;  // by line
  const std::string& rules;    // id
};

// All of them in a's list, by line: what is wrong under both once, what is wrong under one of them
// with its name. b's are taken over.
void join_faults(FaultsUnder a, FaultsUnder b);

}  // namespace jixiao::batch
