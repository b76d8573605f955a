// Parts packed into one file, as .docx wants them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"

namespace jixiao::archive {

using Parts = std::vector<std::pair<std::string, std::string>>;  // name, bytes

// The bytes of a ZIP file, the same for the same parts. Nothing with an error (file.unwritable, of
// `file`) where libzip is not installed.
std::optional<std::string> pack(const Parts& parts, const std::string& file,
                                std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::archive
