// How often something happened, as people write it in a cell.
#pragma once

#include <optional>
#include <string_view>

namespace jixiao::value {

// A number of at least 0, or a word for yes (1) or no (0): 是 有 yes true, 否 无 no false. Nothing
// for anything else, an empty text included: nobody said how often.
std::optional<double> read_occurrence(std::string_view text);

}  // namespace jixiao::value
