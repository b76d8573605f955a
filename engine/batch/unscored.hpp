// What is told of a piece once it is scored: of every project that has no total which indicator,
// why, and the way out; and what the checks of the rule set say.
#pragma once

#include <span>

#include "batch/piece_content.hpp"
#include "scoring/method_rows.hpp"
#include "scoring/scorecards.hpp"

namespace jixiao::batch {

// Faults of the projects of a scored piece that have no total: of each indicator that cannot be
// computed, and of the project where nothing else says why. Warnings where the rule set counts a
// missing value as zero. Call between scoring and writing.
void report_unscored(PieceContent& piece, const scoring::Scorecards& cards,
                     std::span<const scoring::MethodRows> row_sets);

// What the checks of the rule set ([[check]], [[method.check]]) say of each indicator and project
// that was scored, in the words of a scorecard. It takes no total away. Call after
// report_unscored().
void report_checks(PieceContent& piece, const scoring::Scorecards& cards,
                   std::span<const scoring::MethodRows> row_sets);

}  // namespace jixiao::batch
