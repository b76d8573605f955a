#include "study/start.hpp"

#include "scenario/edits.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {

using text::Code;

std::optional<Start> start_of(const std::vector<project::Word>& apply, const RuleSet& rules,
                              const Project& project, const RuleLibrary& library,
                              text::Findings findings) {
  Start start{rules, project, {}, {}};
  if (apply.empty()) return start;
  scenario::Scenario all;
  for (const project::Word& word : apply) {
    const auto read = read_scenario(word.text, project.model().file);
    for (const Diagnostic& d : read.diagnostics()) {
      // A scenario that is not there: the line that names it is what is wrong.
      if (d.line == 0)
        findings.report(word.place, {text::Code::reference_unknown, d.message, d.help, d.severity});
      else
        findings.add({d});
    }
    if (!read) return std::nullopt;
    start.applied.push_back({read->model().id, read->model().title});
    const auto& layers = read->model().layers;
    all.layers.insert(all.layers.end(), layers.begin(), layers.end());
  }
  std::vector<Diagnostic> found;
  std::vector<const scenario::Change*> left;
  const auto edits = scenario::find_edits(all, project, rules, library, left, found);
  if (!text::has_error(found)) {
    for (const scenario::Edit& edit : edits) {
      if (edit.rules) start.rules = *edit.rules;
    }
    if (!edits.empty())
      start.project = scenario::edited(project, edits, std::vector<bool>(edits.size(), true));
    start.moves = scenario::find_moves(all, left, start.rules, start.project, found);
  }
  const bool sound = !text::has_error(found);
  findings.add(std::move(found));
  return sound ? std::optional(std::move(start)) : std::nullopt;
}

}  // namespace jixiao::study
