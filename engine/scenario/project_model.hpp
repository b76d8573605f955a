// A project and a rule set as a function: named numbers in (drivers, money, results, targets,
// weights), score, rating and results out.
//
// Names of inputs            unit               what it is when nobody moves it
//   drivers.rate             the driver's       its declared value
//   items.training           元                 the declared amount, or the item's identity once
//                                               something the identity names has moved
//   money.initial            元                 declared + what the items changed by
//   money.adjusted           元                 declared + what money.initial changed by
//   money.executed           元                 reported, times what money.adjusted became of what
//                                               it was
//   results.trained          the indicator's    reported; where the indicator has a model or a
//                                               curve it follows that once it has moved
//                                               (project/cost_model.hpp); a date in days, key
//                                               points as their number
//   targets.trained          the indicator's    declared; the lower end of a range, whose upper end
//                                               is targets.trained.high
//   weights.trained          points             as resolved; once one is moved the others of its
//                                               block share the rest in proportion
//   weights.output           points             a block's; once one is moved the other blocks share
//                                               the rest of the scale in proportion
// An input at its nominal value, or NaN, is not moved, whatever else is. All inputs at nominal: the
// bits of the plain score. An input that is moved overrides the formula it would otherwise follow.
//
// Names of outputs
//   total                    points             as decided (rounded, held to its range); NaN when
//                                               it cannot be computed
//   rating                   a number           index into bands(), 0 the best; NaN without one
//   money.total              元                 money.initial after all changes
//   money.executed           元
//   points.trained           points             of every scored indicator, the rule set's own
//                                               (points.execution) included; NaN unless scored
//   blocks.output            points             of every block
//   items.training           元                 after all changes
//   results.trained          the indicator's    after all changes; NaN when missing or not
//                                               applicable
//   drivers.rate, targets.trained, weights.trained, weights.output   as they are after all changes
//   constraints.enough       1 kept, 0 violated, NaN cannot be told
//   curves.satisfaction      a number           where on the curve of the indicator its result is
//                                               read: the value of the curve's formula
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scorecard.hpp"
#include "sampling/model.hpp"
#include "text/findings.hpp"
#include "text/source.hpp"

namespace jixiao::scenario {

// A name somebody wrote, and where (no source: on the command line).
struct NamePlace {
  std::string name;
  text::Place place;
};

// What is known of one input before anything is varied.
struct InputFacts {
  std::string name;  // "drivers.rate"
  Text label;        // "每人每天培训标准" / "training rate per person and day"
  value::Unit unit;  // base unit of the numbers: 元, never 万元
  double nominal = 0;
  double step = 0;       // the smallest change that makes sense: 1 for counts, 1 (day) for dates,
                         // declared for drivers; 0: none
  bool is_date = false;  // numbers are days
  bool fixed = false;    // the project says it cannot move (drivers, `fixed = true`)
  std::optional<double> low;  // the declared range, both ends or neither
  std::optional<double> high;
  double lowest = -std::numeric_limits<double>::infinity();  // what the kind of number allows: 0
                                                             // for counts, money, percentages,
                                                             // weights
};

struct OutputFacts {
  std::string name;
  Text label;
  value::Unit unit;
};

// A rating, the best first. The rating of a total is the band it lies in: model.band_of().
struct BandFacts {
  std::string id;
  Text label;
  double from = 0;     // the lower end; -infinity for the lowest
  bool closed = true;  // whether `from` itself belongs to the band
};

class ProjectModel final : public sampling::Model {
 public:
  // Null, with diagnostics (a name nobody has, with the nearest; no results; a rule set that does
  // not fit), when there is no such function. `outputs` empty: total and rating. Both handles are
  // kept. `held`: items, money and results that stay at nominal unless they are moved, whatever
  // they would follow otherwise.
  static std::unique_ptr<ProjectModel> make(const RuleSet& rules, const Project& project,
                                            std::span<const NamePlace> inputs,
                                            std::span<const NamePlace> outputs,
                                            text::Findings findings,
                                            std::span<const std::string> held = {});
  ~ProjectModel() override;

  [[nodiscard]] std::span<const sampling::Quantity> inputs() const override;
  [[nodiscard]] std::span<const sampling::Quantity> outputs() const override;
  [[nodiscard]] std::string identity() const override;
  // Any number of samples: worked on in blocks. Thread-safe. Outputs whose span is empty are not
  // computed. Where few columns of `in` are not uniform and the total is a sum of points, only what
  // follows those inputs is computed, to the same bits.
  void evaluate(std::span<const formula::Column> in,
                std::span<const std::span<double>> out) const override;

  [[nodiscard]] std::span<const InputFacts> facts() const;   // one per input, in the order of
                                                             // inputs()
  [[nodiscard]] const std::vector<double>& nominal() const;  // the same
  // Names of items, money and results that follow the input by the project's own formulas, itself
  // not among them: "items.training", "money.initial", "results.trained". Empty for weights and the
  // upper ends of targets.
  [[nodiscard]] std::vector<std::string> followers(std::size_t input) const;
  // Outputs (indices, ascending) that can differ when the input moves; the others cannot where
  // is_sum().
  [[nodiscard]] std::vector<std::size_t> outputs_following(std::size_t input) const;
  // Whether the total is the sum of the points, held to a range and rounded, and every indicator's
  // points follow its own numbers and the money alone.
  [[nodiscard]] bool is_sum() const;
  // The whole scorecard of one point, in the words of jixiao::score; `point` as in evaluate(), one
  // row. Places are those of the project as it stands.
  [[nodiscard]] Scorecard scorecard(std::span<const formula::Column> point) const;
  // Rows (an indicator in a sample) that evaluate() has scored so far: what its work grows with.
  [[nodiscard]] std::size_t rows_scored() const;
  [[nodiscard]] std::span<const BandFacts> bands() const;  // empty: a rule set without ratings;
                                                           // `from` NaN: through a veto alone
  [[nodiscard]] std::size_t band_of(double total) const;   // index into bands(); bands().size() for
                                                           // NaN or without ratings
  [[nodiscard]] double scale() const;                      // full marks
  [[nodiscard]] int total_digits() const;  // decimals a total is decided and printed with

  // Everything that may be asked for, in the order of the tables above; nothing where make() would
  // report errors.
  [[nodiscard]] static std::vector<InputFacts> all_inputs(const RuleSet& rules,
                                                          const Project& project);
  [[nodiscard]] static std::vector<OutputFacts> all_outputs(const RuleSet& rules,
                                                            const Project& project);

 private:
  struct Parts;
  explicit ProjectModel(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace jixiao::scenario
