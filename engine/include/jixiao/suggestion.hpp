// What somebody may have meant by a word that nobody knows.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "jixiao/export.hpp"

namespace jixiao {

// The candidate nearest to `word` by edit distance in characters; empty when none is near enough to
// be meant.
JIXIAO_EXPORT std::string nearest_word(std::string_view word,
                                       std::span<const std::string> candidates);

}  // namespace jixiao
