// Filled-in forms of offices: .docx, .xlsx, .csv, .txt, .md, .html, and what older programs wrote.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"
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

// One form among those that were made a table.
struct TabulatedForm {
  std::string file;
  std::size_t number = 0;  // of the form in its file, from 1; 0 when it has but one
  bool read = false;       // false: `findings` say why there is no form
  std::string project;     // its name in the table, or as printed
  std::size_t rows = 0;    // indicators in the table; 0: it is not there
  Text alone;              // why no table can say what the form says; empty when it is there
  ImportedForm imported;   // as a project of its own, when it is not
  std::vector<Diagnostic> findings;  // of reading it
};

// Many forms as one long table for run_batch, under one rule set.
struct FormTable {
  std::string rules;                 // id; what most of the forms ask for unless one was given
  std::string csv;                   // one record an indicator or amount; empty: no form is in it
  std::vector<TabulatedForm> forms;  // by name of the file
};
// Forms and folders of them, looked through to the bottom; projects in files of their own are
// passed over. A form is in the table only when batch gives it the total that score gives it alone.
// `rules`: an id or path, or "".
JIXIAO_EXPORT FormTable tabulate_forms(const std::vector<std::string>& paths,
                                       const RuleLibrary& library, const std::string& rules,
                                       Language language, const FormOptions& options = {});

}  // namespace jixiao
