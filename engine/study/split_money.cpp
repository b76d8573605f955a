#include "study/split_money.hpp"

#include <cmath>
#include <filesystem>

#include "allocation/allocation.hpp"
#include "ruleset/ruleset.hpp"
#include "scenario/project_model.hpp"
#include "study/answers.hpp"
#include "study/messages.hpp"
#include "study/start.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {
namespace {

// The project as the scenarios make it. They may change what it is (rules, indicators, constraints,
// targets), not its numbers: how much each item has is what is asked.
std::optional<Start> starting_point(const Study& study, bool of_projects, const RuleSet& rules,
                                    const Project& project, const RuleLibrary& library,
                                    text::Findings findings) {
  if (of_projects && !study.apply.empty()) {
    findings.report(study.apply.front().place, message::apply_to_projects());
    return std::nullopt;
  }
  auto start = start_of(study.apply, rules, project, library, findings);
  if (!start || start->moves.empty()) return start;
  std::string moved;
  for (const auto& move : start->moves) moved += (moved.empty() ? "" : ", ") + move.facts.name;
  findings.report(study.apply.front().place, message::apply_moves_numbers(moved));
  return std::nullopt;
}

}  // namespace

Checked<StudyReport> split_money(const Study& study, const RuleSet& rules, const Project& project,
                                 const RuleLibrary& library, StudyReport report) {
  std::vector<Diagnostic> diagnostics;
  allocation::Question question;
  if (study.root && !study.file.empty()) {  // typed: the split of what there is
    text::TableReader reader(*study.root, "study", diagnostics);
    allow_shared_keys(reader);
    question = allocation::read_question(reader, diagnostics);
  }
  const auto start =
      starting_point(study, !question.projects.empty(), rules, project, library, diagnostics);
  std::optional<Allocation> answer;
  const std::string folder = std::filesystem::path(study.file).parent_path().string();
  if (start && !text::has_error(diagnostics)) {
    answer = question.projects.empty()
                 ? allocation::allocate(start->rules, start->project, question, diagnostics)
                 : allocation::allocate_projects(question, folder, library, diagnostics);
  }
  const auto model =
      start ? scenario::ProjectModel::make(start->rules, start->project, {}, {}, diagnostics)
            : nullptr;
  text::sort_by_place(diagnostics);
  if (!answer || !model || text::has_error(diagnostics)) return diagnostics;
  report.rules = start->rules.model().id;
  report.rules_version = start->rules.model().version;
  report.rules_title = start->rules.model().title;
  report.output = "total";
  report.output_label = {"总分", "total"};
  report.digits = model->total_digits();
  report.scale = model->scale();
  for (const auto& band : model->bands()) {
    if (!std::isnan(band.from)) report.bands.push_back({band.id, band.label, band.from});
  }
  report.baseline = report.stands = answer->before;
  report.rating = report.stands_rating = answer->rating_before;
  report.outputs = {{report.output, report.output_label, "", report.baseline, report.baseline}};
  report.applied = start->applied;
  if (!report.applied.empty()) describe_as_it_stands(rules, project, report);
  report.answer = std::move(*answer);
  return {std::move(report), std::move(diagnostics)};
}

}  // namespace jixiao::study
