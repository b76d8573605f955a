// The official self-evaluation form (项目支出绩效自评表), filled in: what stands in it, before any
// file is thought of.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/scorecard.hpp"
#include "project/project.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::filing {

struct MoneyLine {
  std::string name;
  std::optional<double> initial, adjusted, executed;  // yuan
  std::optional<double> weight, rate, points;  // rate in percent points; of the first line only
};

struct IndicatorLine {
  std::size_t story = 0;  // index into Scorecard::indicators
  std::string block, type, name;
  std::string target, actual;  // with sign and unit; empty when there is none: blank, never 0
  std::optional<double> weight, points;
  std::string rule;            // how points come about, where the project names a method itself
  std::string reason;          // what was given, or a proposal
  bool proposed = false;       // the reason is ours
  std::size_t block_rows = 0;  // lines this one's block goes on for; 0 when it began above
  std::size_t type_rows = 0;
};

// A bonus, deduction or veto the form prints itself: a row of its table.
struct EventRow {
  std::string block, name, rule, count, limit, points, reason;
};

struct SelfEvaluation {
  // A scoring table: points given by somebody, no targets. Its lines have no target and no actual.
  bool scoring = false;
  Language language = Language::zh;
  std::string project, department, unit;
  int year = 0;
  bool illustrative = false;
  std::string money_unit;  // 万元, or 元 where amounts go below 100
  double money_scale = 1;  // yuan in one of it
  std::vector<MoneyLine> money;
  std::string goal, reached;
  bool reached_proposed = false;
  std::vector<IndicatorLine> lines;
  bool has_rules = false;  // some line names its rule
  double scale = 100;
  std::optional<double> total;
  int digits = 2;
  std::string rating;
  std::vector<EventRow> events;
  std::vector<std::pair<std::string, std::string>> adjustments;  // what was added or taken after
                                                                 // the sum: name, effect
  std::string rules;                                             // "cn-mof-2020 1.0.0"
  std::string rules_title;
  std::vector<std::string> notes;
};

// Some amount, or points of the execution: a scoring table may have neither.
bool has_money(const SelfEvaluation& form);

SelfEvaluation fill_in(const ruleset::RuleSet& rules, const project::Project& project,
                       const Scorecard& card, Language language);

// What a draft begins with: an import leaves a text with it out.
std::string draft_mark(Language language);

// What was lost on one indicator, as the beginning of an explanation; ours, to be edited.
std::string proposed_reason(const IndicatorStory& story, Language language);
// How far the project came, told from its points.
std::string proposed_outcome(const Scorecard& card, Language language);

}  // namespace jixiao::filing
