// Studies as documents.
#pragma once

#include "jixiao/study.hpp"
#include "report/document.hpp"

namespace jixiao::report {

// Headings of the parts of the document, which charts stand under.
std::string spread_heading(const Spread& spread, Language language);
std::string sensitivity_heading(const StudyReport& report, const SensitivityAnswer& answer, const Sensitivity& of, Language language);
std::string pairs_heading(const SensitivityAnswer& answer, const Sensitivity& of, Language language);
std::string scenario_heading(const ScenarioStory& scenario, Language language);

// `with_bars`: shares also as bars of block characters, for a terminal.
Document study_document(const StudyReport& report, Language language, bool with_bars);

}  // namespace jixiao::report
