#include "commands.hpp"

#include <algorithm>
#include <iostream>

namespace jixiao::cli {

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void add_errors(const std::vector<Diagnostic>& all, std::vector<Diagnostic>& out) {
  std::copy_if(all.begin(), all.end(), std::back_inserter(out),
               [](const Diagnostic& d) { return d.severity == Severity::error; });
}

namespace {

std::vector<Diagnostic> errors_of(const std::vector<Diagnostic>& all) {
  std::vector<Diagnostic> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out),
               [](const Diagnostic& d) { return d.severity == Severity::error; });
  return out;
}

}  // namespace

std::optional<Scored> read_and_score(const Call& call, const ScoreCall& what) {
  const auto project = read_project({what.project, what.results});
  const std::string wanted = !what.rules.empty() ? what.rules
                             : project           ? project->rules()
                                                 : std::string();
  std::vector<Diagnostic> diagnostics = errors_of(project.diagnostics());
  if (project && wanted.empty()) {
    diagnostics.push_back(no_rules(what.project));
  }
  if (wanted.empty()) {
    report(call, diagnostics);
    return std::nullopt;
  }
  const auto rules = read_rules(wanted, call.library, project ? project->needs() : RuleNeeds{});
  for (const Diagnostic& d : rules.diagnostics()) diagnostics.push_back(d);
  if (!project || !rules) {
    report(call, diagnostics);
    return std::nullopt;
  }
  Scorecard card = jixiao::score(*rules, *project, {what.as_filed});
  // The form's own oddities are counted on the scorecard and listed by `check`; what stops the
  // score is said here.
  for (const Diagnostic& d : errors_of(card.diagnostics)) diagnostics.push_back(d);
  report(call, diagnostics);
  return Scored{*rules, *project, std::move(card)};
}

int status(const Scorecard& card) {
  return card.scored && !has_error(card.diagnostics) ? done : input_wrong;
}

Diagnostic no_rules(const std::string& project) {
  Diagnostic d;
  d.code = "reference.unknown";
  d.file = project;
  d.message = {"没有指定规则集", "no rule set is named"};
  d.help = {"在项目中写 rules = \"cn-mof-2020\"，或用 --rules",
            "write rules = \"cn-mof-2020\" in the project, or give --rules"};
  return d;
}

void report(const Call& call, const std::vector<Diagnostic>& diagnostics) {
  if (!diagnostics.empty()) std::cerr << render_diagnostics(diagnostics, call.err);
}

int score(const Call& call, const ScoreCall& what) {
  const auto scored = read_and_score(call, what);
  if (!scored) return input_wrong;
  std::cout << render_scorecard(scored->card, call.out);
  return status(scored->card);
}

int explain(const Call& call, const ScoreCall& what) {
  const auto scored = read_and_score(call, what);
  if (!scored) return input_wrong;
  const std::string text = render_explanation(scored->card, what.indicator, call.out);
  if (text.empty()) {
    Diagnostic d = no_such_indicator(scored->card, what.indicator);
    d.file = what.project;
    report(call, {d});
    return input_wrong;
  }
  std::cout << text;
  return status(scored->card);
}

int check(const Call& call, const std::vector<std::string>& files, const std::string& rules) {
  std::vector<Diagnostic> all;
  for (const std::string& file : files) {
    for (Diagnostic& d : check_file(file, call.library, rules)) all.push_back(std::move(d));
  }
  // Here the diagnostics are the result.
  std::cout << render_diagnostics(all, call.out);
  return has_error(all) ? input_wrong : done;
}

int version(const Call& call) {
  if (call.out.format == Format::json) {
    std::cout << "{\"engine\": \"" << engine_name() << "\"}\n";
    return done;
  }
  const bool zh = call.out.language == Language::zh;
  std::string where;
  for (const std::string& folder : call.library.folders) {
    const bool inside = folder.starts_with("built-in:");
    where += (where.empty() ? ""
              : zh          ? "、"
                            : ", ") +
             (inside ? std::string(zh ? "程序内置" : "built in") : folder);
  }
  std::cout << engine_name() << "\n" << (zh ? "规则集：" : "rule sets: ") << where << "\n";
  return done;
}

}  // namespace jixiao::cli
