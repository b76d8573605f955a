// The language server as the command line sees it.
#pragma once

#include <iosfwd>

#include "jixiao/rules.hpp"
#include "jixiao/text.hpp"

namespace jixiao::lsp {

// Answers one editor until it is done or gone. Returns the exit status of the protocol: 0, or 1
// when the editor did not take its leave.
int serve_editor(const RuleLibrary& library, Language language, std::istream& in,
                 std::ostream& out);

}  // namespace jixiao::lsp
