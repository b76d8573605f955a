// Start here. The whole engine in five steps:
//
//   const auto library = jixiao::RuleLibrary::standard();
//   const auto project = jixiao::read_project({"scenarios/chenggong-2020", ""});
//   const auto rules   = jixiao::read_rules(project->rules(), library);
//   const auto card    = jixiao::score(*rules, *project);
//   std::cout << jixiao::render_scorecard(card, {});
//
// Nothing here throws (out of memory aside); what is wrong with a file comes back as diagnostics.
// Every object is const after it is made and may be used from any number of threads.
#pragma once

#include "jixiao/audit.hpp"
#include "jixiao/batch.hpp"
#include "jixiao/check.hpp"
#include "jixiao/columns.hpp"
#include "jixiao/diagnostic.hpp"
#include "jixiao/file_uses.hpp"
#include "jixiao/filing.hpp"
#include "jixiao/forms.hpp"
#include "jixiao/funding.hpp"
#include "jixiao/monitoring.hpp"
#include "jixiao/next.hpp"
#include "jixiao/pictures.hpp"
#include "jixiao/printable.hpp"
#include "jixiao/project.hpp"
#include "jixiao/proof.hpp"
#include "jixiao/report.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/score.hpp"
#include "jixiao/scorecard.hpp"
#include "jixiao/study.hpp"
#include "jixiao/suggestion.hpp"
#include "jixiao/survey.hpp"
#include "jixiao/text.hpp"
#include "jixiao/unsaved.hpp"
#include "jixiao/version.hpp"
#include "jixiao/weighting.hpp"
