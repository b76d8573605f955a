// Files that are inside the program: the rule sets, calendars and schemas it was built with. Their
// paths begin with "built-in:", and read_source() reads them like any other file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::text {

inline constexpr std::string_view built_in_prefix = "built-in:";

struct BuiltInFile {
  std::string_view path;  // "rules/cn-mof-2020/ruleset.toml", "schema/project.schema.json"
  std::string_view text;
};

// All of them, by path. Valid for the whole run.
std::span<const BuiltInFile> built_in_files();

bool is_built_in(std::string_view path);

// The text of "built-in:rules/cn-mof-2020/ruleset.toml"; nothing when there is no such file in the
// program.
std::optional<std::string_view> built_in_text(std::string_view path);

// Whether there is a file or folder of this path, on the disk or in the program. Throws nothing.
bool file_exists(const std::string& path);

// Names of what stands in a folder on the disk or in the program, sorted. Empty when there is no
// such folder.
std::vector<std::string> names_in_folder(const std::string& folder);

}  // namespace jixiao::text
