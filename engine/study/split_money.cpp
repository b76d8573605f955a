#include "study/split_money.hpp"

#include <cmath>
#include <filesystem>

#include "allocation/allocation.hpp"
#include "ruleset/ruleset.hpp"
#include "scenario/project_model.hpp"
#include "study/answers.hpp"
#include "study/start.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {
namespace {

// The project as the scenarios make it. They may change what it is (rules, indicators, constraints,
// targets), not its numbers: how much each item has is what is asked.
std::optional<Start> starting_point(const Study& study, bool of_projects, const RuleSet& rules,
                                    const Project& project, const RuleLibrary& library,
                                    std::vector<Diagnostic>& diagnostics) {
  if (of_projects && !study.apply.empty()) {
    diagnostics.push_back(text::diagnose(
        text::Code::value_choice, study.apply.front().place,
        {"apply 只用于一个项目的分配", "apply is for splitting the money of one project"},
        {"在 [[project]] 中写 rules，换一套规则",
         "write rules in a [[project]] to score it by others"}));
    return std::nullopt;
  }
  auto start = start_of(study.apply, rules, project, library, diagnostics);
  if (!start || start->moves.empty()) return start;
  std::string moved;
  for (const auto& move : start->moves) moved += (moved.empty() ? "" : ", ") + move.facts.name;
  diagnostics.push_back(text::diagnose(
      text::Code::value_choice, study.apply.front().place,
      {"allocation 可套用改变规则、指标、约束或目标的情景；这里的情景还改变数值：" + moved,
       "an allocation starts from scenarios that change rules, indicators, constraints or targets; "
       "these change numbers: " +
           moved},
      {"删去它；各项金额用 money、least、most、protect 说；其余的数改在另一份 project.toml 里",
       "leave it out; say amounts with money, least, most and protect; change other numbers in a "
       "project.toml of their own"}));
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
