// Scenarios side by side with the project as it stands.
#include <algorithm>
#include <cmath>
#include <list>
#include <numeric>
#include <unordered_map>

#include "project/heading.hpp"
#include "project/project.hpp"
#include "ruleset/ruleset.hpp"
#include "sampling/attribution.hpp"
#include "scenario/change_model.hpp"
#include "scenario/messages.hpp"
#include "value/edge.hpp"
#include "value/rounding.hpp"

namespace jixiao {
namespace scenario {

using text::Code;

namespace {

// Parts that add up to `change` in decimals: rounded down, what is missing goes to the largest
// fractions, of equals to the first.
std::vector<double> rounded_to_sum(const std::vector<double>& parts, double change, int digits) {
  const double unit = std::pow(10.0, digits);
  std::vector<long> whole;
  std::vector<double> fractions;
  long sum = 0;
  for (const double part : parts) {
    const double down = value::floor_of(part * unit);
    whole.push_back(static_cast<long>(down));
    fractions.push_back(part * unit - down);
    sum += whole.back();
  }
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return fractions[a] > fractions[b]; });
  const long missing = std::lround(change * unit) - sum;
  for (long k = 0; k < std::abs(missing) && !order.empty(); ++k) {
    const auto turn = static_cast<std::size_t>(k) % order.size();
    whole[missing > 0 ? order[turn] : order[order.size() - 1 - turn]] += missing > 0 ? 1 : -1;
  }
  std::vector<double> out;
  for (const long n : whole) out.push_back(value::Rounding{digits}(static_cast<double>(n) / unit));
  return out;
}

std::string shown_number(double x, const value::Unit& unit) {
  return std::isnan(x) ? std::string() : value::show(x, unit);
}

// One column: what there is to know of a project, its rules and its moves.
struct Column {
  std::vector<OutputFacts> outputs;
  std::vector<double> values;
  std::unordered_map<std::string, std::size_t> places;  // of the names
};

// Each order of the changes costs an evaluation for every one of them, of all of them: many changes
// get fewer orders.
std::size_t permutations(std::size_t changes) {
  constexpr std::size_t most = 512, least = 4, work = 20'000'000;
  return std::clamp(work / std::max<std::size_t>(changes * changes, 1), least, most);
}

class Simulator {
 public:
  Simulator(const RuleSet& rules, const Project& project, const RuleLibrary& library,
            const SimulateOptions& options, text::Findings findings)
      : rules_(rules),
        project_(project),
        library_(library),
        options_(options),
        findings_(findings) {}

  bool run(std::span<const jixiao::Scenario> scenarios) {
    project::fill_heading(project_.model(), out);
    ScenarioStory baseline;
    baseline.id = "baseline";
    baseline.title = {"现状", "as it stands"};
    if (!column(rules_, project_, {}, std::move(baseline))) return false;
    bool sound = true;
    for (const auto& scenario : scenarios) sound = apply(scenario.model()) && sound;
    if (!sound) return false;
    tabulate();
    return true;
  }

  Simulation out;

 private:
  bool apply(const Scenario& scenario) {
    const std::size_t errors = error_count();
    Changes changes;
    std::vector<const Change*> left;
    changes.edits = find_edits(scenario, project_, rules_, library_, left, findings_);
    if (error_count() > errors) return false;
    RuleSet rules = rules_;
    for (const Edit& edit : changes.edits) {
      if (edit.rules) rules = *edit.rules;
    }
    const std::vector<bool> all(changes.edits.size(), true);
    const Project project = all.empty() ? project_ : edited(project_, changes.edits, all);
    if (!ProjectModel::make(rules, project, {}, {}, findings_)) return false;
    changes.moves = find_moves(scenario, left, rules, project, findings_);
    if (error_count() > errors) return false;
    ScenarioStory story;
    story.id = scenario.id;
    story.title = scenario.title;
    story.note = scenario.note;
    story.file = scenario.file;
    describe_changes(changes, story);
    if (!column(rules, project, changes.moves, std::move(story))) return false;
    attribute(changes);
    return true;
  }

  [[nodiscard]] std::size_t error_count() const {
    return static_cast<std::size_t>(
        std::count_if(findings_.all().begin(), findings_.all().end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; }));
  }

