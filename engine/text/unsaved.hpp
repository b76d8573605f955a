// Texts that stand in for files: see jixiao/unsaved.hpp.
#pragma once

#include <optional>
#include <string>

namespace jixiao::text {

// The text kept for the file `path`, by its absolute name; nothing when none is.
std::optional<std::string> unsaved_text(const std::string& path);

}  // namespace jixiao::text
