// Studies: many what-ifs at once. Which input matters, where a rating changes, how likely it is,
// how money is best split.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/project.hpp"
#include "jixiao/ranks.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

namespace study {
struct Study;
}

// A question as somebody wrote it: a cheap handle on shared const data, checked against a project
// when it is answered.
class Study {
 public:
  explicit Study(std::shared_ptr<const study::Study> model) : model_(std::move(model)) {}
  [[nodiscard]] const study::Study& model() const { return *model_; }  // for the engine's own rooms
  [[nodiscard]] JIXIAO_EXPORT bool needs_project() const;  // false: it brings formulas, or a
                                                           // portfolio, of its own

 private:
  std::shared_ptr<const study::Study> model_;
};

// Reads NAME.toml beside the project, or the file itself (anything with a '/' or ending in .toml).
// Errors: every mistake, with places.
JIXIAO_EXPORT Checked<Study> read_study(const std::string& name, const std::string& project);

// A study in one line of the command line: "tornado", "grid drivers.rate=200..400/10
// drivers.trainees=100..300/10" ... as a file would say it.
struct TypedStudy {
  std::string kind;  // "tornado", "grid", "break-even", "monte-carlo", "sobol", "morris", "shapley"
                     // ...
  std::vector<std::string> inputs;  // "drivers.rate", "drivers.rate=200..400",
                                    // "results.satisfaction=normal(91,2)"
  std::vector<std::string> outputs;
  std::vector<std::string> where;  // formulas that must hold: "results_trained >= 150"
  std::vector<std::string> apply;  // scenarios the study starts from
  std::optional<std::uint64_t> seed;
  std::optional<std::size_t> samples;
};
JIXIAO_EXPORT Checked<Study> study_of(const TypedStudy& typed);
JIXIAO_EXPORT bool is_study_kind(const std::string& word);

struct StudyOptions {
  unsigned threads = 0;                     // 0: as many as the machine has
  const std::atomic<bool>* stop = nullptr;  // when it turns true, no further piece of work is begun
  std::function<void(std::size_t done, std::size_t all)> progress = {};
  // Called before work that will take more than a gigabyte of memory, with a warning that says how
  // much.
  std::function<void(const Diagnostic&)> say = {};
  std::string state_file;  // what is done so far, kept there when stopped and taken up again;
                           // empty: none
  bool take_up = true;     // false: a state_file that is there is written over, not taken up
  std::optional<std::uint64_t> seed = {};  // in place of the study's own
  std::optional<std::size_t> samples = {};
  // Processes that do this study together: each calls run_study() with the same study, and rank 0
  // alone gets an answer (the reports of the others are empty). Studies that draw share their
  // samples out; the rest runs on rank 0. Nothing: this process alone.
  Ranks* ranks = nullptr;
};

// What is known of one input: numbers in base units, and as shown to people.
struct StudiedInput {
  std::string name;  // "drivers.rate"; of a group: the group's name
  Text label;  // says what kind of number it is where the name alone would not: "cadres trained
               // (target)"
  std::string unit;  // "元/人/天"
  double nominal = 0;
  std::string nominal_shown;  // "300元/人/天"
  std::string law;  // "uniform(200, 400)", "200..400 in steps of 10": what the study varies; empty
                    // when it does not
  std::string stands_shown = {};  // without the scenarios the study starts from; empty where it
                                  // starts from none
};

// A scenario the study starts from.
struct AppliedScenario {
  std::string id;  // as read_scenario() names it
  Text title;
};

// An output that was asked for.
struct StudiedOutput {
  std::string name;  // "total", "results.trained"
  Text label;
  std::string unit;
  double baseline = 0;  // where the study starts
  double stands = 0;  // of the project as it stands, without the scenarios; NaN: cannot be computed
};

struct RatingBand {  // the best first
  std::string id;
  Text label;
  double from = 0;  // lower end; -infinity for the lowest
};

// A value of one input, and what the project then is.
struct StudiedPoint {
  double value = 0;    // of the input
  std::string shown;   // "350元/人/天"
  double output = 0;   // NaN: cannot be computed
  std::string rating;  // band id; empty without one, or when the output is not the total
  std::vector<double> further = {};  // of a break-even: the other outputs asked for,
                                     // StudyReport::outputs from the second on
};

// Each input over its range, one at a time, the widest first.
struct TornadoBar {
  std::size_t input = 0;  // index into StudyReport::inputs
  StudiedPoint low, high;
  double lowest = 0, highest = 0;     // of the output anywhere in the range, the ends included
  std::vector<std::string> violated;  // constraints violated somewhere in the range
  // False: no indicator's result follows this driver, item or amount by any formula, which is why
  // the output does not move.
  bool followed = true;
  std::vector<std::string> moves = {};  // of one that is not followed: what does follow it
                                        // ("items.training", "money.initial")
};
struct Tornado {
  std::vector<TornadoBar> bars;                       // of StudyReport::output
  std::vector<std::vector<TornadoBar>> further = {};  // of the other outputs asked for,
                                                      // StudyReport::outputs from the second on
};

