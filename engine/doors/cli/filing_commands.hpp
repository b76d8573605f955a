// Forms of offices, out.
#pragma once

#include <optional>
#include <string>

#include "commands.hpp"

namespace jixiao::cli {

struct FilingCall {
  std::string file;              // "": stdout
  std::optional<FileKind> kind;  // none: by the file's ending; Markdown on stdout
  bool summary = false;
};

// Writes the filled-in form, or a summary of one page: whole, or not at all.
int file_report(const Call& call, const ScoreCall& what, const FilingCall& how);

}  // namespace jixiao::cli
