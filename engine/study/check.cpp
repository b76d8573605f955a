#include "jixiao/check.hpp"

#include <algorithm>
#include <filesystem>
#include <span>

#include "jixiao/funding.hpp"
#include "jixiao/monitoring.hpp"
#include "jixiao/project.hpp"
#include "jixiao/proof.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/score.hpp"
#include "jixiao/study.hpp"
#include "project/project.hpp"
#include "ruleset/calendar.hpp"
#include "scoring/cases.hpp"
#include "stability/question.hpp"
#include "study/messages.hpp"
#include "study/question.hpp"
#include "text/diagnostics.hpp"
#include "text/toml.hpp"

namespace jixiao {
namespace {

namespace fs = std::filesystem;
using text::Code;

void append(text::Findings all, std::vector<Diagnostic> more) { all.add(std::move(more)); }

// What is proved wrong about the methods a rule set writes itself. What cannot be decided is said
// by `rules prove`; a method that pays for missing its target has been found already.
void add_proof(const RuleSet& rules, text::Findings all) {
  const auto is_known = [&](const Diagnostic& found) {
    return std::any_of(all.all().begin(), all.all().end(), [&](const Diagnostic& d) {
      return d.code == text::entry(Code::method_reversed).name && d.file == found.file &&
             d.line == found.line;
    });
  };
  std::vector<Diagnostic> proved = prove_rules(rules, ProofScope::own).diagnostics;
  std::erase_if(proved, [&](const Diagnostic& d) {
    return d.code == text::entry(Code::proof_undecided).name ||
           (d.code == text::entry(Code::proof_falls).name && is_known(d));
  });
  append(all, proved);
}

// A rule set is right when its file is, its cases come out, and no method is proved wrong.
std::vector<Diagnostic> check_rules(const std::string& path, const RuleLibrary& library) {
  const auto rules = read_rules(path, library);
  std::vector<Diagnostic> all = rules.diagnostics();
  if (rules) {
    scoring::run_cases(rules->model(), all);
    add_proof(*rules, all);
  }
  return all;
}

std::vector<Diagnostic> check_project(const ProjectFiles& files, const RuleLibrary& library,
                                      const std::string& rules) {
  const auto project = read_project(files);
  std::vector<Diagnostic> all = project.diagnostics();
  const std::string wanted = !rules.empty() ? rules : project ? project->rules() : std::string();
  if (wanted.empty()) return all;
  RuleNeeds needs;
  if (project) needs.printed = project->needs().printed;
  if (project) needs.subject = project->needs().subject;
  const auto rule_set = read_rules(wanted, library, needs);
  for (Diagnostic d : rule_set.diagnostics()) {
    // The rule set itself was not found: the line that names it is what is wrong.
    if (d.file.empty() && project && rules.empty()) {
      std::vector<Diagnostic> named;
      text::Findings(named).report(project->model().rules_place,
                                   {Code::reference_unknown, d.message, d.help, d.severity});
      named.front().code = d.code;
      d = named.front();
    }
    all.push_back(std::move(d));
  }
  if (!project || !rule_set) return all;
  // Results of a part of the year are right when they can be monitored.
  if (const int month = project->model().mid_year.month; month > 0 && month < 12) {
    const auto monitoring = read_monitoring(monitoring_wanted(*project), library);
    append(all, monitoring.diagnostics());
    if (monitoring) append(all, monitor(*rule_set, *project, *monitoring).diagnostics());
    return all;
  }
  const Scorecard card = score(*rule_set, *project);
  append(all, card.diagnostics);
  // A declaration without results is a whole file: there is nothing to score yet.
  std::erase_if(all, [&](const Diagnostic& d) {
    return d.code == text::entry(Code::result_missing).name && d.line == 0 &&
           d.file == card.project_file;
  });
  return all;
}

// A scenario is right when the project beside it can be simulated with it.
std::vector<Diagnostic> check_scenario(const std::string& path, const RuleLibrary& library,
                                       const std::string& rules) {
  const fs::path folder = fs::path(path).parent_path();
  const auto scenario =
      read_scenario(path.find('/') == std::string::npos ? "./" + path : path, folder.string());
  std::vector<Diagnostic> all = scenario.diagnostics();
  std::error_code error;
  if (!scenario || !fs::exists(folder / "project.toml", error)) return all;
  const auto project = read_project({(folder / "project.toml").string(), ""});
  // What is wrong with the project is said when the project is checked.
  if (!project || (rules.empty() && project->rules().empty())) return all;
  const auto rule_set =
      read_rules(rules.empty() ? project->rules() : rules, library, project->needs());
  if (!rule_set) return all;
  append(all, simulate(*rule_set, *project, std::span(&*scenario, 1), library).diagnostics());
  return all;
}

// A study is right when its file is, and it fits the project beside it. Kinds with rooms of their
// own are read there.
std::vector<Diagnostic> check_study(const std::string& path, const RuleLibrary& library,
                                    const std::string& rules) {
  const fs::path folder = fs::path(path).parent_path();
  const auto study =
      read_study(path.find('/') == std::string::npos ? "./" + path : path, folder.string());
  std::vector<Diagnostic> all = study.diagnostics();
  if (study && study->model().kind == study::Kind::stability)
    stability::read_question(*study->model().root, study->model().file, library, all);
  if (!study || !study::has_question(study->model())) return all;
  std::error_code error;
  if (!study->needs_project()) {
    study::question_of(study->model(), all);
    return all;
  }
  if (!fs::exists(folder / "project.toml", error)) return all;
  const auto project = read_project({(folder / "project.toml").string(), ""});
  if (!project || (rules.empty() && project->rules().empty())) return all;
  const auto rule_set =
      read_rules(rules.empty() ? project->rules() : rules, library, project->needs());
  if (rule_set) study::question_of(study->model(), *rule_set, *project, library, all);
  return all;
}

// The schema line tells what a file is; "" when there is none to be read.
std::string schema_of(const std::string& path, text::Findings findings) {
  const auto source = text::read_source(path, findings.all());
  const auto root = source ? text::parse_toml(source, findings.all()) : nullptr;
  if (!root) return {};
  const auto* schema = root->find("schema");
  if (schema != nullptr && schema->value.kind == text::NodeKind::string)
    return schema->value.string;
  findings.report(root->place, study::message::no_schema());
  return {};
}

}  // namespace

std::vector<Diagnostic> check_file(const std::string& path, const RuleLibrary& library,
                                   const std::string& rules) {
  std::error_code error;
  std::vector<Diagnostic> all;
  const fs::path file(path);
  if (fs::is_directory(file, error)) {
    if (fs::exists(file / "ruleset.toml", error)) {
      append(all, check_rules((file / "ruleset.toml").string(), library));
    } else if (fs::exists(file / "monitoring.toml", error)) {
      append(all, read_monitoring((file / "monitoring.toml").string(), library).diagnostics());
    } else if (fs::exists(file / "use.toml", error)) {
      append(all, read_funding_rules((file / "use.toml").string(), library).diagnostics());
    } else {
      append(all, check_project({path, ""}, library, rules));
    }
  } else if (file.extension() == ".csv") {
    append(all,
           check_project({(file.parent_path() / "project.toml").string(), path}, library, rules));
  } else {
    std::vector<Diagnostic> found;
    const std::string schema = schema_of(path, found);
    if (schema.starts_with("jixiao/ruleset/")) {
      append(all, check_rules(path.find('/') == std::string::npos ? "./" + path : path, library));
    } else if (schema.starts_with("jixiao/project/")) {
      append(all, check_project({path, ""}, library, rules));
    } else if (schema.starts_with("jixiao/results/")) {
      append(all,
             check_project({(file.parent_path() / "project.toml").string(), path}, library, rules));
    } else if (schema.starts_with("jixiao/scenario/")) {
      append(all, check_scenario(path, library, rules));
    } else if (schema.starts_with("jixiao/monitoring/")) {
      append(all, read_monitoring(path.find('/') == std::string::npos ? "./" + path : path, library)
                      .diagnostics());
    } else if (schema.starts_with("jixiao/study/")) {
      append(all, check_study(path, library, rules));
    } else if (schema.starts_with("jixiao/use/")) {
      append(all,
             read_funding_rules(path.find('/') == std::string::npos ? "./" + path : path, library)
                 .diagnostics());
    } else if (schema.starts_with("jixiao/calendar/")) {
      ruleset::read_calendar_file(path, all);
    } else {
      all = std::move(found);
      if (!schema.empty()) {
        text::Findings(all).report_file(path, study::message::schema_of_nobody(schema));
      }
    }
  }
  text::sort_by_place(all);
  return all;
}

}  // namespace jixiao
