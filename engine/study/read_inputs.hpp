// The inputs of a study: ranges and laws as written. Private to this room.
#pragma once

#include <string>
#include <vector>

#include "study/study.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

// The [input] table. Names are dotted keys; `own_formulas`: inputs of a study without a project
// also have a unit, a name and a value. Tables of empirical values stand relative to `folder`.
void read_inputs(const text::Node& table, bool own_formulas, const std::string& folder,
                 std::vector<StudyInput>& out, text::Findings findings);

// An array of finite numbers; nothing, reported, when it is something else.
std::vector<double> read_numbers(text::TableReader& reader, std::string_view key,
                                 text::Findings findings);

}  // namespace jixiao::study