  static void describe_changes(const Changes& changes, ScenarioStory& story) {
    for (const Edit& edit : changes.edits)
      story.changes.push_back({edit.name, edit.label, edit.before, edit.after, 0, 0});
    for (const Move& move : changes.moves) {
      const std::string before = shown_number(move.facts.nominal, move.facts.unit);
      const std::string after = shown_number(move.value, move.facts.unit);
      const Text now = move.held ? Text{"保持 " + after, "held at " + after} : Text{after, after};
      story.changes.push_back({move.facts.name, move.facts.label, {before, before}, now, 0, 0});
    }
  }

  // Scores one column and appends it.
  bool column(const RuleSet& rules, const Project& project, const std::vector<Move>& moves,
              ScenarioStory story) {
    Column own;
    own.outputs = ProjectModel::all_outputs(rules, project);
    std::vector<NamePlace> in, wanted;
    std::vector<std::string> held;
    std::vector<formula::Column> point;
    for (const Move& move : moves) {
      in.push_back({move.facts.name, {}});
      point.push_back(formula::Column::uniform(move.value));
      if (move.held) held.push_back(move.facts.name);
    }
    for (const OutputFacts& output : own.outputs) wanted.push_back({output.name, {}});
    const auto model = ProjectModel::make(rules, project, in, wanted, findings_, held);
    if (!model) return false;
    own.values.resize(own.outputs.size());
    for (std::size_t o = 0; o < own.outputs.size(); ++o) own.places.emplace(own.outputs[o].name, o);
    std::vector<std::span<double>> places;
    for (double& value : own.values) places.emplace_back(&value, 1);
    model->evaluate(point, places);

    const ruleset::RuleSet& own_rules = rules.model();
    story.rules = own_rules.id;
    story.rules_version = own_rules.version;
    story.rules_title = own_rules.title;
    story.digits = model->total_digits();
    story.scale = model->scale();
    story.scored = !std::isnan(own.values[0]);
    if (story.scored) story.total = own.values[0];
    if (!std::isnan(own.values[1])) {
      const BandFacts& band = model->bands()[static_cast<std::size_t>(own.values[1])];
      story.rating = band.id;
      story.rating_label = band.label;
    }
    if (story.scored) {
      tell_outcome(model->scorecard(point), story);
    } else {
      report_unscored(own, story);
    }
    out.columns.push_back(std::move(story));
    columns_.push_back(std::move(own));
    return true;
  }

  // What the rule set says of a column beside its numbers.
  static void tell_outcome(const Scorecard& card, ScenarioStory& story) {
    for (const AdjustmentStory& one : card.adjustments) {
      if (one.kind != "veto") continue;
      story.vetoes.push_back(
          {one.name.zh + "：" + one.effect.zh, one.name.en + ": " + one.effect.en});
    }
    for (const Diagnostic& found : card.diagnostics) {
      if (found.code != text::entry(Code::rule_check).name) continue;
      story.checks.push_back(
          {found.severity, found.code, {}, 0, 0, 0, {}, found.message, found.help});
    }
  }

  void report_unscored(const Column& own, const ScenarioStory& story) {
    std::string which;
    bool any_points = false;
    for (std::size_t o = 0; o < own.outputs.size(); ++o) {
      any_points = any_points ||
                   (own.outputs[o].name.starts_with("points.") && !std::isnan(own.values[o]));
      if (own.outputs[o].name.starts_with("points.") && std::isnan(own.values[o]))
        which += (which.empty() ? "" : ", ") + own.outputs[o].name.substr(7);
    }
    const bool weighed = std::any_of(story.changes.begin(), story.changes.end(),
                                     [](const auto& c) { return c.name.starts_with("weights."); });
    const std::string& file = story.file.empty() ? project_.model().file : story.file;
    if (weighed && !any_points) {
      findings_.report_file(file, message::no_room_for_weights(story.title));
      return;
    }
    findings_.report_file(file, message::no_total(story.title, which));
  }

