// Forms of offices, in and out.
#pragma once

#include <optional>
#include <string>

#include "commands.hpp"

namespace jixiao::cli {

struct ImportCall {
  std::string file;
  std::string folder;   // "": print; NAME.csv: one table of all forms
  std::string rules;    // of the table; "": what most of the forms ask for
  std::string columns;  // "": by the words of the headings
};

// Writes project.toml and results.toml of each form in the file: into the folder, or into folders
// 1, 2, ... of it when there are several; to stdout when no folder is named. How each form was read
// begins its project.toml, and is shown. A file or folder into NAME.csv: one long table for batch,
// NAME.audit.csv beside it, and in NAME.alone what no table can say.
int import_forms(const Call& call, const ImportCall& what);

struct FilingCall {
  std::string file;              // "": stdout
  std::optional<FileKind> kind;  // none: by the file's ending; Markdown on stdout
  bool summary = false;
};

// Writes the filled-in form, or a summary of one page: whole, or not at all.
int file_report(const Call& call, const ScoreCall& what, const FilingCall& how);

}  // namespace jixiao::cli
