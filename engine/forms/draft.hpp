// A form understood: what will be written into project.toml and results.toml, and what had to be
// guessed for it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "forms/form.hpp"
#include "jixiao/diagnostic.hpp"

namespace jixiao::forms {

enum class Sure { likely, guess };

// A doubtful reading: what was taken, and what to change if that is wrong.
struct Question {
  FormPlace place;
  Text taken;
  Text change;
  Sure sure = Sure::likely;
};

// One value to be written. `unwritten`: as a remark only, since the project could not read it.
struct Entry {
  std::string text;
  FormPlace place;
  std::vector<std::size_t> questions;  // indices into Draft::questions
  bool unwritten = false;
  [[nodiscard]] bool there() const { return !text.empty(); }
};

// A value beside another of its kind, kept as a remark.
struct DraftSecond {
  std::string heading, text;
  FormPlace place;
};

struct DraftIndicator {
  std::string id;
  Entry name, block, type, target, weight;
  std::string direction;  // written only where the target says none
  bool graded = false;
  std::string method;
  std::vector<std::pair<std::string, std::string>> params;
  Entry standard;  // the rule text of a scoring table, by which its reviewer gave the points
  Entry rule;      // the printed rule that was read as no method
  std::string filed_block, filed_type, filed_name, filed_target;
  Entry midterm_name, midterm_target, baseline, calculation, source;
  Entry actual, reason, remedy, reported;
  bool not_applicable = false;
  bool informational = false;
  bool left_out = false;  // for the audit: no project could read the row, nothing follows from it
  std::vector<DraftSecond> others;
};

// A bonus, deduction or veto of the form: a rule of the project's own, and what was reported of it.
struct DraftEvent {
  std::string id;
  EventKind kind = EventKind::bonus;
  Entry name, rule, reason;
  std::string points;  // muParser text over n; of bonuses and deductions
  Entry limit;         // the most points; may be empty
  Entry count;         // n; empty: nothing was reported
  std::vector<DraftSecond> others;
};

// A level-1 or level-2 heading of a scoring table, as a block or type of the form's own.
struct DraftLevel {
  std::string id;
  Entry name;
  std::string weight;              // of a block; empty where the form gives none
  std::vector<std::string> types;  // ids, of a block
  std::vector<DraftSecond> others;
};

struct DraftAmount {
  Entry name, initial, adjusted, executed, midterm;
};

struct DraftItem {
  Entry name, amount;
};

struct Draft {
  std::string file;
  bool reports = false;       // there are results
  bool illustrative = false;  // which are invented, as the form says
  std::string rules;
  std::vector<std::size_t> rules_questions;
  Entry name, year, unit, department, period_from, period_to, heading_unit, annual_goal,
      midterm_goal, reached_goal;
  DraftAmount money;
  std::vector<DraftAmount> sources;
  std::vector<DraftItem> items;
  std::vector<std::pair<std::string, std::string>> weights;  // by block
  std::vector<DraftIndicator> indicators;
  std::vector<DraftEvent> events;
  std::vector<DraftLevel> blocks, types;  // of a scoring table
  std::string full_marks;                 // of a scoring table, where they are not 100
  std::vector<Question> questions;
  std::vector<Text> map;            // how the form was read, a line each: lines_of()
  std::vector<DraftSecond> others;  // of the sums and the money
  double scale = 100;  // what the form's weights add up to, before they were made to make 100
};

Draft understand(const Form& form);

}  // namespace jixiao::forms
