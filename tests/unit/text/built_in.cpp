#include "text/built_in.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "text/source.hpp"

using namespace jixiao;

TEST_CASE("the files inside the program are those of the tree", "[text]") {
  const auto files = text::built_in_files();
  REQUIRE(files.size() > 40);
  CHECK(std::is_sorted(files.begin(), files.end(),
                       [](const auto& a, const auto& b) { return a.path < b.path; }));
  for (const text::BuiltInFile& file : files) {
    const std::string path(file.path);
    const std::string folder = path.starts_with("schema/") ? "/docs/" : "/";
    std::ifstream in(JIXIAO_SOURCE_DIR + folder + path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    INFO(path);
    CHECK(bytes == file.text);
  }
}

TEST_CASE("a built-in path is read like any other, and a missing one is said", "[text]") {
  std::vector<Diagnostic> diagnostics;
  const std::string path = "built-in:rules/cn-mof-2020/ruleset.toml";
  CHECK(text::file_exists(path));
  CHECK(text::file_exists("built-in:rules"));
  CHECK_FALSE(text::file_exists("built-in:rules/cn-mof-2020/rule"));
  const auto source = text::read_source(path, diagnostics);
  REQUIRE(source);
  CHECK(source->name() == path);
  CHECK(diagnostics.empty());
  CHECK_FALSE(text::read_source("built-in:rules/none/ruleset.toml", diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "file.unreadable");
  const auto names = text::names_in_folder("built-in:rules/");
  CHECK(std::find(names.begin(), names.end(), "calendars") != names.end());
  CHECK(names == text::names_in_folder(JIXIAO_SOURCE_DIR "/rules"));
  CHECK(text::names_in_folder("built-in:nowhere").empty());
}
