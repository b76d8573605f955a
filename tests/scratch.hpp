// Files a test writes, in a folder of its own that goes when the test ends.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "jixiao/jixiao.hpp"

namespace scratch {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jixiao-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string at(const std::string& name) const {
    return (std::filesystem::path(path_) / name).string();
  }

 private:
  std::string path_;
};

inline const jixiao::RuleLibrary& shipped_rules() {
  static const jixiao::RuleLibrary library{{std::string(JIXIAO_SOURCE_DIR) + "/rules"}};
  return library;
}

inline bool has_code(const std::vector<jixiao::Diagnostic>& diagnostics, const std::string& code) {
  for (const auto& d : diagnostics) {
    if (d.code == code) return true;
  }
  return false;
}

// The scorecard of a rule set, a project and results written as text; everything said is in the
// test's messages.
inline jixiao::Scorecard scored(const std::string& rules, const std::string& project,
                                const std::string& results,
                                const jixiao::ScoreOptions& options = {}) {
  const Folder folder;
  folder.write("project.toml", "schema = \"jixiao/project/1\"\n" + project);
  folder.write("results.toml", "schema = \"jixiao/results/1\"\n" + results);
  const auto read = jixiao::read_project({folder.path(), ""});
  for (const auto& d : read.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(read.has_value());
  const auto rule_set =
      rules.find('\n') == std::string::npos
          ? jixiao::read_rules(rules, shipped_rules())
          : jixiao::read_rules(folder.write("ruleset.toml", rules), shipped_rules());
  for (const auto& d : rule_set.diagnostics())
    UNSCOPED_INFO("rules " << d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(rule_set.has_value());
  return jixiao::score(*rule_set, *read, options);
}

}  // namespace scratch
