// Studies as documents.
#pragma once

#include "jixiao/study.hpp"
#include "page/document.hpp"

namespace jixiao::report {

// `with_bars`: shares also as bars of block characters, for a terminal.
page::Document study_document(const StudyReport& report, Language language, bool with_bars);

}  // namespace jixiao::report
