// Traditional characters as simplified ones, so that one list of headings reads both.
#pragma once

#include <string>
#include <string_view>

namespace jixiao::forms {

// Returns `utf8` with every traditional character that has one simplified form replaced by it;
// other bytes are kept.
std::string simplified(std::string_view utf8);

}  // namespace jixiao::forms
