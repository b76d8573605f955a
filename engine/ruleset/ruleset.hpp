// A rule set, checked and compiled: everything that turns indicators into a rating. Const after it
// is made.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "ruleset/interval.hpp"
#include "ruleset/statistic.hpp"
#include "ruleset/wording.hpp"
#include "text/toml.hpp"
#include "value/cell.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"
#include "weights/comparisons.hpp"

namespace jixiao::ruleset {

inline constexpr std::size_t none = static_cast<std::size_t>(-1);

enum class Evidence { verified, form, computed, background, illustrative };
const char* name(Evidence evidence);

struct Citation {
  std::string text;
  Evidence evidence = Evidence::background;
  std::string url;
  std::string note;
};

// The names every row formula may use, in the order of their columns; then come the rule set's
// inputs, the method's params, inputs and state columns, and last (in reasons and checks only)
// points and lost.
enum RowName : std::size_t {
  row_A,
  row_T,
  row_U,
  row_W,
  row_B0,
  row_B,
  row_E,
  row_year,
  row_has_reason,
  row_has_evidence,
  row_names
};
// The names project formulas may use: then inputs, block ids, total; for an adjustment n as well.
enum ProjectName : std::size_t { project_B0, project_B, project_E, project_year, project_names };

struct Type {
  std::string id;
  Text name;
  std::vector<std::string> also;
};

enum class WhenEmpty { lost, rescale, move, refuse };

// `each` summed over the indicators of a block (names P, W), then `total` of the sum (names S, N,
// V).
struct Fold {
  formula::Formula each;
  formula::Formula total;
  // Whether `each` names W.
  [[nodiscard]] bool weighs() const;
  // Whether `total` names N or V: it then does without an indicator that does not apply.
  [[nodiscard]] bool divides() const;
};

struct Block {
  std::string id;
  Text name;
  std::vector<std::string> also;
  double weight = 0;
  std::optional<Interval> weight_range;
  std::vector<std::size_t> types;  // that belong here; empty: any
  WhenEmpty when_empty = WhenEmpty::lost;
  std::size_t move_to = none;
  std::optional<Fold> combine;
  text::Place place;
};

struct Input {
  std::string id;
  Text name;
  value::Unit unit;
  std::optional<Interval> range;
  std::size_t statistic = none;  // which statistic of the table it holds; projects do not bring it
  // The words it may be; a word's number is its place among them, from 1. Empty: it is a number.
  std::vector<std::string> values = {};
  // Its own words for what is missing and for what does not apply, and those that are numbers.
  std::vector<std::string> missing = {};
  std::vector<std::string> not_applicable = {};
  std::vector<double> missing_numbers = {};
  std::vector<double> not_applicable_numbers = {};

  // What a word says: the number of one of `values`, missing or not applicable; nothing where it is
  // none of its words.
  [[nodiscard]] std::optional<value::Cell> said(std::string_view word) const;
  // The same of a number: itself, unless it stands for missing or not applicable.
  [[nodiscard]] value::Cell said(double number) const;
  [[nodiscard]] bool has_coded_numbers() const {
    return !missing_numbers.empty() || !not_applicable_numbers.empty();
  }
  // A value as people write it: its word, or the number.
  [[nodiscard]] std::string shown(double x) const;
};

// The words of those inputs that have some. first: the position of the first input in a scope.
std::vector<formula::WordList> word_lists(const std::vector<Input>& inputs, std::size_t first);

// Which indicators a method is for; an empty list is any.
struct Selector {
  std::vector<std::size_t> blocks;
  std::vector<std::size_t> types;
  std::vector<value::Direction> directions;
  std::vector<value::Kind> kinds;
  std::optional<bool> target_zero;

