#include "text/missing_file.hpp"

#include "scratch.hpp"

using jixiao::text::missing_file;

TEST_CASE("of a file that is not there the nearest one is named", "[text]") {
  const scratch::Folder folder;
  const std::string there = folder.write("project.toml", "x");
  CHECK(missing_file(folder.at("projct.toml")).help.en == "did you mean '" + there + "'?");
  CHECK(missing_file(folder.at("results.csv")).help.empty());
  const auto nowhere = missing_file(folder.at("none/project.toml"));
  CHECK(nowhere.code == "file.unreadable");
  CHECK(nowhere.message.zh == "没有这个文件");
  CHECK(nowhere.help.en == "there is no folder " + folder.at("none"));
}
