#include "planning_commands.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

#include "interruption.hpp"
#include "jixiao/unsaved.hpp"
#include "output_file.hpp"

namespace jixiao::cli {
namespace {

// What stops a simulation is said at once; a project's own oddities are told by `check`.
std::vector<Scenario> read_scenarios(const SimulateCall& what,
                                     std::vector<Diagnostic>& diagnostics) {
  std::vector<Scenario> out;
  const auto take = [&](const Checked<Scenario>& scenario) {
    diagnostics.insert(diagnostics.end(), scenario.diagnostics().begin(),
                       scenario.diagnostics().end());
    if (scenario) out.push_back(*scenario);
  };
  for (const std::string& name : what.scenarios) take(read_scenario(name, what.project));
  if (!what.typed.empty() || !what.typed.protect.empty() || !what.typed.by.empty())
    take(scenario_of(what.typed));
  return out;
}

struct Planned {
  Project project;
  RuleSet rules;
};

// The project and the rules it is scored by; nothing, and `diagnostics` say why, without them.
template <class What>
std::optional<Planned> read_planned(const Call& call, const What& what,
                                    std::vector<Diagnostic>& diagnostics) {
  const auto project = read_project({what.project, what.results});
  add_errors(project.diagnostics(), diagnostics);
  if (!project) return std::nullopt;
  const std::string wanted = !what.rules.empty() ? what.rules : project->rules();
  if (wanted.empty()) {
    diagnostics.push_back(no_rules(what.project));
    return std::nullopt;
  }
  const auto rules = read_rules(wanted, call.library, project->needs());
  add_errors(rules.diagnostics(), diagnostics);
  if (!rules) return std::nullopt;
  return Planned{*project, *rules};
}

template <class Found>
void add_all(const Found& found, std::vector<Diagnostic>& diagnostics) {
  diagnostics.insert(diagnostics.end(), found.diagnostics().begin(), found.diagnostics().end());
}

// A question of `plan` that has no answer, and the first reason.
void leave_out(PlanQuestion question, const std::vector<Diagnostic>& why, PlanAnswers& out) {
  std::vector<Diagnostic> errors;
  add_errors(why, errors);
  out.unanswered.emplace_back(question, errors.empty() ? Text{} : errors.front().message);
}

// Studies that every plan can be asked.
class PlanStudies {
 public:
  PlanStudies(const Call& call, const PlanCall& what, const Planned& planned, PlanAnswers& out)
      : call_(call), what_(what), planned_(planned), out_(out) {}

  void ask_all() {
    out_.edges = ask_of_plan(PlanQuestion::edges, "break-even");
    out_.matters = ask_of_plan(PlanQuestion::matters, "tornado");
    out_.chances = ask(PlanQuestion::chances, what_.chances.empty()
                                                  ? typed("monte-carlo")
                                                  : read_study(what_.chances, what_.project));
    // Only a study file asks this question; this one is not on any disk.
    const std::string file = "./least-money.plan.toml";
    keep_unsaved(file,
                 "schema = \"jixiao/study/1\"\nkind = \"allocation\"\ngoal = \"least-money\"\n");
    out_.least_money = ask(PlanQuestion::least_money, read_study(file, what_.project));
  }

 private:
  static Checked<Study> typed(const char* kind, std::vector<std::string> inputs = {}) {
    TypedStudy study;
    study.kind = kind;
    study.inputs = std::move(inputs);
    return study_of(study);
  }

  // Of what is planned and what comes of it; where a project has not all three kinds of numbers, of
  // whatever it has.
  std::optional<StudyReport> ask_of_plan(PlanQuestion question, const char* kind) {
    auto found = ask(question, typed(kind, {"drivers.*", "items.*", "results.*"}));
    if (found) return found;
    out_.unanswered.pop_back();
    return ask(question, typed(kind));
  }

  std::optional<StudyReport> ask(PlanQuestion question, const Checked<Study>& study) {
    if (!study) {
      leave_out(question, study.diagnostics(), out_);
      return std::nullopt;
    }
    StudyOptions options = what_.options;
    options.stop = &interruption();
    const auto found = run_study(planned_.rules, planned_.project, *study, call_.library, options);
    if (found && found->complete && fits(question, *found)) return *found;
    leave_out(question, found.diagnostics(), out_);
    return std::nullopt;
  }

