#include "planning/split_money.hpp"

#include <cmath>
#include <filesystem>

#include "choice/allocation.hpp"
#include "scenario/project_model.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::planning {

Checked<StudyReport> split_money(const Study& study, const RuleSet& rules, const Project& project, const RuleLibrary& library,
                                 StudyReport report) {
  std::vector<Diagnostic> diagnostics;
  choice::Question question;
  if (study.root && !study.file.empty()) {  // typed: the split of what there is
    text::TableReader reader(*study.root, "study", diagnostics);
    allow_shared_keys(reader);
    question = choice::read_question(reader, diagnostics);
  }
  if (!study.apply.empty())
    diagnostics.push_back(text::diagnose(
        text::Code::value_choice, study.apply.front().place,
        {"allocation 从项目现状出发，不能先套用情景", "an allocation starts from the project as it stands: it applies no scenarios"},
        {"删去 apply", "remove apply"}));
  std::optional<Allocation> answer;
  const std::string folder = std::filesystem::path(study.file).parent_path().string();
  if (!text::has_error(diagnostics)) {
    answer = question.projects.empty() ? choice::allocate(rules, project, question, diagnostics)
                                       : choice::allocate_projects(question, folder, library, diagnostics);
  }
  const auto model = scenario::ProjectModel::make(rules, project, {}, {}, diagnostics);
  text::sort_by_place(diagnostics);
  if (!answer || !model || text::has_error(diagnostics)) return diagnostics;
  report.output = "total";
  report.output_label = {"总分", "total"};
  report.digits = model->total_digits();
  report.scale = model->scale();
  for (const auto& band : model->bands()) {
    if (!std::isnan(band.from)) report.bands.push_back({band.id, band.label, band.from});
  }
  report.baseline = answer->before;
  report.rating = answer->rating_before;
  report.answer = std::move(*answer);
  return {std::move(report), std::move(diagnostics)};
}

}  // namespace jixiao::planning