// One or two inputs over a grid.
struct InputGrid {
  std::size_t x = 0;             // index into StudyReport::inputs
  std::optional<std::size_t> y;  // nothing: one input
  std::vector<double> xs, ys;    // ys: one place when there is one input
  std::vector<std::string> xs_shown, ys_shown;
  std::vector<double> values;  // row by row: values[j * xs.size() + i]; NaN: cannot be computed
  std::vector<std::string> ratings;    // the same; empty strings without one
  std::vector<std::uint8_t> violated;  // the same: whether a constraint is violated there
  std::vector<std::vector<double>> further = {};  // as values, of the other outputs asked for,
                                                  // StudyReport::outputs from the second on
};

// Where the rating changes when one input moves alone, to the input's step.
struct BreakEven {
  std::size_t input = 0;
  bool upwards = false;  // the input rises
  bool found = false;    // false: the rating stays all the way to `limit`
  StudiedPoint last;     // the last value that keeps the rating
  StudiedPoint first;    // the first that does not
  double limit = 0;      // as far as was looked
  std::string limit_shown;
  // 0: continuous; last and first then lie as close as doubles of ten digits do, and are shown as
  // neighbours in the fewest decimals that are each on its side.
  double step = 0;
  bool monotone = true;  // false: beyond `first` the rating changes back within the range
};
struct BreakEvens {
  std::vector<BreakEven> rows;
};

struct QuantileRow {
  double level = 0;  // 0..1
  double value = 0;
  double error = 0;  // standard error
  double low = 0, high = 0;
};
struct RatingChance {
  std::string id;
  Text label;
  double share = 0;  // 0..1
  double error = 0;
  double low = 0, high = 0;
};
struct HistogramBins {
  std::vector<double> edges;  // one more than counts
  std::vector<std::size_t> counts;
};
struct Spread {
  std::string output;  // "total"
  Text label;
  std::string unit;
  std::size_t samples = 0;
  std::size_t uncomputable = 0;
  double mean = 0, mean_error = 0, deviation = 0, low = 0, high = 0;
  std::vector<QuantileRow> quantiles;
  HistogramBins histogram;
};
struct MonteCarloAnswer {
  std::vector<Spread> outputs;
  std::vector<RatingChance> ratings;      // empty without ratings
  std::vector<RatingChance> constraints;  // chance that each is kept
  std::size_t drawn = 0;  // samples drawn; those that `where` leaves out count in no figure above
  std::size_t left_out = 0;
};

struct IndexEstimate {
  double value = 0, error = 0, low = 0, high = 0;
};
// Shares of the variance (Sobol, Shapley effects) or elementary effects (Morris).
struct Sensitivity {
  std::string output;
  Text label;
  double mean = 0, variance = 0;
  std::size_t evaluations = 0, uncomputable = 0;
  std::vector<IndexEstimate> first;   // Sobol S1; Morris: mu; one per input or group, in the order
                                      // of StudyReport::inputs
  std::vector<IndexEstimate> total;   // Sobol ST; Morris: mu*; Shapley: the effects
  std::vector<IndexEstimate> spread;  // Morris: sigma
  std::vector<IndexEstimate> second;  // Sobol pairs (0,1), (0,2) ... ; empty without
  bool settled = false;               // the order by `total` is certain to the tolerance asked for
  std::size_t rounds = 1;
};
struct SensitivityAnswer {
  std::string method;  // sobol | morris | shapley
  std::vector<Sensitivity> outputs;
};

// Money split over items, or over projects.
struct AllocatedPart {
  std::string id;
  Text label;
  double before = 0, after = 0;  // yuan
  double least = 0, most = 0;    // what it may get
  double marginal = 0;  // points that 10,000 yuan more are worth at `after`; NaN when it may not
                        // have more
  bool is_protected = false;  // stays what it is
  // What the score says of its money. "yes": indicators follow it; "cost-only": they do, but only
  // ever reward spending less; "no": none does. What the last two deliver is not measured: taking
  // money from them proves nothing. Of projects: "yes".
  std::string measured = "yes";
  // Of projects.
  double total_before = 0, total_after = 0;
  std::string rating_before, rating_after;
};
// An indicator whose result another split of the money changes.
struct AllocatedResult {
  std::string id;
  Text label;
  std::string before, after;  // "29个"
  double points_before = 0, points_after = 0;
};
// An indicator whose result follows the split through a curve, and where on it the split is.
// Between its first and its last declared point unless the question lets it go beyond, where the
// curve is flat.
struct AllocatedCurve {
  std::string id;
  Text label;
  std::string of;                  // the formula the curve is over
  double lowest = 0, highest = 0;  // first and last declared point
  double before = 0, after = 0;    // the formula's value; NaN: cannot be computed
  bool may_leave = false;          // the question lets it go beyond its points
  [[nodiscard]] bool is_beyond() const { return after < lowest || after > highest; }
};
struct FrontierPoint {
  double money = 0;  // yuan
  double score = 0;  // best that was found for it; NaN: no split of it keeps limits and constraints
  double bound = 0;  // nothing can be better than this
  std::string rating;
};
struct Allocation {
  std::string goal;   // "best-total" | "least-money"
  double money = 0;   // yuan to be split (best-total), or needed at least (least-money)
  double before = 0;  // total as it stands; of projects: the weighted mean of theirs
  double after = 0;   // total of the split
  std::string rating_before, rating_after;  // of projects: empty
  double bound = 0;                         // nothing is better than this (total, or yuan)
  bool optimal = false;                     // after equals the bound, to the total's last decimal
  std::size_t evaluations = 0;
  std::vector<AllocatedPart> parts;
  std::vector<FrontierPoint> frontier;  // by money; empty unless asked for
  std::vector<std::string> violated;

