// Texts of files as they stand in an editor, read in place of what is on the disk.
#pragma once

#include <string>

#include "jixiao/export.hpp"

namespace jixiao {

// From now on every reader of rule sets, projects, results, scenarios and studies takes `text` for
// the file `path`, which need not exist. For the whole process; thread-safe.
JIXIAO_EXPORT void keep_unsaved(const std::string& path, std::string text);
// And what is on the disk again.
JIXIAO_EXPORT void forget_unsaved(const std::string& path);

}  // namespace jixiao
