// What-if: a project under changed inputs, side by side with the project as it stands.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

namespace scenario {
struct Scenario;
}

// What somebody would change: a cheap handle on shared const data. It changes nothing by itself,
// and is checked against a project when it is applied to one.
class Scenario {
 public:
  explicit Scenario(std::shared_ptr<const scenario::Scenario> model) : model_(std::move(model)) {}
  // for the engine's own rooms
  [[nodiscard]] const scenario::Scenario& model() const { return *model_; }

 private:
  std::shared_ptr<const scenario::Scenario> model_;
};

// Reads NAME.toml beside the project (a folder, or its project.toml), or the file itself (anything
// with a '/' or ending in .toml). "a+b": both, one after the other. Errors: every mistake in the
// files, with places.
JIXIAO_EXPORT Checked<Scenario> read_scenario(const std::string& name, const std::string& project);

// Changes typed on a command line, each "drivers.rate=350"; what a file would have under [set],
// [add], [scale] and [cut].
struct TypedChanges {
  std::vector<std::string> set;
  std::vector<std::string> add;
  std::vector<std::string> scale;
  std::string cut = {};                   // "15%" or "18万元" of all items; empty: none
  std::vector<std::string> protect = {};  // items that bear nothing of it, by id or name
  // Who bears it: empty or "pro-rata", each in proportion; "priority", the project's items from the
  // last to the first; else items with commas between them, the first is cut first.
  std::string by = {};
  [[nodiscard]] bool empty() const {
    return set.empty() && add.empty() && scale.empty() && cut.empty();
  }
};
JIXIAO_EXPORT Checked<Scenario> scenario_of(const TypedChanges& changes);

// One number that was changed, as shown to people ("300元/人/天"); empty where there was none.
struct ChangeStory {
  std::string name;  // "drivers.rate", "rules", "drop.finished", "indicator.visits"
  Text label;
  Text before;
  Text after;
  double points = 0;  // its share of the change of the total, rounded: with the others it makes the
                      // change exactly
  double error = 0;   // standard error of the share before rounding; 0 when exact
};

// One column of the comparison.
struct ScenarioStory {
  std::string id;  // the file's name without .toml; "baseline"; "typed"
  Text title;
  Text note;
  std::string file;   // empty for the baseline and what was typed
  std::string rules;  // id
  std::string rules_version;
  Text rules_title;
  bool scored = false;
  double total = 0;  // as decided
  int digits = 2;
  double scale = 100;
  std::string rating;  // band id; empty without one
  Text rating_label;
  double change = 0;  // total minus the baseline's, to `digits` decimals; 0 unless both are scored
  bool attributed = false;  // whether the points of `changes` mean something: both totals and all
                            // between them exist
  bool exact = true;  // all combinations of changes were scored; false: a sample of their orders
  std::vector<ChangeStory> changes;
  std::vector<std::string> violated;  // ids of constraints
};

// A row of the comparison: one value a column, nothing where a column has none.
struct SimulatedNumber {
  std::string name;  // "money.initial", "items.training", "drivers.rate", "results.trained",
                     // "points.trained" ...
  Text label;
  std::vector<std::optional<double>> values;  // base units; dates in days
  std::vector<std::string> shown;             // "186人"; empty where there is none
  bool changed = false;                       // some column differs from the first
};

struct SimulatedConstraint {
  std::string id;
  Text text;
  std::vector<std::optional<bool>> kept;  // nothing: cannot be told
};

// The first column is the project as it stands.
struct Simulation {
  Text project;
  std::string project_file;
  int year = 0;
  std::string unit;
  bool illustrative = false;
  Text results_note;
  std::string engine;
  std::string inputs_sha256;

  std::vector<ScenarioStory> columns;
  std::vector<SimulatedNumber> money, drivers, results, targets, weights, points, blocks;
  std::vector<SimulatedConstraint> constraints;
};

struct SimulateOptions {
  std::uint64_t seed = 1;  // of the attribution of more than 12 changes
};

// Scores the project as it stands and under each scenario. `library`: where the scenarios' own rule
// sets are found. Errors: the project cannot be scored at all, a name it does not have, a value
// that does not fit, a cut nothing can bear ...
JIXIAO_EXPORT Checked<Simulation> simulate(const RuleSet& rules, const Project& project,
                                           std::span<const Scenario> scenarios,
                                           const RuleLibrary& library,
                                           const SimulateOptions& options = {});

}  // namespace jixiao
