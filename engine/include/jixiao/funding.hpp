// What results do to money: next year's amount of a project, step by step, by rules somebody wrote
// down.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scorecard.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

namespace funding {
struct Rules;
}

// A cheap handle on shared const data.
class FundingRules {
 public:
  explicit FundingRules(std::shared_ptr<const funding::Rules> model) : model_(std::move(model)) {}
  // for the engine's own rooms
  [[nodiscard]] const funding::Rules& model() const { return *model_; }

 private:
  std::shared_ptr<const funding::Rules> model_;
};

// By id (`<folder>/<id>/use.toml` of the library) or by the path of the file.
JIXIAO_EXPORT Checked<FundingRules> read_funding_rules(const std::string& id_or_path,
                                                       const RuleLibrary& library);

// What is known of one project when its next amount is decided.
struct FundingCase {
  std::string id;  // as the table has it, or the project's file
  Text name;
  std::string rating;  // band id, or the word of a table; empty: not rated
  Text rating_label;
  std::optional<double> score;
  double scale = 100;
  int year = 0;
  std::optional<double> initial, adjusted, executed;   // yuan
  std::vector<std::pair<std::string, double>> inputs;  // what the rules ask for besides, in base
                                                       // units
  bool illustrative = false;
  std::string file;
  std::size_t line = 0;
};
JIXIAO_EXPORT FundingCase funding_case(const Scorecard& card);
// A table with a column project, one rating, and total, initial, adjusted, executed and the rules'
// inputs where there are any. `money`: another table whose columns count where the first has none,
// by project; empty: none. Amounts may carry a unit; bare numbers are yuan.
JIXIAO_EXPORT Checked<std::vector<FundingCase>> read_funding_cases(const FundingRules& rules,
                                                                   const std::string& table,
                                                                   const std::string& money = {});

// "asked=110万元", as typed: in base units. Errors: an input the rules do not know, a value that is
// no number in its unit.
JIXIAO_EXPORT Checked<std::vector<std::pair<std::string, double>>> read_funding_inputs(
    const FundingRules& rules, std::span<const std::string> typed);

struct FundingStep {
  std::string id;
  Text title;
  bool recalls = false;          // it takes money back instead of changing next year's amount
  double before = 0, after = 0;  // yuan; of one that recalls: taken back before it and after it
  std::string formula;
  std::string substituted;
  Text reason;
  std::vector<Cited> cite;
};

struct FundedProject {
  FundingCase what;
  bool decided = false;
  Text why_not;     // when it is not
  double base = 0;  // yuan
  double next = 0;  // yuan
  double recalled = 0;
  std::vector<FundingStep> steps;  // those that changed something
};

struct FundingReport {
  RulesStory rules;
  std::string engine;
  bool illustrative_rules = false;  // a figure of theirs is illustrative
  std::vector<FundedProject> projects;
  std::size_t undecided = 0;
  double base = 0, next = 0, recalled = 0;  // yuan, over the decided ones
};

// Errors: an input the rules do not know. A project whose rating or amount is not known is left
// undecided and says why.
JIXIAO_EXPORT Checked<FundingReport> fund(const FundingRules& rules,
                                          std::span<const FundingCase> cases);

}  // namespace jixiao
