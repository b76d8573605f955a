#include "text/missing_file.hpp"

#include <filesystem>
#include <vector>

#include "text/built_in.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::text {

namespace fs = std::filesystem;

Diagnostic missing_file(const std::string& path) {
  const Text missing{"没有这个文件", "there is no such file"};
  if (is_built_in(path)) {
    return diagnose_file(Code::file_unreadable, path,
                         {"程序内没有这个文件", "there is no such file in the program"},
                         {"内置的规则集见 jixiao rules list",
                          "see jixiao rules list for the rule sets that are built in"});
  }
  const fs::path parent = fs::path(path).parent_path();
  const fs::path folder = parent.empty() ? fs::path(".") : parent;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return diagnose_file(
        Code::file_unreadable, path, missing,
        {"目录 " + folder.string() + " 不存在", "there is no folder " + folder.string()});
  }
  std::vector<std::string> names;
  for (fs::directory_iterator item(folder, error), end; !error && item != end;
       item.increment(error)) {
    names.push_back(item->path().filename().string());
  }
  const std::string near = nearest(fs::path(path).filename().string(), names);
  if (near.empty()) return diagnose_file(Code::file_unreadable, path, missing);
  const std::string meant = parent.empty() ? near : (parent / near).string();
  return diagnose_file(Code::file_unreadable, path, missing,
                       {"是否想写 '" + meant + "'？", "did you mean '" + meant + "'?"});
}

}  // namespace jixiao::text
