// Filled-in forms of offices: .docx, .xlsx, .csv, .txt, .md, .html, and what older programs wrote.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

namespace forms {
struct Form;
}

// One form as it stands on paper: a cheap handle on shared const data.
class FilledForm {
 public:
  explicit FilledForm(std::shared_ptr<const forms::Form> model) : model_(std::move(model)) {}
  [[nodiscard]] const forms::Form& model() const { return *model_; }  // for the engine's own rooms
  [[nodiscard]] JIXIAO_EXPORT const std::string& project() const;     // its name as printed; may be
                                                                      // empty
  [[nodiscard]] JIXIAO_EXPORT bool reports() const;  // a self-evaluation, with results; else a
                                                     // declaration

 private:
  std::shared_ptr<const forms::Form> model_;
};

// How a document is read.
struct FormOptions {
  // For a form whose headings are not known: columns of indicators by their letters,
  // "C=name,D=target,E=actual", perhaps with the row of the headings in front ("6:C=name,...").
  // Empty: by the words of the headings.
  std::string columns = {};
};

// Every form in a document, in order; at least one, or an error says why there is none. Warnings:
// rows passed over, sheets not read. Files from strangers are safe to read: at most 64 MB, bounded
// unpacking, no entities, nothing outside the file is opened. .doc and .xls are converted by
// LibreOffice where it is installed.
JIXIAO_EXPORT Checked<std::vector<FilledForm>> read_forms(const std::string& file,
                                                          const FormOptions& options = {});

// A project made of a form. `questions` are warnings with the code form.reading: each says where it
// is, what was taken, how sure that is, and what to change.
struct ImportedForm {
  std::string project;  // the text of project.toml
  std::string results;  // the text of results.toml; empty when the form reports nothing
  std::vector<Diagnostic> questions;
  std::vector<Text> map;  // how the form was read, a line each, and what is not in the project;
                          // `project` begins with it
};
JIXIAO_EXPORT ImportedForm import_form(const FilledForm& form, Language language);

}  // namespace jixiao
