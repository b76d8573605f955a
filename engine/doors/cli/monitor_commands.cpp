#include "monitor_commands.hpp"

#include <algorithm>
#include <iostream>

namespace jixiao::cli {
namespace {

constexpr const char* default_use = "use-illustrative";

bool is_table(const std::string& source) {
  return source.ends_with(".csv") || source.ends_with(".tsv");
}

// A project, scored by the rule set it asks for.
void add_scored_project(const Call& call, const FundCall& what, const std::string& source,
                        std::vector<FundingCase>& cases, std::vector<Diagnostic>& diagnostics) {
  const auto project = read_project({source, ""});
  add_errors(project.diagnostics(), diagnostics);
  if (!project) return;
  const std::string wanted = what.rules.empty() ? project->rules() : what.rules;
  if (wanted.empty()) {
    diagnostics.push_back(no_rules(source));
    return;
  }
  const auto rules = read_rules(wanted, call.library, project->needs());
  add_errors(rules.diagnostics(), diagnostics);
  if (!rules) return;
  const Scorecard card = jixiao::score(*rules, *project);
  add_errors(card.diagnostics, diagnostics);
  cases.push_back(funding_case(card));
}

}  // namespace

int monitor(const Call& call, const MonitorCall& what) {
  std::vector<Diagnostic> diagnostics;
  const auto project = read_project({what.project, what.results});
  add_errors(project.diagnostics(), diagnostics);
  const std::string wanted = !what.rules.empty() ? what.rules
                             : project           ? project->rules()
                                                 : std::string();
  if (project && wanted.empty()) diagnostics.push_back(no_rules(what.project));
  std::string lights = what.monitoring;
  if (lights.empty() && project) lights = monitoring_wanted(*project);
  const auto monitoring = lights.empty() ? Checked<MonitoringRules>(std::vector<Diagnostic>{})
                                         : read_monitoring(lights, call.library);
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

int fund(const Call& call, const FundCall& what) {
  std::vector<Diagnostic> diagnostics;
  const auto rules = read_funding_rules(what.by.empty() ? default_use : what.by, call.library);
  add_errors(rules.diagnostics(), diagnostics);
  std::vector<FundingCase> cases;
  for (const std::string& source : what.sources) {
    if (!is_table(source)) {
      add_scored_project(call, what, source, cases, diagnostics);
    } else if (rules) {
      const auto read = read_funding_cases(*rules, source, what.money);
      diagnostics.insert(diagnostics.end(), read.diagnostics().begin(), read.diagnostics().end());
      if (read) cases.insert(cases.end(), read->begin(), read->end());
    }
  }
  if (rules) {
    const auto given = read_funding_inputs(*rules, what.given);
    add_errors(given.diagnostics(), diagnostics);
    if (given) {
      for (FundingCase& one : cases)
        one.inputs.insert(one.inputs.end(), given->begin(), given->end());
    }
  }
  if (!rules || has_error(diagnostics)) {
    report(call, diagnostics);
    return input_wrong;
  }
  const auto decided = jixiao::fund(*rules, cases);
  diagnostics.insert(diagnostics.end(), decided.diagnostics().begin(), decided.diagnostics().end());
  report(call, diagnostics);
  if (!decided) return input_wrong;
  std::cout << render_funding(*decided, call.out);
  return decided->undecided == 0 ? done : input_wrong;
}

}  // namespace jixiao::cli
