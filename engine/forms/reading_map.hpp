// The map of how a form was read, for people. Private to this room and to the audit.
#pragma once

#include <vector>

#include "forms/form.hpp"
#include "jixiao/text.hpp"

namespace jixiao::forms {

// A line each: every table with its columns and rows, then every cell that is not in the project,
// with its place and reason.
std::vector<Text> lines_of(const Form& form);

}  // namespace jixiao::forms
