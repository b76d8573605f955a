// Where a project stands between ratings: what would reach the next one, and what may be lost
// before this one is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

struct NextOptions {
  std::optional<double> total;  // reach this total; nothing: the next better rating
  std::string rating;           // reach this one, by id or label; empty: the next better one
};

// One value a number might be turned to, alone, and what the project then is. What follows from the
// number by the project's model follows.
struct TurnedTo {
  double value = 0;    // base unit; dates in days
  std::string shown;   // "195人"
  std::string change;  // "+9人", "-3天"
  double total = 0;
  std::string rating;  // band id
};

struct TurnedIndicator {
  std::string id;  // of the indicator; "money.executed" for what the rule set scores of the money
  Text label;
  std::string shown;  // the result as it stands; empty without a number
  double points = 0, weight = 0;
  bool can_turn = false;               // false: a grade, not applicable, or without a result
  std::string step;                    // the smallest turn that was looked at: "1人", "0.1%"
  std::vector<std::string> followers;  // ids of indicators whose results follow this one
  std::optional<TurnedTo> reaches;     // the smallest change that reaches the goal
  std::optional<TurnedTo> best;   // without it: the nearest value with the most points this number
                                  // alone can bring
  std::optional<TurnedTo> keeps;  // the last value before the rating is lost, on the side where it
                                  // is lost first
  std::optional<TurnedTo> loses;  // and the first that loses it; nothing: it cannot lose the rating
                                  // alone
};

struct JointTurn {
  std::string name;  // "results.trained", "drivers.rate"
  Text label;
  std::string before;
  TurnedTo after;  // total and rating: of this change alone
  double cost = 0;
};

// The cheapest changes that reach the goal together.
struct JointChange {
  bool possible = false;  // false: not even all of them together, each at its best
  double cost = 0;
  // "yuan" or "effort" as [[improve]] of the project says; "percent-of-target" when it says
  // nothing: changes in percent of the target (days for dates), added up.
  std::string currency;
  std::vector<JointTurn> turns;
  double total = 0;
  std::string rating;
  double best_total = 0;  // with everything at its best
  bool exact = false;     // no cheaper choice in these steps reaches the goal
  // No choice in these steps costs less; 0 where nothing is known of that. Equal to `cost` when
  // exact; below it where there were too many choices to look at.
  double bound = 0;
  std::size_t choices = 0;      // numbers that were free to turn
  std::size_t rows_scored = 0;  // indicators scored to find it
};

struct NextRating {
  Text project;
  std::string project_file;
  int year = 0;
  std::string unit;
  bool illustrative = false;
  Text results_note;
  std::string engine;
  std::string inputs_sha256;
  std::string rules, rules_version;
  Text rules_title;

  double total = 0;
  int digits = 2;
  double scale = 100;
  std::string rating;  // band id; empty without ratings
  Text rating_label;
  std::optional<double> keeps_from;  // the lower end of this rating; nothing for the lowest
  std::string goal_rating;  // band id of the next better one; empty when there is none, or a total
                            // is the goal
  Text goal_label;
  std::optional<double> goal;  // the total to reach; nothing: already the best rating

  std::vector<TurnedIndicator> indicators;
  std::optional<JointChange> joint;  // nothing without a goal
  std::size_t rows_scored = 0;  // indicators scored to find what each does alone: grows with their
                                // number
};

// Errors: the project has no total, a goal no total can be.
JIXIAO_EXPORT Checked<NextRating> next_rating(const RuleSet& rules, const Project& project,
                                              const NextOptions& options = {});

}  // namespace jixiao
