// Scoring a batch: weights, points, totals, adjustments, ratings. Rows in any order of computation
// give the same bits.
#pragma once

#include <span>
#include <vector>

#include "scoring/batch.hpp"
#include "scoring/method_rows.hpp"
#include "scoring/project_values.hpp"
#include "scoring/scorecards.hpp"
#include "scoring/weights.hpp"
#include "scoring/workspace.hpp"

namespace jixiao::scoring {

// The rows of a batch, by method, into `row_sets`: one per rule-set indicator, then one per method
// the rows use. Their columns are lent by `workspace`.
void split_by_method(const ruleset::RuleSet& rules, const Batch& batch, Workspace& workspace,
                     std::vector<MethodRows>& row_sets);

// Scores batch after batch by one rule set. It keeps its columns between runs: a run allocates only
// where its batch is larger than those before it. One per thread; the rule set is shared and must
// outlive it.
class Evaluator {
 public:
  explicit Evaluator(const ruleset::RuleSet& rules) : rules_(rules), weights_(rules) {}
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // The scorecards of `batch`, until the next run.
  const Scorecards& run(const Batch& batch);
  // What each project of the last run lost most with. `batch` is the one of that run. Until the
  // next run.
  std::span<const MostLost> most_lost(const Batch& batch);
  // The sets of rows of the last run: indicators of the rule set, then the methods of rows. Until
  // the next run.
  [[nodiscard]] std::span<const MethodRows> row_sets() const { return row_sets_; }

 private:
  friend Scorecards evaluate(const ruleset::RuleSet& rules, const Batch& batch);

  const ruleset::RuleSet& rules_;
  Workspace workspace_;
  std::vector<MethodRows> row_sets_;
  WeightSettler weights_;
  Scorecards cards_;
  std::vector<MostLost> most_lost_;
};

// One batch alone.
Scorecards evaluate(const ruleset::RuleSet& rules, const Batch& batch);

// One method alone on every row of a batch whose rows all name it, with the weights the rows give:
// for cases, curves and whoever wants to see what a method does. Rounded as the rule set rounds an
// indicator.
Outcomes evaluate_alone(const ruleset::RuleSet& rules, const Batch& batch);

}  // namespace jixiao::scoring
