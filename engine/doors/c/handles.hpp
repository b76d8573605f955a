// What stands behind the handles of jixiao.h, and how faults cross the line to C.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "jixiao.h"
#include "jixiao/jixiao.hpp"

struct jx_findings {
  std::vector<jixiao::Diagnostic> all;
};
struct jx_rules {
  jixiao::RuleSet rules;
};
struct jx_project {
  jixiao::Project project;
};
struct jx_card {
  jixiao::Scorecard card;
};
struct jx_columns {
  jixiao::ColumnScorer scorer;
};

namespace jixiao::doors {

using Findings = std::vector<Diagnostic>;

// A copy for the caller to free; null where there is no memory for it.
char* text_for_caller(const std::string& text);

Style style_of(const jx_style* style);

// Gives what was found to the caller, who need not want it.
void give(Findings found, jx_findings** findings);

// An argument that must not be null, or another fault of the call itself.
Diagnostic fault_of_call(std::string zh, std::string en);

void add(const Findings& more, Findings& found);
bool has_error(const Findings& found);

// Runs `body(found)`. No exception leaves it: then `otherwise` comes back, and a finding says why.
template <class Result, class Body>
Result guarded(jx_findings** findings, Result otherwise, Body body) noexcept {
  Findings found;
  Result result = otherwise;
  try {
    result = body(found);
  } catch (const std::exception& fault) {
    try {
      found.push_back(fault_of_call(std::string("引擎内部出错：") + fault.what(),
                                    std::string("the engine failed: ") + fault.what()));
    } catch (...) {  // no memory even for that
    }
    result = otherwise;
  }
  try {
    give(std::move(found), findings);
  } catch (...) {
    if (findings != nullptr) *findings = nullptr;
  }
  return result;
}

// The rule set given, or the one the project names.
Checked<RuleSet> rules_for(const jx_rules* given, const Project& project);

}  // namespace jixiao::doors
