// Samples of a project in which few inputs move, scored by what follows those alone: the points of
// everything else are those of the base.
//
// Only where the total is a sum of points (Following::is_sum()). A sample whose total cannot be
// told from the sum that way to the last digit it is decided with (the sum lies on an edge of its
// rounding, something ceases to apply or to be computable) is left over, for a SampleBlock to score
// in full: what comes out is what that would give, bit for bit.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "scenario/following.hpp"
#include "scenario/sample_block.hpp"

namespace jixiao::scenario {

// One per thread.
class PartialBlock {
 public:
  PartialBlock(const SamplePlan& plan, const Following& following);

  // Scores out.front().size() samples in which the inputs `moved` differ from sample to sample and
  // the others do not (their columns are uniform). Fills the outputs `wanted` of `out`; the others
  // are left as they are. Returns false when all samples have to be scored in full, else the ones
  // that have to be in `left`.
  bool evaluate(std::span<const formula::Column> in, std::span<const std::size_t> moved,
                std::span<const std::size_t> wanted, std::span<const std::span<double>> out,
                std::vector<std::size_t>& left);
  // Rows the last call scored, those of its base included.
  [[nodiscard]] std::size_t rows_scored() const { return rows_scored_; }

 private:
  // The project where the uniform inputs put it.
  struct Base {
    std::vector<double> at;     // of every input; NaN: not moved
    std::vector<double> names;  // values of the cost model's names
    std::vector<double> row_points, row_weights;
    std::vector<value::CellState> row_states;
    std::vector<double> row_sums;  // of the block's points up to each row, it not included
    std::vector<double> fixed_points, fixed_weights;
    std::vector<value::CellState> fixed_states;
    std::vector<double> block_points, block_weights;
    double sum = 0, total = 0;
    std::size_t band = ruleset::none;
    bool usable = false;  // its total is decided from `sum`
  };
  // A row that follows, and its points, sample by sample.
  struct MovedRow {
    std::size_t row;
    std::vector<double> points;
  };

  bool evaluate_weight(std::span<const formula::Column> in, std::size_t moved,
                       std::span<const std::size_t> wanted, std::span<const std::span<double>> out,
                       std::vector<std::size_t>& left);
  void weigh(std::size_t row, std::span<const double> weights, std::size_t count);
  [[nodiscard]] scoring::Batch row_at_base(std::size_t row, std::size_t times) const;
  void stand_at(std::span<const formula::Column> in, std::span<const std::size_t> moved);
  void find_rows(std::span<const std::size_t> moved);
  void follow(std::span<const formula::Column> in, std::span<const std::size_t> moved,
              std::size_t first, std::size_t count);
  void score_row(MovedRow& own, std::span<const formula::Column> in,
                 std::span<const std::size_t> moved, std::size_t first, std::size_t count);
  [[nodiscard]] bool score_fixed(std::size_t count);
  void put_money(scoring::Batch& batch, std::size_t count);
  void add_up(std::size_t count);
  [[nodiscard]] double block_sum(std::size_t block, std::size_t sample) const;
  [[nodiscard]] bool is_clear(double sum) const;
  void hand_out(std::span<const std::size_t> wanted, std::span<const std::span<double>> out,
                std::size_t first, std::size_t count);

  const SamplePlan& plan_;
  const Following& following_;
  std::vector<std::size_t> upper_targets_;  // inputs
  Base base_;
  std::vector<formula::Column> columns_;     // one per name: uniform at the base, or a column of
                                             // values_
  std::vector<std::size_t> names_;           // of the cost model: moved, then what follows
  std::vector<std::size_t> definitions_;     // that run
  std::vector<std::vector<double>> values_;  // one of names_
  std::vector<MovedRow> rows_;               // ascending
  bool money_moves_ = false;                 // and something scores it
  std::vector<std::vector<double>> fixed_;   // points of the rule set's indicators, where it does
  std::unique_ptr<scoring::Evaluator> evaluator_;  // of those
  std::vector<std::uint8_t> in_full_;              // one per sample of a piece
  std::vector<double> totals_;
  std::vector<std::size_t> bands_;
  std::vector<double> results_;
  std::size_t rows_scored_ = 0;
};

}  // namespace jixiao::scenario
