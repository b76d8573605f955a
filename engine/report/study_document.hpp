// Studies as documents.
#pragma once

#include "jixiao/study.hpp"
#include "page/document.hpp"

namespace jixiao::report {

// `with_bars`: shares also as bars of block characters, for a terminal.
// Of a Monte Carlo study: which inputs have no law and are drawn evenly over their range, so that
// chances say how the score moves over it and are no forecast; empty when all have one.
std::string note_on_laws(const StudyReport& report, Language language);
page::Document study_document(const StudyReport& report, Language language, bool with_bars);

}  // namespace jixiao::report
