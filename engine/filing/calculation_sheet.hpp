// The sheet of a report on which every point is a live formula: a reviewer changes an actual and
// sees what follows.
#pragma once

#include "jixiao/text.hpp"
#include "project/project.hpp"
#include "ruleset/ruleset.hpp"
#include "workbook/workbook.hpp"

namespace jixiao::filing {

// Targets, actuals, weights and parameters are cells; points, blocks, total and rating are formulas
// over them, with the values the engine gave. What no spreadsheet function can say (working days)
// stands there as a value, and a note says so.
workbook::Sheet& add_calculation(const ruleset::RuleSet& rules, const project::Project& project,
                                 bool as_filed, Language language, workbook::Workbook& book);

}  // namespace jixiao::filing
