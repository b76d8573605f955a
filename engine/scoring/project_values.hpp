// What formulas over a whole project read: money, inputs, block points, the total.
#pragma once

#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// The values of the project names (money, inputs, block points, total) of one project; NaN where
// there is none.
std::vector<double> project_values(const ruleset::RuleSet& rules, const Batch& batch,
                                   const Scorecards& cards, std::size_t project);

// The values a project brings itself (money, year, inputs), in the order of the project names;
// NaN where there is none. Appended to `values`.
void append_given(const Batch& batch, std::size_t project, std::vector<double>& values);

// The worst state of the money, the year and the inputs that the formula names.
value::CellState state_of_named(const ruleset::RuleSet& rules, const Batch& batch,
                                const formula::Formula& formula, std::size_t project);

// The formula on one set of values, where NaN stands for what is not there: NaN when it names one
// of those, so that no branch of the formula can make something of missing data.
double evaluate_known(const formula::Formula& formula, std::span<const double> values);

// The same for every project. Of `cards`, which may be null where the formula names none of them,
// it reads block points and totals.
void evaluate_known(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards* cards,
                    const formula::Formula& formula, Workspace& workspace, std::span<double> out);

}  // namespace jixiao::scoring
