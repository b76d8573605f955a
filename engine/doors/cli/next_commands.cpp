#include "next_commands.hpp"

#include <algorithm>
#include <iostream>

namespace jixiao::cli {

int next(const Call& call, const NextCall& what) {
  std::vector<Diagnostic> diagnostics;
  const auto add_errors = [&](const std::vector<Diagnostic>& all) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(diagnostics),
                 [](const Diagnostic& d) { return d.severity == Severity::error; });
  };
  const auto project = read_project({what.project, what.results});
  add_errors(project.diagnostics());
  const std::string wanted = !what.rules.empty() ? what.rules
                             : project           ? project->rules()
                                                 : std::string();
  if (project && wanted.empty()) {
    Diagnostic none;
    none.code = "reference.unknown";
    none.file = what.project;
    none.message = {"没有指定规则集", "no rule set is named"};
    none.help = {"在项目中写 rules = \"cn-mof-2020\"，或用 --rules",
                 "write rules = \"cn-mof-2020\" in the project, or give --rules"};
    diagnostics.push_back(std::move(none));
  }
  if (project && !wanted.empty()) {
    const auto rules = read_rules(wanted, call.library, project->needs());
    add_errors(rules.diagnostics());
    if (rules) {
      const auto found = next_rating(*rules, *project, what.options);
      diagnostics.insert(diagnostics.end(), found.diagnostics().begin(), found.diagnostics().end());
      report(call, diagnostics);
      if (!found) return input_wrong;
      std::cout << render_next(*found, call.out);
      return done;
    }
  }
  report(call, diagnostics);
  return input_wrong;
}

}  // namespace jixiao::cli
