// Which files of a folder are forms and projects.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace jixiao::audit {

// Adds every form and project under `path` by name, to the bottom; `path` itself when it is a file.
// A folder with a project.toml is one project: its other files belong to it.
void gather(const std::filesystem::path& path, std::vector<std::string>& out);

}  // namespace jixiao::audit
