// Which indicators of a scorecard a word of a user's means.
#pragma once

#include <string>
#include <vector>

#include "jixiao/scorecard.hpp"

namespace jixiao::report {

// The indicator of that id; else those of that name, in either language; else those whose name has
// the word in it. Blanks, full-width forms and capitals do not count. In the card's order; none
// when the word means nothing.
std::vector<const IndicatorStory*> indicators_meant(const Scorecard& card, const std::string& word);

}  // namespace jixiao::report
