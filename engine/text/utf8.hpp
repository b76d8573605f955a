// Whether bytes are UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace jixiao::text {

bool is_utf8(std::string_view bytes);
// U+FFFD in the place of each byte that belongs to no character.
std::string repaired_utf8(std::string_view bytes);

}  // namespace jixiao::text
