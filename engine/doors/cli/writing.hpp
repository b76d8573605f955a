// Files that are there whole or not at all.
#pragma once

#include <string>

#include "commands.hpp"

namespace jixiao::cli {

// Written beside its name and renamed, as the tables are; a device or a pipe keeps its place.
// False, with a diagnostic said, when it cannot be.
bool write_whole(const Call& call, const std::string& file, const std::string& bytes);

// Whether whoever read our output has had enough of it (| head): that is no fault.
bool reader_is_gone();

}  // namespace jixiao::cli
