// What somebody wrote for a number of a project, in its base unit.
#pragma once

#include <optional>
#include <vector>

#include "scenario/project_model.hpp"
#include "text/findings.hpp"
#include "text/toml.hpp"

namespace jixiao::scenario {

// `difference`: the value is added to one or is a distance, so that of a date it is days. Bare
// numbers are in the unit the project writes the number in; money needs its unit. Nothing, with
// diagnostics, for what cannot be read or is of another kind.
std::optional<double> read_written(const InputFacts& facts, const text::Node& node, bool difference,
                                   const Project& project, text::Findings findings);

}  // namespace jixiao::scenario
