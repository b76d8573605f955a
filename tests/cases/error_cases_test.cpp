// Every diagnostic code has a malformed file here, and what `jixiao check` says about it, `jixiao
// import` about a form, or the command in `command`, is compared whole. New text: tools/approve.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "jixiao/jixiao.hpp"
#include "scratch.hpp"
#include "text/code.hpp"

using namespace jixiao;

namespace {

namespace fs = std::filesystem;

// File names in the output are relative to the root of the tree.
struct AtRoot {
  fs::path before = fs::current_path();
  AtRoot() { fs::current_path(JIXIAO_SOURCE_DIR); }
  ~AtRoot() { fs::current_path(before); }
  AtRoot(const AtRoot&) = delete;
  AtRoot& operator=(const AtRoot&) = delete;
};

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> folders() {
  std::vector<fs::path> out;
  for (const auto& item : fs::directory_iterator("tests/cases/errors")) {
    if (item.is_directory()) out.push_back(item.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// "weights.sum-2" is a second case of weights.sum; codes themselves may hold a hyphen
// ("file.too-large").
std::string code_of(const fs::path& folder) {
  const std::string name = folder.filename().string();
  for (std::size_t at = name.find('-'); at != std::string::npos; at = name.find('-', at + 1)) {
    if (at + 1 < name.size() && name[at + 1] >= '0' && name[at + 1] <= '9')
      return name.substr(0, at);
  }
  return name;
}

// What the program says on stderr to the arguments in a case's file `command`.
std::string said_by(std::string arguments, const std::string& language) {
  while (!arguments.empty() && arguments.back() == '\n') arguments.pop_back();
  const scratch::Folder folder;
  const std::string said = folder.at("said");
  const std::string line = std::string("COLUMNS=100 '") + JIXIAO_PROGRAM + "' --rules-folder rules " +
                           arguments + " --lang " + language + " >/dev/null 2>'" + said + "'";
  CHECK(std::system(line.c_str()) != 0);
  return contents(said);
}

std::string form_in(const fs::path& folder) {
  for (const auto& item : fs::directory_iterator(folder)) {
    if (item.path().stem() == "form") return item.path().string();
  }
  return {};
}

std::vector<Diagnostic> what_import_says(const std::string& file) {
  const auto forms = read_forms(file);
  std::vector<Diagnostic> said = forms.diagnostics();
  for (std::size_t i = 0; forms && i < forms->size(); ++i) {
    const ImportedForm imported = import_form((*forms)[i], Language::en);
    said.insert(said.end(), imported.questions.begin(), imported.questions.end());
  }
  return said;
}

}  // namespace

TEST_CASE("what check says about malformed files", "[cases][errors]") {
  const AtRoot at_root;
  const RuleLibrary library{{"rules", "built-in:rules"}};
  for (const fs::path& folder : folders()) {
    if (fs::exists(folder / "command")) {
      DYNAMIC_SECTION(folder.filename().string()) {
        for (const std::string language : {"en", "zh"}) {
          const std::string said = said_by(contents(folder / "command"), language);
          CHECK(said == contents(folder / ("expected." + language + ".txt")));
          CHECK(said.find("[" + code_of(folder) + "]") != std::string::npos);
        }
      }
      continue;
    }
    const fs::path scenario = folder / "scenario.toml";
    const fs::path project = folder / "project.toml";
    const std::string file = (fs::exists(scenario)  ? scenario
                              : fs::exists(project) ? project
                                                    : folder / "ruleset.toml")
                                 .string();
    const std::string form = form_in(folder);
    DYNAMIC_SECTION(folder.filename().string()) {
      const auto diagnostics = form.empty() ? check_file(file, library) : what_import_says(form);
      for (const auto& [language, name] : {std::pair{Language::en, "expected.en.txt"},
                                           std::pair{Language::zh, "expected.zh.txt"}}) {
        const std::string said =
            render_diagnostics(diagnostics, {Format::text, language, false, 100});
        CHECK(said == contents(folder / name));
        CHECK(said.find("[" + code_of(folder) + "]") != std::string::npos);
      }
    }
  }
}

TEST_CASE("every diagnostic code has a case and a row in the documentation", "[cases][errors]") {
  const AtRoot at_root;
  const std::string page = contents("docs/diagnostics.md");
  std::vector<std::string> shown;
  for (const fs::path& folder : folders()) shown.push_back(code_of(folder));
  for (const text::CodeEntry& entry : text::all_codes()) {
    const std::string name(entry.name);
    INFO(name);
    CHECK(std::find(shown.begin(), shown.end(), name) != shown.end());
    CHECK(page.find("\n## `" + name + "`\n") != std::string::npos);
  }
  for (const std::string& name : shown) {
    const auto codes = text::all_codes();
    INFO(name);
    CHECK(std::any_of(codes.begin(), codes.end(),
                      [&](const text::CodeEntry& entry) { return entry.name == name; }));
  }
}
