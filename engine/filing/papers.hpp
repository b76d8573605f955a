// The papers a report is made of, laid out as grids. Private to this room.
#pragma once

#include <span>

#include "filing/grid.hpp"
#include "filing/self_evaluation.hpp"
#include "jixiao/diagnostic.hpp"

namespace jixiao::filing {

Grid form_grid(const SelfEvaluation& form);
// What was found wrong, worst first: severity, code, place, what, what to do.
Grid findings_grid(std::span<const Diagnostic> findings, Language language);

}  // namespace jixiao::filing
