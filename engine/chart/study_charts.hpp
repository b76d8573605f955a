// Charts of studies and of what scenarios change. Each is a drawing for the page, or empty when
// there is nothing to draw. Ratings have the colours they have in every report; what colour says,
// words or hatching say as well.
#pragma once

#include "chart/svg_canvas.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/study.hpp"

namespace jixiao::chart {

inline constexpr std::size_t rows_drawn = 40;

// A row an input: how far the output moves when it alone goes to either end of its range.
Drawing tornado_chart(const StudyReport& report, const std::vector<TornadoBar>& bars,
                      Language language);
// Two inputs: the output as a field of colours, the ratings' borders as lines. One input: the
// output as a curve.
Drawing grid_chart(const StudyReport& report, const InputGrid& grid, Language language);
// A row an input: the stretch over which the rating is kept, and what it becomes beyond.
Drawing break_even_chart(const StudyReport& report, const BreakEvens& answer, Language language);
// How often which output was drawn, the ratings as zones behind, the quantiles beneath.
Drawing spread_chart(const StudyReport& report, const MonteCarloAnswer& answer,
                     const Spread& spread, Language language);
// Sobol's S1 and ST, or the Shapley effects, with their intervals; the largest first.
Drawing shares_of_variance_chart(const StudyReport& report, const SensitivityAnswer& answer,
                                 const Sensitivity& of, Language language);
// Sobol's S2; empty without pairs.
Drawing pairs_chart(const StudyReport& report, const Sensitivity& of, Language language);
// Morris: how much an input does against how unevenly it does it.
Drawing morris_chart(const StudyReport& report, const Sensitivity& of, Language language);
// Best score for every amount of money, and the bound above it.
Drawing frontier_chart(const StudyReport& report, const Allocation& answer, Language language);
// A row an item: what it had, gets, and may get.
Drawing allocation_chart(const Allocation& answer, Language language);
// A row a project: its total over all weights in the ranges.
Drawing stability_chart(const StudyReport& report, const Stability& answer, Language language);
// From the total as it stands to a scenario's, change by change; empty when the change is not
// shared out.
Drawing waterfall_chart(const ScenarioStory& baseline, const ScenarioStory& scenario,
                        Language language);

}  // namespace jixiao::chart
