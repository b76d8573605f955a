#include <algorithm>

#include "forms/document.hpp"
#include "forms/draft.hpp"
#include "forms/recognition.hpp"
#include "forms/writing.hpp"
#include "jixiao/forms.hpp"
#include "project/reading.hpp"
#include "text/diagnostics.hpp"
#include "text/toml.hpp"

namespace jixiao {

using text::Code;

const std::string& FilledForm::project() const { return model_->project.text; }
bool FilledForm::reports() const { return model_->kind == forms::FormKind::self_evaluation; }

namespace forms {
namespace {

Diagnostic question_of(const Question& question, const std::string& file) {
  const bool likely = question.sure == Sure::likely;
  const auto where = [&](Language language) {
    return question.place.row == 0 ? std::string() : describe(question.place, language) + (language == Language::zh ? "：" : ": ");
  };
  Diagnostic out = text::diagnose_file(Code::form_reading, file,
                                       {where(Language::zh) + question.taken.zh + (likely ? "（较有把握）" : "（猜测）"),
                                        where(Language::en) + question.taken.en + (likely ? " (likely)" : " (a guess)")},
                                       question.change);
  out.line = question.place.line;
  return out;
}

// The results as a project would read them: a value it refuses becomes a remark, with a question.
void keep_readable(Draft& draft) {
  if (!draft.reports) return;
  project::Project project;
  std::vector<Diagnostic> ignored;
  const auto declared = text::source_from_text("project.toml", write_project(draft, Language::en), ignored);
  const auto tree = declared ? text::parse_toml(declared, ignored) : nullptr;
  if (tree == nullptr) return;
  project::read_declared(*tree, project, ignored);
  const std::string written = write_results(draft, Language::en);
  std::vector<Diagnostic> found;
  const auto source = text::source_from_text("results.toml", written, found);
  const auto results = source ? text::parse_toml(source, found) : nullptr;
  if (results == nullptr) return;
  project::read_results(*results, project, found);
  for (const Diagnostic& each : found) {
    if (each.severity != Severity::error || !each.source_line.starts_with("actual = ")) continue;
    // The line above an actual names its indicator.
    for (DraftIndicator& indicator : draft.indicators) {
      if (source->line(each.line - 1).starts_with("indicator = \"" + indicator.id + "\"") && !indicator.actual.unwritten) {
        indicator.actual.unwritten = true;
        indicator.actual.questions.push_back(draft.questions.size());
        draft.questions.push_back(
            {indicator.actual.place, each.message,
             each.help.empty() ? Text{"按目标的形式写 actual", "write the actual the way the target is written"} : each.help, Sure::guess});
      }
    }
  }
}

// Many targets without a sign are one question.
std::vector<Diagnostic> questions_of(const Draft& draft) {
  std::vector<Diagnostic> out;
  std::size_t unsigned_targets = 0;
  for (const Question& question : draft.questions) {
    if (question.taken.zh.starts_with("没有符号")) {
      ++unsigned_targets;
      continue;
    }
    out.push_back(question_of(question, draft.file));
  }
  if (unsigned_targets > 0) {
    const std::string n = std::to_string(unsigned_targets);
    Question question;
    question.taken = {"没有 ≥、≤ 或 = 的指标值：" + n + " 个；成本和有害之事按 ≤ 读，其余按 ≥ 读",
                      "targets without ≥, ≤ or =: " + n + "; costs and harm are read as ≤, the others as ≥"};
    question.change = {"逐个核对 direction；要求恰好相等的写 target = \"=29个\"",
                       "check each direction; where it must be met exactly, write target = \"=29个\""};
    out.push_back(question_of(question, draft.file));
  }
  return out;
}

}  // namespace
}  // namespace forms

Checked<std::vector<FilledForm>> read_forms(const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto document = forms::read_document(file, diagnostics);
  if (!document) return diagnostics;
  std::vector<FilledForm> out;
  for (forms::Form& form : forms::recognise(*document, diagnostics)) out.emplace_back(std::make_shared<const forms::Form>(std::move(form)));
  if (text::has_error(diagnostics)) return diagnostics;
  return {std::move(out), std::move(diagnostics)};
}

ImportedForm import_form(const FilledForm& form, Language language) {
  forms::Draft draft = forms::understand(form.model());
  forms::keep_readable(draft);
  return {forms::write_project(draft, language), forms::write_results(draft, language), forms::questions_of(draft)};
}

}  // namespace jixiao
