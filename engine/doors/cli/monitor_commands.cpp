#include "monitor_commands.hpp"

#include <algorithm>
#include <iostream>

namespace jixiao::cli {
namespace {

constexpr const char* default_monitoring = "monitoring-software-2";

void add_errors(const std::vector<Diagnostic>& all, std::vector<Diagnostic>& out) {
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

}  // namespace

int monitor(const Call& call, const MonitorCall& what) {
  std::vector<Diagnostic> diagnostics;
  const auto project = read_project({what.project, what.results});
  add_errors(project.diagnostics(), diagnostics);
  const std::string wanted = !what.rules.empty() ? what.rules : project ? project->rules() : std::string();
  if (project && wanted.empty()) diagnostics.push_back(no_rules(what.project));
  std::string lights = what.monitoring;
  if (lights.empty() && project) lights = monitoring_wanted(*project);
  const auto monitoring = read_monitoring(lights.empty() ? default_monitoring : lights, call.library);
  add_errors(monitoring.diagnostics(), diagnostics);
  if (!project || wanted.empty()) {
    report(call, diagnostics);
    return input_wrong;
  }
  const auto rules = read_rules(wanted, call.library, project->needs());
  add_errors(rules.diagnostics(), diagnostics);
  if (!rules || !monitoring) {
    report(call, diagnostics);
    return input_wrong;
  }
  const auto seen = jixiao::monitor(*rules, *project, *monitoring, what.options);
  diagnostics.insert(diagnostics.end(), seen.diagnostics().begin(), seen.diagnostics().end());
  report(call, diagnostics);
  if (!seen) return input_wrong;
  std::cout << render_monitor(*seen, call.out);
  return done;
}

}  // namespace jixiao::cli
