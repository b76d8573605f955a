#include "project/beside.hpp"

#include <algorithm>
#include <filesystem>

#include "text/diagnostics.hpp"
#include "text/source.hpp"

namespace jixiao::project {

namespace fs = std::filesystem;

std::string file_beside(const std::string& project, const std::string& name) {
  if (name.find('/') != std::string::npos || name.ends_with(".toml")) return name;
  std::error_code error;
  fs::path folder(project);
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  return (folder / (name + ".toml")).string();
}

std::vector<std::string> names_beside(const std::string& file, std::string_view schema) {
  constexpr std::size_t most_names = 200, largest_file = std::size_t{1} << 20U;
  std::vector<std::string> out;
  std::vector<Diagnostic> ignored;
  std::error_code error;
  for (fs::directory_iterator at(fs::path(file).parent_path(), error), end;
       !error && at != end && out.size() < most_names; at.increment(error)) {
    if (at->path().extension() != ".toml") continue;
    const auto source = text::read_source(at->path().string(), ignored, largest_file);
    if (source && source->text().find(schema) != std::string_view::npos)
      out.push_back(at->path().stem().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace jixiao::project
