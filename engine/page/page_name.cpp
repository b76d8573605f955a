#include "page/page_name.hpp"

#include <algorithm>
#include <array>

namespace jixiao::page {

std::string page_name(std::string_view file) {
  if (file.starts_with("db:") || file.find("://") != std::string_view::npos)
    return std::string(file);
  const std::size_t slash = file.rfind('/');
  if (slash == std::string_view::npos) return std::string(file);
  const std::string_view name = file.substr(slash + 1);
  constexpr std::array<std::string_view, 4> everywhere{"project.toml", "results.toml",
                                                       "results.csv", "ruleset.toml"};
  // A place may stand behind the name: "project.toml:12".
  const std::string_view alone = name.substr(0, name.find(':'));
  if (std::find(everywhere.begin(), everywhere.end(), alone) == everywhere.end())
    return std::string(name);
  const std::string_view folder = file.substr(0, slash);
  return std::string(
      file.substr(folder.rfind('/') == std::string_view::npos ? 0 : folder.rfind('/') + 1));
}

}  // namespace jixiao::page
