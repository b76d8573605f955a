#include "scenario_commands.hpp"

#include <algorithm>
#include <iostream>

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
  if (!what.typed.empty() || !what.typed.protect.empty() || !what.typed.by.empty()) take(scenario_of(what.typed));
  return out;
}

}  // namespace

int simulate(const Call& call, const SimulateCall& what) {
  std::vector<Diagnostic> diagnostics;
  const auto project = read_project({what.project, what.results});
  add_errors(project.diagnostics(), diagnostics);
  const std::vector<Scenario> scenarios = read_scenarios(what, diagnostics);
  const std::string wanted = !what.rules.empty() ? what.rules
                             : project           ? project->rules()
                                                 : std::string();
  if (project && wanted.empty()) diagnostics.push_back(no_rules(what.project));
  if (!project || wanted.empty()) {
    report(call, diagnostics);
    return input_wrong;
  }
  const auto rules = read_rules(wanted, call.library, project->needs());
  add_errors(rules.diagnostics(), diagnostics);
  if (!rules || has_error(diagnostics)) {
    report(call, diagnostics);
    return input_wrong;
  }
  const auto simulation = jixiao::simulate(*rules, *project, scenarios, call.library, what.options);
  diagnostics.insert(diagnostics.end(), simulation.diagnostics().begin(),
                     simulation.diagnostics().end());
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
  const bool all_scored = std::all_of(simulation->columns.begin(), simulation->columns.end(),
                                      [](const auto& column) { return column.scored; });
  return all_scored ? done : input_wrong;
}

}  // namespace jixiao::cli
