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

// Replaces `row_sets` by the rows of the batch, one MethodRows per rule-set indicator, then one per
// method the rows name. Valid until `workspace` releases their columns.
void split_by_method(const ruleset::RuleSet& rules, const Batch& batch, Workspace& workspace,
                     std::vector<MethodRows>& row_sets);

// Scores batches by one rule set. Columns are kept between runs: a run allocates only where its
// batch is larger than the earlier ones. One per thread; the rule set is shared and must outlive
// it.
class Evaluator {
 public:
  explicit Evaluator(const ruleset::RuleSet& rules) : rules_(rules), weights_(rules) {}
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // Returns the scorecards of `batch`. Valid until the next run.
  const Scorecards& run(const Batch& batch);
  // Returns, one per project of the last run, the indicators it lost most points with. Requires:
  // `batch` is the one of the last run. Valid until the next run.
  std::span<const MostLost> most_lost(const Batch& batch);
  // Returns the rows of the last run as split_by_method() orders them. Valid until the next run.
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

// Returns the scorecards of a single batch.
Scorecards evaluate(const ruleset::RuleSet& rules, const Batch& batch);

// Returns the outcomes of one method, with the weights the rows give, rounded as the rule set
// rounds an indicator: for cases and curves. Requires: all rows of the batch name one method.
Outcomes evaluate_alone(const ruleset::RuleSet& rules, const Batch& batch);

}  // namespace jixiao::scoring
