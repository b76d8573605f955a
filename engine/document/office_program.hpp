// Older documents through LibreOffice, where it is installed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"

namespace jixiao::forms {

// The bytes of `file` converted to `kind` ("docx", "xlsx"). Runs `soffice` of the PATH without a
// window, in a profile and folder of its own that are removed again, for at most a minute. Nothing,
// with a diagnostic, when there is no such program or it fails.
std::optional<std::string> convert(const std::string& file, const std::string& kind,
                                   std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::forms
