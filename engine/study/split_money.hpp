// Studies of kind "allocation": the rest of the file is a question of the room `choice`.
#pragma once

#include "study/study.hpp"

namespace jixiao::study {

// `report`: the study and the project told, the answer still to come.
Checked<StudyReport> split_money(const Study& study, const RuleSet& rules, const Project& project,
                                 const RuleLibrary& library, StudyReport report);

}  // namespace jixiao::study
