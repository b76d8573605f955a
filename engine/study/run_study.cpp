// A study from question to report.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "jixiao/version.hpp"
#include "project/heading.hpp"
#include "project/project.hpp"
#include "ruleset/ruleset.hpp"
#include "scenario/input_labels.hpp"
#include "stability/stability.hpp"
#include "study/answers.hpp"
#include "study/chosen_inputs.hpp"
#include "study/messages.hpp"
#include "study/sobol_groups.hpp"
#include "study/split_money.hpp"
#include "study/start.hpp"
#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"

namespace jixiao {
namespace study {
namespace {

StudiedInput described(const Question& question, std::size_t i, const std::vector<Text>& labels) {
  const AskedInput& input = question.inputs[i];
  const bool looks_further = question.study->kind == Kind::break_even;
  return {input.facts.name,
          labels[i],
          input.facts.unit.text(),
          input.facts.nominal,
          value::show(input.facts.nominal, input.facts.unit),
          looks_further ? shown_range(looked_at(question, i), input.facts) : input.law_shown};
}

void describe_inputs(const Question& question, StudyReport& report) {
  std::vector<const scenario::InputFacts*> facts;
  for (const AskedInput& input : question.inputs) facts.push_back(&input.facts);
  const std::vector<Text> labels = scenario::distinct_labels(facts);
  if (question.study->groups.empty()) {
    for (std::size_t i = 0; i < question.inputs.size(); ++i)
      report.inputs.push_back(described(question, i, labels));
    return;
  }
  const auto groups = sobol_groups(question);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (g >= question.study->groups.size()) {
      report.inputs.push_back(described(question, groups[g].inputs.front(), labels));
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
                                  text::Findings findings) {
  const auto held = [](auto&& found) -> std::optional<StudyAnswer> {
    return found ? std::optional<StudyAnswer>(*std::move(found)) : std::nullopt;
  };
  switch (question.study->kind) {
    case Kind::tornado: return tornado(question);
    case Kind::grid: return held(input_grid(question, findings));
    case Kind::break_even: return break_evens(question);
    case Kind::monte_carlo: return held(chances(question, progress, findings));
    default: return held(sensitivity(question, progress, findings));
  }
}

// What the study kinds need beyond a question that makes sense.
bool check(const Question& question, text::Findings findings) {
  const Study& study = *question.study;
  const bool rated = question.rating && question.outputs.front().name == "total";
  if (study.kind == Kind::break_even && !study.threshold && !rated) {
    findings.report(study.kind_place, message::threshold_missing());
    return false;
  }
  return check_groups(question, findings);
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
  report.baseline = report.stands = outputs.front().front();
  report.rating = report.stands_rating = rating_at(question, outputs, 0);
  for (std::size_t o = 0; o < question.outputs.size(); ++o) {
    const scenario::OutputFacts& facts = question.outputs[o];
    report.outputs.push_back(
        {facts.name, facts.label, facts.unit.text(), outputs[o].front(), outputs[o].front()});
  }
}

}  // namespace

namespace {

// With scenarios the study starts from what they make of the project, before anything is varied:
// an input that follows them stands where they bring it.
void describe_start(const Start& start, StudyReport& report) {
  std::vector<scenario::NamePlace> in, wanted{{"rating", {}}};
  std::vector<formula::Column> point;
  std::vector<std::string> held;
  for (const scenario::Move& move : start.moves) {
    in.push_back({move.facts.name, {}});
    point.push_back(formula::Column::uniform(move.value));
    if (move.held) held.push_back(move.facts.name);
  }
  std::unordered_map<std::string, value::Unit> units;
  for (const auto& facts : scenario::ProjectModel::all_outputs(start.rules, start.project))
    units.emplace(facts.name, facts.unit);
  std::unordered_map<std::string, std::size_t> places{{"rating", 0}};
  const auto want = [&](const std::string& name) {
    if (units.count(name) == 0 || !places.emplace(name, wanted.size()).second) return;
    wanted.push_back({name, {}});
  };
  for (const StudiedOutput& output : report.outputs) want(output.name);
  for (const StudiedInput& input : report.inputs) want(input.name);
  std::vector<Diagnostic> ignored;  // the study was answered
  const auto model =
      scenario::ProjectModel::make(start.rules, start.project, in, wanted, ignored, held);
  if (!model) return;
  std::vector<double> values(wanted.size());
  std::vector<std::span<double>> spans;
  for (double& value : values) spans.emplace_back(&value, 1);
  model->evaluate(point, spans);
  for (StudiedOutput& output : report.outputs) {
    if (const auto at = places.find(output.name); at != places.end())
      output.baseline = values[at->second];
  }
  for (StudiedInput& input : report.inputs) {
    const auto at = places.find(input.name);
    if (at == places.end() || std::isnan(values[at->second])) continue;
    input.nominal = values[at->second];
    input.nominal_shown = value::show(input.nominal, units.at(input.name));
  }
  report.baseline = report.outputs.front().baseline;
  report.rating.clear();
  const bool rated = report.output == "total" && values[0] >= 0 &&
                     values[0] < static_cast<double>(model->bands().size());
  if (rated) report.rating = model->bands()[static_cast<std::size_t>(values[0])].id;
}

}  // namespace

void describe_as_it_stands(const RuleSet& rules, const Project& project, StudyReport& report) {
  std::vector<scenario::NamePlace> wanted{{"rating", {}}};
  std::vector<std::pair<std::size_t, std::size_t>> places;  // of an output of the report, of the
                                                            // model
  const auto all = scenario::ProjectModel::all_outputs(rules, project);
  for (std::size_t o = 0; o < report.outputs.size(); ++o) {
    StudiedOutput& output = report.outputs[o];
    output.stands = std::nan("");
    if (std::none_of(all.begin(), all.end(),
                     [&](const auto& facts) { return facts.name == output.name; }))
      continue;
    places.emplace_back(o, output.name == "rating" ? 0 : wanted.size());
    if (output.name != "rating") wanted.push_back({output.name, {}});
  }
  const auto inputs = scenario::ProjectModel::all_inputs(rules, project);
  for (StudiedInput& input : report.inputs) {
    const auto own = std::find_if(inputs.begin(), inputs.end(),
                                  [&](const auto& facts) { return facts.name == input.name; });
    if (own != inputs.end()) input.stands_shown = value::show(own->nominal, own->unit);
  }
  std::vector<Diagnostic> ignored;  // the study was answered; what does not fit without the
                                    // scenarios stays NaN
  report.stands = std::nan("");
  report.stands_rating.clear();
  const auto model = scenario::ProjectModel::make(rules, project, {}, wanted, ignored);
  if (!model) return;
  std::vector<double> values(wanted.size());
  std::vector<std::span<double>> spans;
  for (double& value : values) spans.emplace_back(&value, 1);
  model->evaluate({}, spans);
  for (const auto& [output, at] : places) report.outputs[output].stands = values[at];
  if (!report.outputs.empty()) report.stands = report.outputs.front().stands;
  const bool rated = report.output == "total" && values[0] >= 0 &&
                     values[0] < static_cast<double>(model->bands().size());
  if (rated) report.stands_rating = model->bands()[static_cast<std::size_t>(values[0])].id;
}

namespace {

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
  const auto applied = question ? question->applied : std::vector<AppliedScenario>{};
  const auto start = question ? question->start : nullptr;
  auto told = study::run(std::move(question), std::move(report), options, std::move(diagnostics));
  if (!told || applied.empty()) return told;
  StudyReport out = *told;
  out.applied = applied;
  if (!out.outputs.empty()) study::describe_start(*start, out);
  study::describe_as_it_stands(rules, project, out);
  return {std::move(out), told.diagnostics()};
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
    text::Findings(diagnostics).report(asked.kind_place, study::message::no_project());
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
