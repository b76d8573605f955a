// What comes out for one project: points, rating, and the story behind every one of them. Plain
// data.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

struct Cited {
  std::string text;
  std::string evidence;  // verified | form | computed | background | illustrative
  std::string url;
};

// How a number came about; `points` holds only when state is "ok".
struct IndicatorStory {
  std::string id;
  Text name;
  std::string block;  // block id
  Text block_name;
  std::string type;  // type id, may be empty
  Text type_name;
  std::string direction;  // at_least ...
  std::string sign;       // "≥" ...
  double weight = 0;      // after equal split and re-weighting
  std::string target;     // for people: "200人", "2020-11-30", "600-700人"; empty without one
  std::string actual;     // for people; empty when missing
  std::optional<double> target_value;  // in base units
  std::optional<double> actual_value;
  std::string state = "ok";        // ok | missing | not_applicable | error | informational
  double points = 0;               // as decided: rounded where the rule set says
  double lost = 0;                 // weight - points; 0 when not scored
  std::optional<double> reported;  // points the unit gave itself
  std::string method;
  Text method_title;
  std::string formula;       // "A >= T ? W : W*A/T"
  std::string substituted;   // "186 >= 200 ? 6.25 : 6.25*186/200"
  double unrounded = 0;      // the formula's own result, before holding to 0..W and rounding
  bool was_clamped = false;  // the result lay outside 0..W
  Text reason;               // why points were lost; empty when none were
  std::string given_reason;  // deviation reason in the results
  std::string remedy;
  std::vector<std::string> evidence_given;
  std::vector<Cited> cite;
  std::string file;  // where the indicator stands
  std::size_t line = 0;
};

struct BlockStory {
  std::string id;
  Text name;
  double weight = 0;  // as resolved: moved weights included
  double points = 0;
  std::size_t indicators = 0;  // scored ones
  double factor = 1;  // what its points were multiplied by for indicators that do not apply, under
                      // [total] combine
};

// A formula that makes a block of its indicators, or the total of the blocks, and what is lost in
// it: what the weights leave open beside the points of its parts.
struct FormulaStory {
  std::string block;        // its id; empty: the total
  std::string formula;      // "one + (one < 25 ? 0 : two)"
  std::string substituted;  // "20 + (20 < 25 ? 0 : 50)"
  double points = 0;        // as computed: not held to a range, not rounded
  double lost = 0;          // that no indicator lost; 0 where none, or where weights do not say
  Text reason;              // why, by the rule set's words; empty when nothing was lost
};

struct AdjustmentStory {
  std::string id;
  std::string kind;  // bonus | penalty | veto
  Text name;
  double n = 0;
  double points = 0;  // what it changed the total by; 0 for a veto
  Text effect;        // in words
  std::string reason;
  std::vector<Cited> cite;
};

// How far the total is from the neighbouring ratings.
struct Distance {
  std::optional<double> to_next_band;  // points missing to the next better rating
  std::string next_band;               // its id
  Text next_label;
  std::optional<double> to_lower_band;  // points above the lower end of this rating
};

// The same project scored another way, for comparison.
struct Comparison {
  std::string id;  // "proper-blocks"
  Text text;
  double total = 0;
  std::string rating;
  Text rating_label;
};

struct RulesStory {
  std::string id;
  std::string version;
  Text title;
  Text note;
  std::string sha256;
  std::string file;
  std::vector<std::string> lineage;  // "soft-default 1.0.0", nearest first
  std::vector<Cited> cite;
  std::string statistics{};                  // the file of statistics it was scored by; empty: none
  std::vector<std::string> statistics_of{};  // the tables those are of
  std::size_t statistics_projects = 0;       // and how many projects those have
};

struct Scorecard {
  Text project;
  std::string project_file;
  int year = 0;
  std::string unit;
  bool illustrative = false;
  Text results_note;
  RulesStory rules;
  std::string inputs_sha256;
  std::string engine;  // "jixiao 0.1.0"

  bool scored = false;    // false: the total could not be computed; the diagnostics say why
  double scale = 100;     // full marks
  double attainable = 0;  // what could be earned: less than scale when blocks are empty
  double factor = 1;  // what the total was multiplied by for what does not apply or blocks that are
                      // empty: scale/attainable
  int digits = 2;     // decimals totals are printed with
  double total = 0;   // final, as decided
  double total_before_adjustments = 0;
  double total_before_veto = 0;
  std::string rating;  // band id; empty when the rule set has no ratings
  Text rating_label;
  std::string rating_before_veto;
  std::optional<double> initial, adjusted, executed;  // yuan
  std::optional<double> execution_rate;               // percent points of the adjusted budget

  std::vector<BlockStory> blocks;
  std::vector<IndicatorStory> indicators;  // rule set's own first, then the project's, in file
                                           // order
  std::vector<FormulaStory> formulas;      // of blocks, then of the total; none where both are sums
  std::vector<AdjustmentStory> adjustments;
  Distance distance;
  std::vector<Comparison> comparisons;
  std::vector<Diagnostic> diagnostics;  // of reading, structure and scoring, sorted by place
};

}  // namespace jixiao
