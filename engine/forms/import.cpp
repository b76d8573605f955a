#include "document/document.hpp"
#include "forms/read_back.hpp"
#include "forms/recognition.hpp"
#include "forms/writing.hpp"
#include "jixiao/forms.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {

const std::string& FilledForm::project() const { return model_->project.text; }
bool FilledForm::reports() const { return model_->kind == forms::FormKind::self_evaluation; }

Checked<std::vector<FilledForm>> read_forms(const std::string& file, const FormOptions& options) {
  std::vector<Diagnostic> diagnostics;
  forms::GivenColumns given;
  if (!options.columns.empty()) {
    auto read = forms::read_given_columns(options.columns, diagnostics);
    if (!read) return diagnostics;
    given = std::move(*read);
  }
  const auto document = forms::read_document(file, diagnostics);
  if (!document) return diagnostics;
  std::vector<FilledForm> out;
  for (forms::Form& form : forms::recognise(*document, given, diagnostics))
    out.emplace_back(std::make_shared<const forms::Form>(std::move(form)));
  if (text::has_error(diagnostics)) return diagnostics;
  return {std::move(out), std::move(diagnostics)};
}

ImportedForm import_form(const FilledForm& form, Language language) {
  forms::Draft draft = forms::understand(form.model());
  forms::read_back(draft);
  return {forms::write_project(draft, language), forms::write_results(draft, language),
          forms::questions_of(draft), draft.map};
}

}  // namespace jixiao
