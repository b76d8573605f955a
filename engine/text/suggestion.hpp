// "Did you mean ...?"
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "jixiao/text.hpp"

namespace jixiao::text {

// The candidate nearest to `word` by edit distance in characters, or "" when none is near enough to
// be meant.
std::string nearest(std::string_view word, std::span<const std::string> candidates);
// "did you mean 'x'?" when one is near, else "known: a, b, c".
Text suggestion(std::string_view word, std::span<const std::string> candidates);

}  // namespace jixiao::text