  // A study that was named may be of another kind.
  bool fits(PlanQuestion question, const StudyReport& found) {
    if (question != PlanQuestion::chances || found.kind == "monte-carlo") return true;
    out_.unanswered.emplace_back(question, Text{"研究 " + found.id + " 不是 monte-carlo",
                                                "the study " + found.id + " is no monte-carlo"});
    return false;
  }

  const Call& call_;
  const PlanCall& what_;
  const Planned& planned_;
  PlanAnswers& out_;
};

}  // namespace

int simulate(const Call& call, const SimulateCall& what) {
  std::vector<Diagnostic> diagnostics;
  const std::vector<Scenario> scenarios = read_scenarios(what, diagnostics);
  const auto planned = read_planned(call, what, diagnostics);
  if (!planned || has_error(diagnostics)) {
    report(call, diagnostics);
    return input_wrong;
  }
  const auto simulation =
      jixiao::simulate(planned->rules, planned->project, scenarios, call.library, what.options);
  add_all(simulation, diagnostics);
  report(call, diagnostics);
  if (!simulation) return input_wrong;
  if (what.output.empty()) {
    std::cout << render_simulation(*simulation, call.out);
  } else if (!write_result(
                 call, what.output,
                 [&](const Style& style) { return render_simulation(*simulation, style); },
                 [&](const PictureStyle& style) { return simulation_sheet(*simulation, style); })) {
    return input_wrong;
  }
  const bool refused =
      std::any_of(simulation->columns.begin(), simulation->columns.end(), [](const auto& column) {
        return std::any_of(column.checks.begin(), column.checks.end(),
                           [](const Diagnostic& one) { return one.severity == Severity::error; });
      });
  const bool all_scored = std::all_of(simulation->columns.begin(), simulation->columns.end(),
                                      [](const auto& column) { return column.scored; });
  return all_scored && !refused ? done : input_wrong;
}

int next(const Call& call, const NextCall& what) {
  std::vector<Diagnostic> diagnostics;
  const auto planned = read_planned(call, what, diagnostics);
  if (planned) {
    const auto found = next_rating(planned->rules, planned->project, what.options);
    add_all(found, diagnostics);
    report(call, diagnostics);
    if (!found) return input_wrong;
    std::cout << render_next(*found, call.out);
    return done;
  }
  report(call, diagnostics);
  return input_wrong;
}

int plan(const Call& call, const PlanCall& what) {
  std::vector<Diagnostic> diagnostics;
  const auto planned = read_planned(call, what, diagnostics);
  std::vector<Scenario> cuts;
  const auto take = [&](const TypedChanges& typed) {
    const auto cut = scenario_of(typed);
    add_all(cut, diagnostics);
    if (cut) cuts.push_back(*cut);
  };
  take(what.cut);
  if (what.cut.by.empty() && !cuts.empty()) {  // both ways to bear it
    TypedChanges by_priority = what.cut;
    by_priority.by = "priority";
    take(by_priority);
  }
  if (!what.chances.empty()) add_all(read_study(what.chances, what.project), diagnostics);
  if (!planned || has_error(diagnostics)) {
    report(call, diagnostics);
    return input_wrong;
  }
  PlanAnswers answers;
  auto simulation = jixiao::simulate(planned->rules, planned->project, cuts, call.library);
  if (!simulation) {
    leave_out(PlanQuestion::cut, simulation.diagnostics(), answers);
    simulation = jixiao::simulate(planned->rules, planned->project, {}, call.library);
  }
  add_all(simulation, diagnostics);
  if (!simulation) {
    report(call, diagnostics);
    return input_wrong;
  }
  answers.cut = *simulation;
  PlanStudies(call, what, *planned, answers).ask_all();
  if (interruption()) return interrupted;
  const auto next = next_rating(planned->rules, planned->project);
  if (next) answers.next = *next;
  if (!next) leave_out(PlanQuestion::next, next.diagnostics(), answers);
  report(call, diagnostics);
  if (what.output.empty()) {
    std::cout << render_plan(answers, call.out);
    return done;
  }
  Style style = call.out;
  style.colour = false;
  style.format = format_of(what.output).value_or(Format::text);
  return write_whole(call, what.output, render_plan(answers, style)) ? done : own_fault;
}

}  // namespace jixiao::cli
