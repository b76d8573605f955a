#include <filesystem>

#include "jixiao/version.hpp"
#include "stability/stability.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::stability {

Checked<StudyReport> run(const text::Node& root, const std::string& file,
                         const RuleLibrary& library, const StudyOptions& options) {
  std::vector<Diagnostic> diagnostics;
  const auto question = read_question(root, file, library, diagnostics);
  if (question && options.seed) question->seed = *options.seed;
  if (question && options.samples) question->draws = *options.samples;
  std::optional<StabilityAnswer> answered;
  if (question)
    answered = answer(*question, {options.stop, options.progress, options.threads}, diagnostics);
  text::sort_by_place(diagnostics);
  if (!answered || text::has_error(diagnostics)) return diagnostics;
  const ruleset::RuleSet& rules = *question->rules;
  StudyReport out;
  out.illustrative = question->illustrative;
  out.engine = engine_name();
  out.inputs_sha256 = question->inputs_sha256;
  out.rules = rules.id;
  out.rules_version = rules.version;
  out.rules_title = rules.title;
  out.id = file.empty() ? "typed" : std::filesystem::path(file).stem().string();
  out.kind = "stability";
  out.title = question->title;
  out.note = question->note;
  out.file = file;
  out.seed = question->seed;
  out.samples = question->draws;
  out.output = "total";
  out.output_label = {"总分", "total"};
  out.digits = rules.total_rounding ? rules.total_rounding->digits : 4;
  out.scale = rules.scale;
  out.bands = bands_of(rules);
  for (const Weight& weight : question->weights) {
    StudiedInput input;
    input.name = "weights." + weight.name;
    input.label = weight.label;
    input.nominal = weight.nominal;
    input.nominal_shown = value::plain(weight.nominal, 4);
    input.law = "uniform(" + value::plain(weight.low, 4) + ", " + value::plain(weight.high, 4) +
                ")";
    out.inputs.push_back(std::move(input));
  }
  out.complete = answered->complete;
  out.answer = std::move(answered->stability);
  return {std::move(out), std::move(diagnostics)};
}

}  // namespace jixiao::stability
