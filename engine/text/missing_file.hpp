// What to say of a file that is not there.
#pragma once

#include <string>

#include "jixiao/diagnostic.hpp"

namespace jixiao::text {

// Names the folder when that is what is missing, else the file beside it whose name is nearest.
Diagnostic missing_file(const std::string& path);

}  // namespace jixiao::text
