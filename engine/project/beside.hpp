// Files that stand beside a project and are called by their names: scenarios, studies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jixiao::project {

// Returns the file that `name` means for the project at `project`, a folder or a file of it: a path
// (it has a '/' or ends in .toml) is meant as it is, "cut15" is cut15.toml beside project.toml.
std::string file_beside(const std::string& project, const std::string& name);

// Returns the names, sorted, of the files beside `file` that hold the text `schema`
// ("jixiao/study/"): what may have been meant by a name that is not there. At most 200, and none
// where the folder cannot be read.
std::vector<std::string> names_beside(const std::string& file, std::string_view schema);

}  // namespace jixiao::project
