// A project as declared and, if there are results, as reported: checked values that still know
// where they stood. Independent of any rule set.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "project/declaration.hpp"
#include "text/toml.hpp"
#include "value/cell.hpp"
#include "value/field.hpp"

namespace jixiao::project {

// A word that refers to something of the rule set: resolved when the project is bound to one.
struct Word {
  std::string text;  // empty when not given
  text::Place place;
};

struct Amount {
  value::Cell yuan;
  text::Place place;
};

struct MoneySource {
  Text name;
  Amount initial, adjusted, executed;
};

struct Money {
  Amount initial;
  Amount adjusted;  // the initial amount when not given
  Amount executed;  // missing without results
  std::vector<MoneySource> sources = {};
};

struct NamedValue {
  std::string name;
  double value = 0;
  text::Place place;
};

// How a result grows over the year: counts that add up; a level that is what it is at any time
// (rates, costs per piece, grades); a day.
enum class Pace { cumulative, level, deadline };

// What the unit itself expects of the whole year.
struct Estimate {
  text::Place place;
  std::string text;
  std::optional<value::Field> field;
  std::vector<bool> key_points;
};

// What results of a part of the year say about the rest of it.
struct Outlook {
  std::optional<Pace> pace;    // none: as the kind and unit of the target suggest
  std::vector<double> season;  // percent of the year's work in each of the 12 months, 100 together;
                               // empty: even
  std::optional<Estimate> estimate;
};

// What was reached, beside the indicator it belongs to.
struct Result {
  text::Place place;
  text::Place actual_place;
  std::string text;                   // as written
  std::optional<value::Field> field;  // when it could be read as a value
  std::vector<bool> key_points;       // one per key point
  bool not_applicable = false;
  std::string reason;
  std::string remedy;
  std::vector<std::string> evidence;
  std::optional<double> reported;  // the points the unit gave itself
  std::vector<NamedValue> inputs;
  Outlook outlook;
};

// A response declared as points: the value between two of them lies on the line that joins them,
// beyond the ends it stays what it is there.
struct Curve {
  text::Located of;                               // formula over the names of the cost model
  std::vector<std::pair<double, double>> points;  // at least two, x rising
};

// What a reported result becomes when its model moves away from where the declaration had it: the
// same share of it, the same distance from it, or the model's own value.
enum class Follow { ratio, shift, model };

struct Indicator {
  std::string id;
  Text name;
  text::Place place;
  Word block;
  Word type;
  Word method;
  std::string target_text;  // as written
  text::Place target_place;
  std::optional<value::Field> target;  // none without a target (grades) or when unreadable
  value::Kind kind = value::Kind::number;
  value::Direction direction = value::Direction::at_least;
  value::Unit unit;
  std::vector<std::string> key_points;
  std::optional<double> weight;
  text::Place weight_place;
  std::vector<NamedValue> params;
  std::string one_of;
  bool informational = false;
  std::optional<text::Located> model;  // not both
  std::optional<Curve> curve;
  std::optional<Follow> follow;  // none: shift for dates, ratio for the rest
  FiledIndicator filed;          // as the form has it
  std::string standard;          // the rule its points are given by, in words; scores nothing
  std::optional<Result> result;
};

// A result for something the project does not declare itself: an indicator of the rule set, or a
// mistake. Told apart when bound.
struct OtherResult {
  std::string indicator;
  text::Place place;
  bool has_actual = false;
  bool not_applicable = false;
  std::string reason;
  std::string remedy;
  std::vector<std::string> evidence;
  std::optional<double> reported;
};

// Results of a part of the year: up to when, and what monitoring rules ask for besides.
struct MidYear {
  int month = 0;  // 1..12: to its last day; 0: not said
  text::Place month_place;
  Word rules;                       // monitoring rules; may be empty
  std::vector<NamedValue> answers;  // yes is 1, no 0
  std::vector<double> season;       // of the money
  std::optional<Amount> executed;   // what the unit expects to have spent by the end of the year
};

struct Event {  // an adjustment or veto the results declare
  Word id;
  double n = 0;  // 0: it did not happen
  std::string reason;
};

struct Driver {
  std::string id;
  Text name;
  double value = 0;
  value::Unit unit;
  text::Place place;
  bool fixed = false;                              // a planner may not turn it
  std::optional<std::pair<double, double>> range;  // where a planner may turn it to
  std::optional<double> step;                      // the smallest turn
};

struct Item {
  std::string id;
  Text name;
  Amount amount;
  std::optional<text::Located> identity;
  std::string due;  // as written
  text::Place due_place;
  text::Place place;
};

struct Identity {
  std::string id;
  Text text;
  text::Located left;
  text::Located equals;  // formula, or empty when `amount` is given
  std::optional<double> amount;
  text::Place place;
};

// What a plan must keep.
struct Constraint {
  std::string id;
  Text text;
  text::Located formula;  // over the names of the cost model; anything but 0 is kept
  text::Place place;
};

// What it costs to turn a number of the project by one of its unit, and how far it can be turned.
struct Improvement {
  Word of;          // "results.trained", "drivers.rate"
  double cost = 0;  // yuan, or effort
  bool in_yuan = false;
  std::optional<double> to;    // as far as it can be brought, base unit
  std::optional<double> step;  // in turns of so much, base unit
  text::Place place;
};

struct Project {
  std::string file;
  std::string results_file;  // empty without results
  std::string rules;         // default rule set; may be empty
  text::Place rules_place;
  std::shared_ptr<const text::Node> printed;  // [printed]: rules of the form itself; null without
  Text name;
  int year = 0;
  std::string unit;
  std::string department;
  Text note;
  bool has_results = false;
  bool illustrative = false;
  Text results_note;
  Money money;
  std::vector<NamedValue> block_weights;
  std::vector<NamedValue> inputs;
  std::vector<Driver> drivers;
  std::vector<Item> items;
  std::vector<Identity> identities;
  std::vector<Constraint> constraints;
  std::vector<Improvement> improvements;
  std::vector<Indicator> indicators;
  std::vector<OtherResult> other_results;
  MidYear mid_year;
  std::vector<Event> adjustments;
  std::vector<Event> vetoes;
  std::vector<Event> table_events;  // of a table of results, which does not say which of the two
                                    // they are
  std::optional<Declaration> declaration;
  std::string inputs_sha256;         // of the project and results files
  std::vector<Diagnostic> findings;  // warnings and notes of reading: every scorecard of the
                                     // project repeats them
};

}  // namespace jixiao::project
