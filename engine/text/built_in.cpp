#include "text/built_in.hpp"

#include <algorithm>
#include <filesystem>

namespace jixiao::text {

namespace {

// "rules" of "built-in:rules/": without the prefix, and without a '/' at the end.
std::string_view path_inside(std::string_view path) {
  path.remove_prefix(built_in_prefix.size());
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

}  // namespace

bool is_built_in(std::string_view path) { return path.starts_with(built_in_prefix); }

std::optional<std::string_view> built_in_text(std::string_view path) {
  if (!is_built_in(path)) return std::nullopt;
  const auto files = built_in_files();
  const std::string_view wanted = path_inside(path);
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const BuiltInFile& file) { return file.path == wanted; });
  if (found == files.end()) return std::nullopt;
  return found->text;
}

bool file_exists(const std::string& path) {
  std::error_code error;
  if (!is_built_in(path)) return std::filesystem::exists(path, error);
  const std::string folder = std::string(path_inside(path)) + "/";
  const auto files = built_in_files();
  return built_in_text(path).has_value() ||
         std::any_of(files.begin(), files.end(),
                     [&](const BuiltInFile& file) { return file.path.starts_with(folder); });
}

std::vector<std::string> names_in_folder(const std::string& folder) {
  std::vector<std::string> out;
  if (is_built_in(folder)) {
    const std::string inside = std::string(path_inside(folder)) + "/";
    for (const BuiltInFile& file : built_in_files()) {
      if (!file.path.starts_with(inside)) continue;
      const std::string_view rest = file.path.substr(inside.size());
      out.emplace_back(rest.substr(0, rest.find('/')));
    }
  } else {
    std::error_code error;
    for (std::filesystem::directory_iterator item(folder, error), end; !error && item != end;
         item.increment(error)) {
      out.push_back(item->path().filename().string());
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace jixiao::text
