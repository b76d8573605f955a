// What a form claims: its words and numbers read once, each with its place. Made of a form or of a
// project; the checks see nothing else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "forms/draft.hpp"
#include "jixiao/audit.hpp"
#include "project/project.hpp"
#include "value/field.hpp"

namespace jixiao::audit {

inline constexpr std::size_t none = static_cast<std::size_t>(-1);

// Text as printed. `on_form`: there is a cell for it, perhaps blank.
struct PrintedText {
  std::string text;
  AuditPlace place;
  bool on_form = false;
  [[nodiscard]] bool there() const { return !text.empty(); }
};

// A number as printed: points, 元, or percent points. No value where the words are no number.
struct Number {
  PrintedText words;
  std::optional<double> value;
  int decimals = 0;  // printed behind the point
  [[nodiscard]] bool there() const { return value.has_value(); }
};

struct Row {
  std::size_t indicator = none;  // of the project; none for a row of the budget's execution
  std::string id;
  PrintedText name, block, type, target, actual, rule, reason, evidence, note;
  std::string block_id, type_id;  // where it belongs; empty when its headings are not known
  bool graded = false;
  bool assessed = false;  // its points were given by somebody: no target, nothing to compute
  std::optional<value::Field> aim, reached;  // numbers and dates, direction chosen
  bool aim_signed = false;                   // the form itself gives the sign
  bool readable = true;  // false: no project could read its target or result; nothing follows from
                         // it
  bool certain = true;   // false: its target, result, weight, direction or rule was guessed: no
                         // points follow from it
  bool rule_unread = false;  // its rule is not understood: the form's own points count
  bool rule_aside = false;   // its rule also names what would leave no points, and no cell tells
  Number weight, points, completion;
};

// A bonus, deduction or veto of the form.
struct EventLine {
  forms::EventKind kind = forms::EventKind::bonus;
  std::string id;  // of the project's adjustment or veto
  PrintedText block, name, rule, actual, reason;
  Number most, points;   // as printed; what a deduction takes may be printed below 0 or above
  bool certain = true;   // false: its kind or count was guessed
  bool by_rule = false;  // its points follow from a rule on the form
  // What it changes the sum by; none where nothing is printed.
  [[nodiscard]] std::optional<double> change() const;
};

struct MoneyLine {
  PrintedText name;
  bool total = false;
  Number initial, adjusted, executed;  // 元
  Number weight, rate, points;
};

// What a scoring table prints behind a block or type, or in its name, for the rows under it.
struct LevelLine {
  PrintedText name;
  Number weight, points;
  std::size_t first = 0, behind = 0;  // its rows
};

struct SumLine {
  PrintedText name;
  Number weight, points;
  bool subtotal = false;
  bool of_events = false;             // of bonuses or deductions
  std::size_t first = 0, behind = 0;  // the rows a subtotal is of
};

struct ItemLine {
  PrintedText name;
  Number amount;
};

struct Claims {
  std::string file, project, unit;
  int year = 0;  // 0: the form has none
  AuditPlace year_place;
  bool reports = false;
  bool of_project = false;  // made of a project: a weight it leaves out is the rule set's to give
  std::string rules;
  std::vector<MoneyLine> money;
  std::vector<Row> rows;
  std::vector<EventLine> events;
  std::vector<LevelLine> levels;
  std::vector<SumLine> sums;
  std::vector<ItemLine> items;
  Number total;
  bool whole = true;  // false: rows of the form were lost in reading, or a column was guessed: its
                      // sums cannot be checked
  PrintedText rating;
  PrintedText annual_goal, midterm_goal, reached_goal, period_from, period_to;

  [[nodiscard]] const MoneyLine* total_money() const;  // null when there is none
  // Points and weight of the budget's execution, from the money table or rows of their own.
  [[nodiscard]] std::optional<double> execution_weight() const;
  [[nodiscard]] std::optional<double> execution_points() const;
  // What bonuses and deductions change the sum by.
  [[nodiscard]] double events_change() const;
  [[nodiscard]] AuditPlace execution_place() const;
  [[nodiscard]] bool has(PrintedText Row::*column) const;  // the form has a column of that name
};

Claims claims_of_form(const forms::Form& form, const forms::Draft& draft);
Claims claims_of_project(const project::Project& project);

AuditPlace audit_place(const forms::FormPlace& place);
AuditPlace place_of_line(const std::string& file, std::size_t line);
// "（50分）" in a heading: 50.
std::optional<double> points_in_heading(const std::string& heading);
// Of the printed total, else of the money that execution was to be of: what 执行率 is measured
// against.
std::optional<double> budget_of(const MoneyLine& line);

}  // namespace jixiao::audit