  std::vector<AllocatedCurve> curves;    // that the split moves along; of projects: empty
  std::vector<AllocatedResult> results;  // what the split changes, the most points lost first; of
                                         // projects: empty
  bool of_projects = false;
  std::string unmeasured;   // what items nobody measures get at least: "in-proportion" | "keep" |
                            // "free"
  double money_before = 0;  // yuan, of all parts
  double step = 0;     // yuan: every amount is a whole number of these (an item may have a coarser
                       // one)
  double unspent = 0;  // yuan of `money` that no part takes without losing points, or that make no
                       // whole step
  std::string method;  // "exact": the best of all splits in these steps; "every": all were scored;
                       // "search": the best that was found
  double wanted = 0;   // least-money: the total that is kept
  std::vector<std::string> dropped;  // constraints that need not be kept
  // The same money in proportion to what there is, for comparison. NaN when that has no total.
  double in_proportion = 0;
  std::string rating_in_proportion;
  std::vector<std::string> violated_in_proportion;
};

// Which ratings are certain over all weights in stated ranges, and which flip.
struct StableProject {
  std::string id;
  Text label;
  double total = 0;  // with the weights as they are
  std::string rating;
  double lowest = 0, highest = 0;  // over all weights in the ranges, as printed
  bool certain = false;            // the rating is the same everywhere
  bool exact = false;  // all this is proved; false: totals are no linear function of the weights,
                       // or rounding decides, and it is what corners and draws show
  std::vector<double> shares;  // chance of each rating under the drawn weights, in the order of
                               // StudyReport::bands
  double rank = 0, best_rank = 0, worst_rank = 0;  // as it is; seen over the draws
  std::string flips_to;                            // nearest other rating; empty when certain
  std::vector<std::pair<std::string, double>> flipping_weights;  // the nearest weights that change
                                                                 // it
  double flip_distance = 0;  // largest change of one weight, points
};
struct Stability {
  std::vector<StableProject> projects;
  std::size_t draws = 0;
  std::size_t certain = 0;
  double mean_rank_shift = 0;  // mean |rank as it is - rank drawn| (OECD/JRC Rs)
};

using StudyAnswer = std::variant<Tornado, InputGrid, BreakEvens, MonteCarloAnswer,
                                 SensitivityAnswer, Allocation, Stability>;

struct StudyReport {
  Text project;  // empty: formulas of the study's own
  std::string project_file;
  int year = 0;
  std::string unit;
  bool illustrative = false;
  Text results_note;
  std::string engine;
  std::string inputs_sha256;
  std::string rules, rules_version;
  Text rules_title;

  std::string id;  // the file's name without .toml; "typed"
  std::string kind;
  Text title, note;
  std::string file;
  std::uint64_t seed = 0;
  std::size_t samples = 0;  // 0 where nothing is drawn
  std::string output;       // what tornado, grid and break-even look at: "total"
  Text output_label;
  int digits = 2;  // of totals
  double scale = 100;
  std::vector<RatingBand> bands;
  double baseline = 0;  // the output where the study starts: as it stands, or with the scenarios of
                        // `applied`
  std::string rating;   // there
  std::vector<AppliedScenario> applied;  // the scenarios it starts from, in order; empty: the
                                         // project as it stands
  double stands = 0;  // with scenarios: the output without them; NaN: cannot be computed. Else:
                      // baseline
  std::string stands_rating;           // the same
  std::vector<StudiedOutput> outputs;  // all that were asked for, `output` first; empty of
                                       // allocations and stability
  std::vector<StudiedInput> inputs;
  bool complete = true;  // false: stopped; the answer is of what was done
  StudyAnswer answer;
};

// Answers one. Errors: names the project does not have, ranges upside down, laws outside what a
// number may be, correlations that are none, a constraint nothing satisfies ...
JIXIAO_EXPORT Checked<StudyReport> run_study(const RuleSet& rules, const Project& project,
                                             const Study& study, const RuleLibrary& library,
                                             const StudyOptions& options = {});
// One that brings formulas, or a portfolio, of its own. `library`: where the rule set of a
// portfolio is found.
JIXIAO_EXPORT Checked<StudyReport> run_study(const Study& study, const StudyOptions& options = {},
                                             const RuleLibrary& library = {});

}  // namespace jixiao
