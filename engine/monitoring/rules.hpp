// Monitoring rules, checked and compiled: which light a number gets, what it is likely to become,
// when to warn. Const after they are made.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "project/project.hpp"
#include "ruleset/rule_file.hpp"
#include "ruleset/ruleset.hpp"
#include "ruleset/wording.hpp"

namespace jixiao::monitoring {

// What a light, a forecast or a warning is about.
enum class Subject { indicator, money, project };

// Names formulas may use. All of them know the first group; then come those of the subject, the
// rules' params, and the light's own `v`.
enum Name : std::size_t {
  name_m,
  name_today,
  name_s,
  name_F,
  name_B0,
  name_B,
  name_E,
  name_year,
  names
};
enum IndicatorName : std::size_t {
  name_A = names,
  name_T,
  name_U,
  name_done,
  name_q,
  indicator_names
};
// then answers
enum ProjectName : std::size_t {
  name_S = names,
  name_S_full,
  name_progress,
  name_projected,
  name_scale,
  project_names
};

// attention: somebody should look. unknown: something a rule needs is not there; exactly one signal
// is for that. good: on course. quiet: says nothing about the goal light (not due, nothing found).
enum class Role { attention, unknown, good, quiet };

struct ShownSignal {
  std::string id;
  Text label;
  std::string mark;
  Role role = Role::attention;
};

// Which indicators a rule is for; an empty list is any.
struct When {
  std::vector<project::Pace> paces;
  std::vector<value::Direction> directions;
  std::vector<value::Kind> kinds;
  std::optional<bool> target_zero;
  std::optional<bool> season;
  std::optional<bool> estimate;  // whether the unit gave its own

  struct Indicator {
    project::Pace pace;
    value::Direction direction;
    value::Kind kind;
    bool target_zero;
    bool season;
    bool estimate;
  };
  [[nodiscard]] bool fits(const Indicator& indicator) const;
};

// What a light shows where the condition holds; the last case of a light has none.
struct Case {
  std::size_t signal = 0;
  std::optional<formula::Formula> condition;
};

struct Light {
  std::string id;
  Subject subject = Subject::indicator;
  Text title;
  When when;
  std::optional<formula::Formula> value;  // `v`
  bool percent = true;                    // how v is shown
  int digits = 2;                         // it is rounded to, before it is compared
  std::vector<Case> cases;
  std::vector<ruleset::Citation> cite;
  text::Place place;
};

struct Forecast {
  std::string id;
  Subject subject = Subject::indicator;
  Text title;
  When when;
  formula::Formula value;
  std::vector<ruleset::Citation> cite;
};

struct Warning {
  std::string id;
  Subject subject = Subject::indicator;
  When when;
  std::optional<formula::Formula> value;
  int digits = 2;
  formula::Formula condition;
  ruleset::Wording wording;
  std::vector<ruleset::Citation> cite;
};

struct Answer {  // a question the unit answers with yes or no
  std::string id;
  Text name;
};

struct Rules : ruleset::RuleFileHead {
  std::vector<ShownSignal> signals;  // the most urgent first
  std::size_t unknown = 0;
  std::vector<Answer> answers;
  std::vector<ruleset::Parameter> params;
  std::vector<Light> lights;
  std::vector<Forecast> forecasts;
  std::vector<Warning> warnings;

  // Names of the subject, without `v`, which stands after them.
  [[nodiscard]] std::vector<std::string> names_of(Subject subject) const;
};

}  // namespace jixiao::monitoring
