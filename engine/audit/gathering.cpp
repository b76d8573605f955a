#include "audit/gathering.hpp"

#include <algorithm>
#include <cctype>

namespace jixiao::audit {
namespace {

namespace fs = std::filesystem;

bool is_form(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::string name = path.filename().string();
  // what office programs leave beside open files
  if (name.starts_with("~$") || name.starts_with(".")) return false;
  return ending == ".docx" || ending == ".xlsx" || ending == ".doc" || ending == ".xls" ||
         ending == ".csv" || ending == ".tsv" || ending == ".txt" || ending == ".wps" ||
         ending == ".et" || ending == ".odt" || ending == ".ods" || ending == ".rtf";
}

}  // namespace

void gather(const fs::path& path, std::vector<std::string>& out) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    out.push_back(path.string());
    return;
  }
  if (fs::exists(path / "project.toml", error)) {
    out.push_back((path / "project.toml").string());
    return;
  }
  std::vector<fs::path> inside;
  for (fs::directory_iterator at(path, fs::directory_options::skip_permission_denied, error), end;
       !error && at != end; at.increment(error))
    inside.push_back(at->path());
  std::sort(inside.begin(), inside.end());
  for (const fs::path& each : inside) {
    if (fs::is_symlink(each, error)) continue;  // a link upwards would go round for ever
    if (fs::is_directory(each, error))
      gather(each, out);
    else if (is_form(each))
      out.push_back(each.string());
  }
}

}  // namespace jixiao::audit
