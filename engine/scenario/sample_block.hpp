// A block of samples of one project: copies of it that differ in the numbers that were moved,
// scored together.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "scenario/moved_weights.hpp"
#include "scenario/quantities.hpp"
#include "scoring/evaluation.hpp"

namespace jixiao::scenario {

// What is the same for every block. Everything referred to outlives it.
struct SamplePlan {
  Bound bound;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<std::uint8_t> affected;  // one per name of the cost model: whether it can differ
                                       // between samples
  std::vector<const project::Definition*> running;  // definitions of affected names, in order
  std::vector<std::size_t> input_of;  // of a name: which input moves it; ruleset::none
  std::vector<const project::Definition*> definition_of;  // of a name; null: it follows nothing
  bool weights_move = false;
};

// NaN, and where it stands, is not moved.
inline bool is_moved(double x, double nominal) { return x == x && x != nominal; }

// A batch of one project, so many times.
scoring::Batch repeated(scoring::Batch batch, std::size_t times);
// A batch of one project without any of its rows.
scoring::Batch without_rows(const scoring::Batch& batch);
// A batch of one project with one of its rows alone, and the weight it has.
scoring::Batch only_row(const scoring::Batch& batch, std::size_t row, double weight);

// One per thread. Holds room for `capacity` samples.
class SampleBlock {
 public:
  SampleBlock(const SamplePlan& plan, std::size_t capacity);

  // Samples first .. first + count of `in`, count <= capacity; the results go to the same places of
  // `out`. Outputs with an empty span are not handed out.
  void evaluate(std::span<const formula::Column> in, std::span<const std::span<double>> out,
                std::size_t first, std::size_t count);

  // The scorecards alone, until the next call.
  const scoring::Scorecards& score(std::span<const formula::Column> in, std::size_t first,
                                   std::size_t count);
  // Of the first sample scored last: the value of a name of the cost model; whether its weights can
  // be.
  [[nodiscard]] double value(std::size_t name) const { return columns_[name][0]; }
  // The projects scored last, one a sample.
  [[nodiscard]] const scoring::Batch& batch() const { return batch_; }
  [[nodiscard]] bool is_possible() const { return impossible_[0] == 0; }

 private:
  void follow(std::span<const formula::Column> in, std::size_t first, std::size_t count);
  void move_rows(std::size_t count);
  void move_upper_targets(std::span<const formula::Column> in, std::size_t first,
                          std::size_t count);
  void move_money(std::size_t count);
  void move_weights(std::span<const formula::Column> in, std::size_t first, std::size_t count);
  void hand_out(const scoring::Scorecards& cards, std::span<const std::span<double>> out,
                std::size_t first, std::size_t count);

  const SamplePlan& plan_;
  scoring::Batch batch_;
  scoring::Evaluator evaluator_;
  MovedWeights weights_;
  std::vector<std::vector<double>> values_;  // one per name, empty unless affected
  std::vector<formula::Column> columns_;     // one per name
  std::vector<std::uint8_t> impossible_;     // one per sample: weights that cannot be
  std::vector<double> results_;
};

}  // namespace jixiao::scenario
