// What a run reads and what it writes.
#include <catch2/catch.hpp>

#include <filesystem>

#include "scratch.hpp"
#include "text/source.hpp"

namespace jixiao {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a file that is read is not written, whatever its name", "[text]") {
  const scratch::Folder folder;
  const std::string file = folder.write("a.csv", "x\n");
  fs::create_symlink(file, folder.at("symbolic.csv"));
  fs::create_hard_link(file, folder.at("hard.csv"));
  FileUses uses;
  CHECK_FALSE(uses.reads(file, ""));
  for (const std::string& name :
       {file, folder.path() + "/./a.csv", folder.at("symbolic.csv"), folder.at("hard.csv")}) {
    const auto conflict = uses.writes(name, "-o");
    REQUIRE(conflict);
    CHECK(conflict->code == "file.conflict");
    CHECK(conflict->severity == Severity::error);
    CHECK(conflict->message.en.find(file) != std::string::npos);
    CHECK(conflict->message.en.find("-o " + name) != std::string::npos);
    CHECK(conflict->help.zh == "给 -o 换一个名字");
  }
  CHECK_FALSE(uses.writes(folder.at("b.csv"), "-o"));
}

TEST_CASE("two outputs that do not exist yet are one by their place", "[text]") {
  const scratch::Folder folder;
  FileUses uses;
  CHECK_FALSE(uses.writes(folder.at("new.csv"), "-o"));
  CHECK(
      uses.writes(folder.path() + "/../" + fs::path(folder.path()).filename().string() + "/new.csv",
                  "--report"));
  CHECK_FALSE(uses.writes(folder.at("other.csv"), "--errors"));
}

TEST_CASE("what lies beside an output while it is written is held too", "[text]") {
  const scratch::Folder folder;
  FileUses uses;
  CHECK_FALSE(uses.reads(folder.write("a.csv.part", "x\n"), ""));
  CHECK(uses.writes(folder.at("a.csv"), "-o"));
}

TEST_CASE("a device takes any number of outputs, a folder is no file", "[text]") {
  const scratch::Folder folder;
  FileUses uses;
  CHECK_FALSE(uses.reads(folder.path(), ""));
  CHECK_FALSE(uses.writes("/dev/null", "-o"));
  CHECK_FALSE(uses.writes("/dev/null", "--errors"));
  CHECK_FALSE(uses.writes(folder.at("a.csv"), "--report"));
}

TEST_CASE("an input that is named twice counts once", "[text]") {
  const scratch::Folder folder;
  FileUses uses;
  const std::string file = folder.write("a.csv", "x\n");
  CHECK_FALSE(uses.reads_once(file, ""));
  CHECK_FALSE(uses.reads(file, "--earlier"));
  REQUIRE(uses.reads_once(folder.path() + "/./a.csv", ""));
  CHECK_FALSE(uses.reads_once(folder.path(), ""));
  CHECK(uses.reads_once(folder.path() + "/.", ""));
}

TEST_CASE("a database is not replaced by a plain file", "[text]") {
  const scratch::Folder folder;
  FileUses uses;
  const auto conflict =
      uses.writes(folder.write("a.db", std::string("SQLite format 3\0", 16) + "more"), "-o");
  REQUIRE(conflict);
  CHECK(conflict->help.en.find("db:TABLE") != std::string::npos);
}

TEST_CASE("files that the engine opens are held against what was declared", "[text]") {
  const scratch::Folder folder;
  const std::string file = folder.write("a.toml", "a = 1\n"),
                    other = folder.write("b.toml", "b = 1\n");
  std::vector<Diagnostic> diagnostics;
  {
    FileUses uses(FileUses::Scope::process);
    CHECK_FALSE(uses.writes(file, "-o"));
    CHECK_FALSE(text::read_source(file, diagnostics));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].code == "file.conflict");
    // Whoever went on without it does not write over it.
    CHECK(FileUses::before_writing(file));
    diagnostics.clear();
    CHECK(text::read_source(other, diagnostics));
    CHECK(FileUses::before_writing(other));
    CHECK_FALSE(FileUses::before_writing(folder.at("c.toml")));
    CHECK(text::read_own_source(file, diagnostics));
  }
  CHECK(text::read_source(file, diagnostics));
  CHECK_FALSE(FileUses::before_writing(file));
}

}  // namespace
}  // namespace jixiao
