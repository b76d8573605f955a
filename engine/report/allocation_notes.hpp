// What has to be said beside a split of money, so that nobody takes it for more than it is.
#pragma once

#include <string>
#include <vector>

#include "jixiao/study.hpp"
#include "jixiao/text.hpp"

namespace jixiao::report {

// Sentences: how sure the split is, what was left over, which items nothing measures, what the same
// money in proportion makes.
std::vector<std::string> allocation_notes(const Allocation& allocation, int digits,
                                          Language language);

}  // namespace jixiao::report
