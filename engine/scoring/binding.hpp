// From a project and a rule set to a batch of one: every word resolved, every mistake named.
#pragma once

#include <vector>

#include "project/project.hpp"
#include "scoring/batch.hpp"

namespace jixiao::scoring {

// Where each row of the batch came from, and what was set aside.
struct Binding {
  Batch batch;
  std::vector<std::size_t> row_indicator;  // index into Project::indicators, one per row
  std::vector<std::size_t> unscored;       // indicators left out: informational, alternatives not
                                           // chosen, or not bindable
  std::vector<std::size_t> misplaced;      // rows whose type does not belong to their block
  std::vector<std::size_t> fixed_remark;   // index into Project::other_results, one per rule-set
                                           // indicator; ruleset::none without
};

// Never fails: what cannot be bound is a diagnostic, and its row has the state error.
Binding bind(const ruleset::RuleSet& rules, const project::Project& project, bool as_filed,
             std::vector<Diagnostic>& diagnostics);

// One indicator of a project that has results, as bind() would bind it among others: what concerns
// the project as a whole (money, inputs, what its weights add up to) is not looked at. The batch
// has one row, or none where block or method are not known.
Binding bind_indicator(const ruleset::RuleSet& rules, const project::Indicator& indicator,
                       std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::scoring