  struct Subject {
    std::size_t block;
    std::size_t type;
    value::Direction direction;
    value::Kind kind;
    bool target_zero;
  };
  [[nodiscard]] bool fits(const Subject& subject) const;
  // Whether everything this one fits is fitted by the other, and not the reverse.
  [[nodiscard]] bool narrower_than(const Selector& other) const;
};

enum class OutsidePolicy { error, zero, full, not_applicable, formula };
struct Outside {
  OutsidePolicy policy = OutsidePolicy::error;
  std::optional<formula::Formula> points;
};

struct Parameter {
  std::string name;
  double value = 0;
  std::size_t input = none;  // of a rule-set indicator: the input that holds it, a statistic
};

// A statistic that every rule-set indicator of a method has, of its own actual: a parameter of it.
struct MethodStatistic {
  std::string id;
  StatisticKind is = StatisticKind::min;
  double at = 0.5;
  bool smallest_first = false;
};

struct State {
  std::string id;
  Text name;
  std::vector<std::string> also;
  std::vector<double> values;  // one per state column
};

struct MethodInput {
  std::string id;
  Text name;
  std::optional<formula::Formula> otherwise;  // none: a result must bring it
};

struct Reason {
  std::optional<formula::Formula> when;
  Wording wording;
};

struct Accept {
  formula::Formula that;
  Wording wording;
};

struct Check {
  std::string id;
  std::optional<Selector> when;
  formula::Formula condition;
  Severity severity = Severity::warning;
  Wording wording;
  std::vector<Citation> cite;
};

struct Method {
  std::string id;
  Text title;
  Text note;
  std::optional<Selector> when;   // none: used by name only
  std::vector<Parameter> params;  // those of `statistics` last
  std::vector<MethodStatistic> statistics;
  std::vector<MethodInput> inputs;
  std::vector<std::string> state_columns;
  std::vector<State> states;
  formula::Scope scope;  // names of points, domain, outside
  formula::Formula points;
  std::optional<formula::Formula> domain;
  Outside outside;
  bool beyond = false;
  std::vector<Reason> reasons;
  std::vector<Accept> accepts;
  std::vector<Check> checks;
  std::vector<Citation> cite;
  text::Place place;

  std::size_t first_param = 0;  // positions in scope.variables
  std::size_t first_input = 0;
  std::size_t first_state = 0;
};

// An indicator the rule set gives to every project.
struct FixedIndicator {
  std::string id;
  Text name;
  std::size_t block = none;
  std::size_t type = none;
  std::optional<double> weight;
  formula::Formula actual;  // over ProjectName and inputs
  double target = 0;
  bool has_target = false;
  std::optional<formula::Formula> target_formula;  // over ProjectName and inputs, in place of a
                                                   // number
  std::string target_text;                         // it as written
  value::Unit unit;
  value::Direction direction = value::Direction::at_least;
  std::size_t method = none;
  std::vector<Parameter> params;  // all of the method's, overridden where given
  std::optional<formula::Formula> domain;
  Outside outside;
  std::vector<Citation> cite;
  text::Place place;
};

enum class AdjustmentKind { bonus, penalty };
struct Adjustment {
  std::string id;
  AdjustmentKind kind = AdjustmentKind::bonus;
  Text name;
  formula::Formula points;  // over n, params and the project names
  std::vector<Parameter> params;
  std::optional<double> limit;
  std::vector<Citation> cite;
  text::Place place;
};

struct Veto {
  std::string id;
  Text name;
  std::optional<formula::Formula> when;
  std::size_t rating = none;    // the best band it leaves
  std::optional<double> total;  // the highest total it leaves; `limit` says the same
  std::optional<double> limit;
  std::vector<Citation> cite;
  text::Place place;
};

struct Band {
  std::string id;
  Text label;
  Interval range;
  bool only_veto = false;
  text::Place place;
};

// [distribution]: at most so many of a table's projects may have a rating.
struct Distribution {
  struct Limit {
    std::size_t band = none;
    double percent = 0;
    bool or_better = false;  // this band and all better ones together
  };
  std::vector<Limit> limits;
  std::string by;        // a column of the table: within each of its values; empty: over all
  bool ties_up = false;  // equal totals on the edge of a limit all stay; false: all move down
  value::RoundingMode rounding = value::RoundingMode::down;  // of a share to projects
  std::vector<Citation> cite;
  text::Place place;
};

// One judge's matrix, row by row.
struct Judge {
  std::string name;  // may be empty
  std::vector<double> matrix;
  double consistency_ratio = 0;
  text::Place place;
};

// What is compared pair by pair: all blocks, all fixed indicators, or all of one block.
struct ComparedGroup {
  bool of_blocks = false;
  std::size_t parent = none;         // the block whose indicators these are
  std::vector<std::size_t> members;  // positions in blocks or in indicators, in the matrix's order
  std::vector<Judge> judges;
  std::vector<double> matrix;  // all judges joined by the geometric mean
  weights::ComparedWeights result;
  std::vector<double> points;  // the weight each member gets
};

// [weights.ahp]: where weights come from pairwise comparisons.
struct Comparisons {
  std::vector<Citation> cite;
  bool row_means = false;  // weights are geometric row means; false: the principal eigenvector
  std::optional<long> decimals;  // of the weights; none: as computed
  std::vector<ComparedGroup> groups;
};

// [weights.data]: the table and the method that weights were computed by. Nothing is computed anew.
struct WeightsOrigin {
  std::string method, table, sha256, rules;
  long projects = 0;
};

// [[case]]: what the rule set says it gives. Of one method, of a total and its rating, or of a
// project that brings nothing but inputs.
struct Case {
  // Of the method (indicator: none), or of an indicator of the rule set.
  struct Points {
    std::size_t indicator = none;
    double value = 0;
    text::Place place;
  };
  std::string source;
  std::size_t method = none;
  std::vector<std::pair<std::string, double>> given;  // in base units
  std::size_t state = none;                           // of the method
  bool expects_error = false;
  std::optional<double> total;
  std::size_t rating = none;  // in bands
  std::vector<Points> points;
  text::Place place, total_place, rating_place;
};

enum class MissingPolicy { error, zero };
enum class NotApplicablePolicy { rescale, full, siblings, refuse };

struct Ancestor {
  std::string id;
  std::string version;
  std::string file;
};

struct Versions;  // versions.hpp

struct RuleSet {
  std::string id;
  std::string version;
  Text title;
  Text note;
  std::vector<Citation> cite;
  std::vector<Citation> rating_cite;
  std::vector<Ancestor> lineage;  // nearest first, this one not included
  std::string file;
  std::string sha256;  // of every file of the lineage
  bool abstract = false;

