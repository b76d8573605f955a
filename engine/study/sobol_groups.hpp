// The inputs of a study of variance as they are told: groups first in the order written, what is in
// none on its own. Private to this room.
#pragma once

#include <vector>

#include "sampling/sobol_indices.hpp"
#include "study/question.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

// Every group of the study and every input that is in none, in the order of StudyReport::inputs.
// Names are checked already.
std::vector<sampling::Group> sobol_groups(const Question& question);
// Errors: a group of nothing, an input in two groups, a name nobody draws.
bool check_groups(const Question& question, text::Findings findings);

}  // namespace jixiao::study
