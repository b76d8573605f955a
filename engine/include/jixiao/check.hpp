// Finding out what is wrong with a file, of whatever kind it is.
#pragma once

#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"

namespace jixiao {

// Everything there is to say about one file or folder: a rule set, a calendar, a project (with its
// results, against the rule set it asks for or `rules`, when that is not empty), results (with the
// project beside them), a scenario (applied to the project beside it) or a study (asked of the
// project beside it). Sorted by place.
JIXIAO_EXPORT std::vector<Diagnostic> check_file(const std::string& path,
                                                 const RuleLibrary& library,
                                                 const std::string& rules = {});

}  // namespace jixiao