  double scale = 100;
  MissingPolicy missing = MissingPolicy::error;
  NotApplicablePolicy not_applicable = NotApplicablePolicy::rescale;
  std::optional<value::Rounding> indicator_rounding;
  std::optional<value::Rounding> block_rounding;
  std::optional<value::Rounding> total_rounding;
  bool totals_for_slope = false;  // totals are left as computed, for their slopes: never decided
  std::shared_ptr<const value::Calendar> calendar;

  std::vector<Type> types;
  std::vector<Block> blocks;
  std::vector<Input> inputs;
  std::vector<Statistic> statistics;
  std::shared_ptr<const StatisticTable> statistic_table;  // null: none was given
  std::vector<Method> methods;
  std::vector<FixedIndicator> indicators;
  std::optional<Comparisons> comparisons;  // none: weights are as written
  std::optional<WeightsOrigin> weights_origin;
  // Of a rule set with [[from]] or [[for]]: each version of it. What stands here besides is what
  // stands outside them. Null: there is one version, this.
  std::shared_ptr<const Versions> versions;
  std::vector<Case> cases;  // its own, none of those it extends
  std::vector<Adjustment> adjustments;
  std::optional<double> bonus_limit;
  std::optional<double> penalty_limit;
  std::vector<Veto> vetoes;
  std::vector<Check> indicator_checks;  // over row names without any method's own, then points,
                                        // lost
  std::vector<Check> project_checks;    // over project names
  std::vector<Band> bands;  // those with a range from high to low, then the veto-only ones
  std::optional<Distribution> distribution;  // decided by tables alone
  std::optional<formula::Formula> combine;   // over the project names
  std::vector<Reason> total_reasons;         // why points are lost in it; over the project names
  std::optional<Interval> total_range;

  formula::Scope project_scope;  // project names, inputs, block ids, total
  [[nodiscard]] std::size_t first_input_name() const { return project_names; }
  [[nodiscard]] std::size_t first_block_name() const { return project_names + inputs.size(); }
  [[nodiscard]] std::size_t total_name() const {
    return project_names + inputs.size() + blocks.size();
  }

  // Whether it scores by numbers of a table that was not given.
  [[nodiscard]] bool lacks_table() const { return !statistics.empty() && !statistic_table; }

  // By id, name in either language, or other spelling; none when nothing matches.
  [[nodiscard]] std::size_t find_block(std::string_view word) const;
  [[nodiscard]] std::size_t find_type(std::string_view word) const;
  [[nodiscard]] std::size_t find_method(std::string_view id) const;
  // The methods whose `when` fits, narrower ones first; more than one entry means they are equally
  // good.
  [[nodiscard]] std::vector<std::size_t> methods_for(const Selector::Subject& subject) const;
  // What a total is decided to before it is compared, ranked and printed: the rounding declared,
  // else nine decimals, so that 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 are one number.
  [[nodiscard]] value::Rounding decided_rounding() const {
    return total_rounding.value_or(value::Rounding{9, value::RoundingMode::half_up});
  }
  // The band of a total as printed; none without bands (or for NaN).
  [[nodiscard]] std::size_t band_of(double total) const;
  [[nodiscard]] bool type_belongs(std::size_t type, std::size_t block) const;
};

// Why the share of a rating cannot be limited: those beyond the limit would have nowhere to go.
// Empty when it can.
Text unlimited(const RuleSet& rules, std::size_t band);

}  // namespace jixiao::ruleset
