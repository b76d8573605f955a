// One indicator's story as labelled lines, the same in every format.
#pragma once

#include <string>
#include <vector>

#include "jixiao/scorecard.hpp"
#include "page/document.hpp"

namespace jixiao::report {

// "5.81 / 6.25"; the state in words when there are no points.
std::string story_result(const IndicatorStory& story, int digits, Language language);
// Where it belongs, target and actual, method, formula, the formula with numbers, points, loss,
// reasons, proof, sources.
std::vector<page::Fact> story_facts(const Scorecard& card, const IndicatorStory& story,
                                    Language language);
// "财预〔2020〕10号 〔背景知识，未核实〕 https://…"
std::string cited_text(const Cited& cite, Language language);

}  // namespace jixiao::report
