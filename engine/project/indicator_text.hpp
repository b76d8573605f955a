// An indicator as written, in a project file or in the row of a table, and the one meaning it has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "project/project.hpp"
#include "text/toml.hpp"

namespace jixiao::project {

// What is written about an indicator, each part with its place. Filled by the readers of TOML and
// of tables.
struct IndicatorText {
  text::Place place;
  std::string id;
  Word block, type, method;  // of the rule set
  Word unit;
  const text::Node* target = nullptr;  // text, a number, yes or no, or { low, high }; null without.
                                       // Must outlive the call
  text::Place target_place;
  std::optional<std::vector<std::string>> key_points;  // in the place of a target
  std::optional<value::Kind> kind;                     // when it is said beside the target
  text::Place kind_place;
  std::optional<value::Direction> direction;  // the same
  text::Place direction_place;
  std::optional<double> weight;
  text::Place weight_place;
  bool informational = false;
};

// The indicator it means: kind, direction, unit, target and weight settled. Name, parameters,
// models and the form are the reader's.
Indicator interpret(const IndicatorText& written, int year, std::vector<Diagnostic>& diagnostics);

// What is written about its result.
struct ResultText {
  text::Place place;
  const text::Node* actual = nullptr;  // null without. Must outlive the call
  bool not_applicable = false;         // said beside the actual
  std::string reason;
};

// The result it means, but for what stands beside it (remedy, evidence, points reported).
// `indicator` null: one the project does not declare, whose actual nobody can read. An actual that
// says "不适用" or "n/a" is one that does not apply; one that says "null", "NaN" or
// "#N/A" is missing.
Result interpret(const ResultText& written, const Indicator* indicator, int year,
                 std::vector<Diagnostic>& diagnostics);

bool says_not_applicable(std::string_view actual);
// Words of programs and tables of statistics for "there is no value".
bool says_missing(std::string_view actual);

// Sizes of numbers that reading an indicator decides by. Rows of a table that differ in their
// numbers only, and have the same of these, mean the same.
struct NumberSizes {
  bool zero_target = false;  // other methods fit
  bool rate_slip = false;    // 0.95 beside a target of 95%
  bool money_slip = false;   // 28000 beside a target of 3万元
  friend bool operator==(const NumberSizes&, const NumberSizes&) = default;
};
struct SizedValues {
  double low = 0, high = 0;  // of the target; the same number when it is no range
  double actual = 0;
  bool percent_unit = false;  // of the target
  bool money_unit = false;
  bool percent_written = false;  // the actual has its % sign
  bool bare = false;             // the actual is a number without a unit
};
NumberSizes sizes_of(const SizedValues& values);
// Of an actual as written beside its indicator.
SizedValues sized(const Indicator& indicator, std::string_view actual, double value);

// The exponent of a bare number beside this unit: 1.2 beside 万元 is 12000 yuan.
int bare_exponent(const value::Unit& unit);

}  // namespace jixiao::project
