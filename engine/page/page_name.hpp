// Names of files on pages that are sent around.
#pragma once

#include <string>
#include <string_view>

namespace jixiao::page {

// The file without the folders of the machine it was read on: its last component, with the folder's
// name before one that every project has (project.toml, results.toml, results.csv, ruleset.toml). A
// table of a database stays as it is.
std::string page_name(std::string_view file);

}  // namespace jixiao::page
