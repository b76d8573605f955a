// A draft as the project it would be: written and read again, so that nothing is understood here
// that a project would not understand.
#pragma once

#include <memory>
#include <vector>

#include "forms/draft.hpp"
#include "project/project.hpp"

namespace jixiao::forms {

struct ReadBack {
  std::shared_ptr<project::Project> project;  // null when project.toml could not be read
  // Of reading it: errors, and what the declaration says against itself. Lines are those of the
  // project's text.
  std::vector<Diagnostic> diagnostics;
};

// Results the project refuses become remarks in the draft, each with a question. `leave_out`: an
// indicator the project refuses is marked as left out, and stands there without target and result,
// so that the others can be looked at; a missing year is stood in for.
ReadBack read_back(Draft& draft, bool leave_out = false);
// What there is to confirm, as warnings with the code form.reading. Many targets without a sign are
// one of them.
std::vector<Diagnostic> questions_of(const Draft& draft);

}  // namespace jixiao::forms
