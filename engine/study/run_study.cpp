// A study from question to report.
#include <cmath>

#include "jixiao/version.hpp"
#include "project/heading.hpp"
#include "project/project.hpp"
#include "ruleset/ruleset.hpp"
#include "stability/stability.hpp"
#include "study/answers.hpp"
#include "study/sobol_groups.hpp"
#include "study/split_money.hpp"
#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"

namespace jixiao {
namespace study {
namespace {

StudiedInput described(const AskedInput& input) {
  return {input.facts.name,
          input.facts.label,
          input.facts.unit.text(),
          input.facts.nominal,
          value::show(input.facts.nominal, input.facts.unit),
          input.law_shown};
}

void describe_inputs(const Question& question, StudyReport& report) {
  if (question.study->groups.empty()) {
    for (const AskedInput& input : question.inputs) report.inputs.push_back(described(input));
    return;
  }
  const auto groups = sobol_groups(question);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (g >= question.study->groups.size()) {
      report.inputs.push_back(described(question.inputs[groups[g].inputs.front()]));
      continue;
    }
    StudiedInput input;
    input.name = groups[g].name;
    input.label = question.study->groups[g].title;
    input.nominal = std::nan("");
    for (const std::size_t i : groups[g].inputs)
      input.law += (input.law.empty() ? "" : " × ") + question.inputs[i].facts.name;
    report.inputs.push_back(std::move(input));
  }
}

void describe_study(const Study& study, StudyReport& report) {
  report.engine = engine_name();
  report.id = study.id;
  report.kind = kind_word(study.kind);
  report.title = study.title;
  report.note = study.note;
  report.file = study.file;
  report.seed = study.seed;
  report.samples = samples_of(study);
}

void describe_rules(const ruleset::RuleSet& rules, StudyReport& report) {
  report.rules = rules.id;
  report.rules_version = rules.version;
  report.rules_title = rules.title;
}

void describe_project(const project::Project& project, const ruleset::RuleSet& rules,
                      StudyReport& report) {
  project::fill_heading(project, report);
  describe_rules(rules, report);
}

// The study with what its caller says in place of its own words.
Study with_options(const Study& study, const StudyOptions& options) {
  Study out = study;
  if (options.seed) out.seed = *options.seed;
  if (options.samples && *options.samples > 0) out.samples = options.samples;
  return out;
}

std::optional<StudyAnswer> answer(const Question& question, Progress& progress,
                                  std::vector<Diagnostic>& diagnostics) {
  const auto held = [](auto&& found) -> std::optional<StudyAnswer> {
    return found ? std::optional<StudyAnswer>(*std::move(found)) : std::nullopt;
  };
  switch (question.study->kind) {
    case Kind::tornado: return tornado(question);
    case Kind::grid: return held(input_grid(question, diagnostics));
    case Kind::break_even: return break_evens(question);
    case Kind::monte_carlo: return held(chances(question, progress, diagnostics));
    default: return held(sensitivity(question, progress, diagnostics));
  }
}

// What the study kinds need beyond a question that makes sense.
bool check(const Question& question, std::vector<Diagnostic>& diagnostics) {
  const Study& study = *question.study;
  const bool rated = question.rating && question.outputs.front().name == "total";
  if (study.kind == Kind::break_even && !study.threshold && !rated) {
    diagnostics.push_back(text::diagnose(
        text::Code::key_missing, study.kind_place,
        {"没有等级可守：要写 threshold", "there is no rating to keep: a threshold is needed"},
        {"threshold = 90", "threshold = 90"}));
    return false;
  }
  return check_groups(question, diagnostics);
}

void describe_baseline(const Question& question, StudyReport& report) {
  report.output = question.outputs.front().name;
  report.output_label = question.outputs.front().label;
  report.digits = question.digits;
  report.scale = question.scale;
  report.bands = question.bands;
  std::vector<std::vector<double>> at;
  for (const AskedInput& input : question.inputs) at.push_back({input.facts.nominal});
  const auto outputs = outputs_at(question, at);
  report.baseline = outputs.front().front();
  report.rating = rating_at(question, outputs, 0);
}

bool is_drawn(Kind kind) {
  return kind == Kind::monte_carlo || kind == Kind::sobol || kind == Kind::morris ||
         kind == Kind::shapley;
}

Checked<StudyReport> run(std::optional<Question> question, StudyReport report,
                         const StudyOptions& options, std::vector<Diagnostic> diagnostics) {
  const bool sound = question && check(*question, diagnostics);
  // What one rank cannot ask, none answers.
  const bool everywhere = options.ranks == nullptr ||
                          options.ranks->lowest_rank_where(!sound) == options.ranks->count();
  if (!sound || !everywhere) {
    text::sort_by_place(diagnostics);
    return diagnostics;
  }
  Progress progress{options};
  if (!progress.answers() && !is_drawn(question->study->kind)) return report;
  auto found = answer(*question, progress, diagnostics);
  text::sort_by_place(diagnostics);
  if (!found || text::has_error(diagnostics)) return diagnostics;
  report.complete = progress.complete;
  if (!progress.answers()) return report;
  if (question->rules) describe_rules(question->rules->model(), report);
  describe_baseline(*question, report);
  describe_inputs(*question, report);
  report.answer = std::move(*found);
  return {std::move(report), std::move(diagnostics)};
}

// Kinds with rooms of their own are answered by the first rank alone.
bool only_helps(const StudyOptions& options) {
  return options.ranks != nullptr && options.ranks->rank() != 0;
}

}  // namespace
}  // namespace study

Checked<StudyReport> run_study(const RuleSet& rules, const Project& project, const Study& study,
                               const RuleLibrary& library, const StudyOptions& options) {
  if (!study.needs_project()) return run_study(study, options, library);
  const study::Study asked = study::with_options(study.model(), options);
  std::vector<Diagnostic> diagnostics;
  StudyReport report;
  study::describe_study(asked, report);
  study::describe_project(project.model(), rules.model(), report);
  if (asked.kind == study::Kind::allocation) {
    if (study::only_helps(options)) return report;
    return study::split_money(asked, rules, project, library, std::move(report));
  }
  auto question = study::question_of(asked, rules, project, library, diagnostics);
  return study::run(std::move(question), std::move(report), options, std::move(diagnostics));
}

Checked<StudyReport> run_study(const Study& study, const StudyOptions& options,
                               const RuleLibrary& library) {
  if (study.model().kind == study::Kind::stability) {
    if (study::only_helps(options)) return StudyReport();
    return stability::run(*study.model().root, study.model().file, library, options);
  }
  const study::Study asked = study::with_options(study.model(), options);
  std::vector<Diagnostic> diagnostics;
  if (study.needs_project()) {
    diagnostics.push_back(
        text::diagnose(text::Code::key_missing, asked.kind_place,
                       {"这项研究要有项目", "this study needs a project"},
                       {"指明项目，或写 [formula]", "name a project, or give it a [formula]"}));
    return diagnostics;
  }
  StudyReport report;
  study::describe_study(asked, report);
  system::Fingerprint print;
  for (const auto& formula : asked.formulas) print.add(formula.name), print.add(formula.text.text);
  report.inputs_sha256 = print.hex();
  auto question = study::question_of(asked, diagnostics);
  return study::run(std::move(question), std::move(report), options, std::move(diagnostics));
}

}  // namespace jixiao
