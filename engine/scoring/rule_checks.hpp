// What the checks of a rule set say of what was scored, in the words scorecards and tables share.
#pragma once

#include <cstddef>
#include <functional>

#include "scoring/method_rows.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/substitution.hpp"

namespace jixiao::scoring {

// What a check that holds says. `name`: of the indicator, empty for a check of the project.
Text check_words(const ruleset::Check& check, const Substitution& substitution, const Text& name);
// Which check it was.
Text said_by(const ruleset::Check& check);

// What a check of an indicator is chosen by, and the unit of its numbers.
struct CheckedRow {
  ruleset::Selector::Subject subject;
  value::Unit unit;
};
using DescribeRow = std::function<CheckedRow(std::size_t i)>;
using TakeFinding = std::function<void(std::size_t i, const ruleset::Check&, const Substitution&)>;

// Calls `take` for every row that was scored and every check of its method, then of the rule set,
// that holds for it: the same as a scorecard tells, without its words. Costs a pass over the rows a
// check.
void find_checks(const ruleset::RuleSet& rules, const MethodRows& method_rows,
                 const Outcomes& outcomes, const DescribeRow& describe, const TakeFinding& take);

}  // namespace jixiao::scoring
