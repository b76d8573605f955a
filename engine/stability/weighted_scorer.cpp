#include "stability/weighted_scorer.hpp"

#include <algorithm>
#include <cmath>

#include "scoring/evaluation.hpp"

namespace jixiao::stability {

WeightedScorer::WeightedScorer(const Question& question, Decided decided)
    : question_(question), rules_(*question.rules), batches_(question.batches) {
  if (decided == Decided::as_printed) return;
  rules_.indicator_rounding.reset();
  rules_.block_rounding.reset();
  rules_.total_rounding.reset();
  rules_.totals_for_slope = true;
  rules_.total_range.reset();
}

// The block's indicators keep their shares of it: those of the rule set, and those of each project
// that bring a weight.
void WeightedScorer::put_block(std::size_t block, double weight) {
  const double before = question_.rules->blocks[block].weight;
  rules_.blocks[block].weight = weight;
  for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
    const auto& original = question_.rules->indicators[f];
    if (original.block == block && original.weight && before > 0)
      rules_.indicators[f].weight = *original.weight / before * weight;
  }
  for (std::size_t i = 0; i < batches_.size(); ++i) {
    const scoring::Batch& original = question_.batches[i];
    scoring::Batch& batch = batches_[i];
    const auto& own = original.block_weights[block];
    for (std::size_t row = 0; row < batch.rows.size(); ++row) {
      if (batch.rows.block[row] != block || std::isnan(original.rows.given_weight[row])) continue;
      const std::size_t project = batch.rows.project[row];
      const double old = own.empty() || std::isnan(own[project]) ? before : own[project];
      batch.rows.given_weight[row] = old > 0 ? original.rows.given_weight[row] / old * weight : 0;
    }
    if (!own.empty()) batch.block_weights[block].assign(batch.projects, std::nan(""));
  }
}

void WeightedScorer::score(std::span<const double> weights, Standings& out) {
  if (question_.of_blocks) {
    for (std::size_t i = 0; i < weights.size(); ++i)
      put_block(question_.weights[i].index, weights[i]);
  } else {
    for (std::size_t i = 0; i < weights.size(); ++i)
      rules_.indicators[question_.weights[i].index].weight = weights[i];
    // Blocks weigh what their indicators do, as long as they did before.
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      double before = 0, after = 0;
      for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
        if (rules_.indicators[f].block != b) continue;
        before += question_.rules->indicators[f].weight.value_or(0);
        after += rules_.indicators[f].weight.value_or(0);
      }
      if (std::abs(before - question_.rules->blocks[b].weight) <= 1e-9 * std::max(1.0, before))
        rules_.blocks[b].weight = after;
    }
  }
  out.totals.clear();
  out.bands.clear();
  for (const scoring::Batch& batch : batches_) {
    const scoring::Scorecards cards = scoring::evaluate(rules_, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      const bool scored = cards.state[p] == value::CellState::ok;
      out.totals.push_back(scored ? cards.total[p] : std::nan(""));
      out.bands.push_back(scored ? cards.band[p] : ruleset::none);
    }
  }
}

}  // namespace jixiao::stability
