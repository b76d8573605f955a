// Scoring a batch: weights, points, totals, adjustments, ratings. Rows in any order of computation give the same bits.
#pragma once

#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/strip.hpp"

namespace jixiao::scoring {

// The strips of a batch: one a rule-set indicator, then one a method the rows use.
std::vector<Strip> strips_of(const ruleset::RuleSet& rules, const Batch& batch);

// Scores batch after batch by one rule set. It keeps its columns between runs: a run allocates only where its batch is larger than those
// before it. One a thread; the rule set is shared and must outlive it.
class Evaluator {
 public:
  explicit Evaluator(const ruleset::RuleSet& rules) : rules_(rules) {}

  // The scorecards of `batch`, until the next run.
  const Scorecards& run(const Batch& batch);
  // What each project of the last run lost most with. `batch` is the one of that run. Until the next run.
  std::span<const MostLost> most_lost(const Batch& batch);

 private:
  const ruleset::RuleSet& rules_;
  Scorecards cards_;
  std::vector<MostLost> most_lost_;
};

// One batch alone.
Scorecards evaluate(const ruleset::RuleSet& rules, const Batch& batch);

// One method alone on every row of a batch whose rows all name it, with the weights the rows give: for cases, curves and whoever wants to
// see what a method does. Rounded as the rule set rounds an indicator.
Outcomes evaluate_alone(const ruleset::RuleSet& rules, const Batch& batch);

// The values of the project names (money, inputs, block points, total) of one project; NaN where there is none.
std::vector<double> project_values(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards, std::size_t project);

// The values a project brings itself (money, year, inputs), in the order of the project names; NaN where there is none. Appended to
// `values`.
void append_given(const Batch& batch, std::size_t project, std::vector<double>& values);

// The formula on one set of values, where NaN stands for what is not there: NaN when it names one of those, so that no branch of the
// formula can make something of missing data.
double evaluate_known(const formula::Formula& formula, std::span<const double> values);

}  // namespace jixiao::scoring
