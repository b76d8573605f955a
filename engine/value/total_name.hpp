// Names of rows that sum up the rows above them.
#pragma once

#include <string_view>

namespace jixiao::value {

// Whether a name says that its row is a sum or a mean of others and no project: 合计, 全县小计,
// Total, Grand total:, Mean.
bool says_total(std::string_view name);

}  // namespace jixiao::value