  void attribute(const Changes& changes) {
    const ScenarioStory& baseline = out.columns.front();
    ScenarioStory& story = out.columns.back();
    if (!baseline.scored || !story.scored) return;
    const int digits = std::max(baseline.digits, story.digits);
    story.change = value::Rounding{digits}(story.total - baseline.total);
    const ChangeModel model(rules_, project_, changes, {"total"});
    const std::vector<double> before(model.inputs().size(), 0), after(model.inputs().size(), 1);
    sampling::AttributionPlan plan;
    plan.seed = options_.seed;
    plan.permutations = permutations(before.size());
    const auto found = sampling::attribute(model, before, after, plan).front();
    story.exact = found.exact;
    story.attributed = std::none_of(found.parts.begin(), found.parts.end(),
                                    [](double part) { return std::isnan(part); });
    if (!story.attributed) return;
    const auto points = rounded_to_sum(found.parts, story.change, digits);
    for (std::size_t i = 0; i < points.size(); ++i) {
      story.changes[i].points = points[i];
      story.changes[i].error = found.errors[i];
    }
  }

  // Every name of any column once, each after the one it follows in the first column that has it.
  [[nodiscard]] std::vector<std::string> all_names() const {
    std::list<std::string> names;
    std::unordered_map<std::string, std::list<std::string>::iterator> known;
    for (const Column& own : columns_) {
      auto next = names.begin();
      for (const OutputFacts& output : own.outputs) {
        const auto found = known.find(output.name);
        const auto at = found != known.end() ? found->second : names.insert(next, output.name);
        known.emplace(output.name, at);
        next = std::next(at);
      }
    }
    return {names.begin(), names.end()};
  }

  void tabulate() {
    const std::vector<std::pair<std::string_view, std::vector<SimulatedNumber>*>> tables{
        {"money.", &out.money},     {"items.", &out.money},     {"drivers.", &out.drivers},
        {"results.", &out.results}, {"targets.", &out.targets}, {"weights.", &out.weights},
        {"points.", &out.points},   {"blocks.", &out.blocks}};
    for (const std::string& name : all_names()) {
      if (name.starts_with("constraints.")) {
        constrain(name);
        continue;
      }
      for (const auto& [prefix, table] : tables) {
        if (name.starts_with(prefix)) table->push_back(row(name));
      }
    }
  }

  // The place of an output in a column; nothing where it has none.
  static std::optional<std::size_t> find(const Column& own, const std::string& name) {
    const auto at = own.places.find(name);
    return at == own.places.end() ? std::nullopt : std::optional(at->second);
  }

  SimulatedNumber row(const std::string& name) const {
    SimulatedNumber number;
    number.name = name;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const Column& own = columns_[c];
      const auto at = find(own, name);
      const bool there = at && !std::isnan(own.values[*at]);
      if (at && number.label.empty()) number.label = own.outputs[*at].label;
      number.values.push_back(there ? std::optional(own.values[*at]) : std::nullopt);
      const bool points = name.starts_with("points.") || name.starts_with("blocks.");
      number.shown.push_back(!there   ? std::string()
                             : points ? value::plain(own.values[*at], 4)
                                      : value::show(own.values[*at], own.outputs[*at].unit));
      number.changed = number.changed || number.values.back() != number.values.front();
    }
    return number;
  }

  void constrain(const std::string& name) {
    SimulatedConstraint constraint;
    constraint.id = name.substr(name.find('.') + 1);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const auto at = find(columns_[c], name);
      const double value = at ? columns_[c].values[*at] : std::nan("");
      if (at) constraint.text = columns_[c].outputs[*at].label;
      constraint.kept.push_back(std::isnan(value) ? std::nullopt : std::optional(value != 0));
      if (value == 0) out.columns[c].violated.push_back(constraint.id);
    }
    out.constraints.push_back(std::move(constraint));
  }

  const RuleSet& rules_;
  const Project& project_;
  const RuleLibrary& library_;
  const SimulateOptions& options_;
  text::Findings findings_;
  std::vector<Column> columns_;
};

}  // namespace
}  // namespace scenario

Checked<Simulation> simulate(const RuleSet& rules, const Project& project,
                             std::span<const Scenario> scenarios, const RuleLibrary& library,
                             const SimulateOptions& options) {
  std::vector<Diagnostic> diagnostics;
  scenario::Simulator simulator(rules, project, library, options, diagnostics);
  const bool sound = simulator.run(scenarios);
  text::sort_by_place(diagnostics);
  if (!sound || text::has_error(diagnostics)) return diagnostics;
  return {std::move(simulator.out), std::move(diagnostics)};
}

}  // namespace jixiao
