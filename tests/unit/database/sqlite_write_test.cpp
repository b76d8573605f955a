// Writing tables into SQLite files: what stands there afterwards, and what stands there when it was
// broken off.
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "database/spool.hpp"
#include "scratch.hpp"
#include "table/guard.hpp"
#include "unit/database/tables.hpp"

using namespace jixiao;
using Catch::Contains;

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string types_of(const std::string& path, const std::string& table) {
  return tables::read(path, "SELECT name, type FROM pragma_table_info('" + table + "')");
}

}  // namespace

TEST_CASE("what was written is read again", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("新.sqlite"), csv = tables::many(500);
  for (const std::size_t cut : {1, 7, 100000}) {
    tables::write(path, "成\"绩", csv, cut);
    CHECK(tables::read(path, "成\"绩") == csv);
  }
  CHECK(tables::read(path, "SELECT count(*) AS n FROM sqlite_schema") == "n\n1\n");
  CHECK(types_of(path, "成\"绩") == "name,type\n编号,TEXT\n名称,TEXT\n得分,REAL\n说明,TEXT\n");
}

TEST_CASE("columns of plain numbers are numbers, codes stay text", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite");
  tables::write(path, "t",
                "number,code,long,mixed,empty,phone,exact\n1.50,007,123456789012345678,1.50,,+86,0."
                "30000000000000004\n,100,1,未评,,1,1e-300\n"
                "-2e3,3,2,2,,2,1\n");
  CHECK(types_of(path, "t") ==
        "name,type\nnumber,REAL\ncode,TEXT\nlong,TEXT\nmixed,TEXT\nempty,TEXT\nphone,TEXT\nexact,"
        "REAL\n");
  CHECK(tables::read(path, "t") ==
        "number,code,long,mixed,empty,phone,exact\n1.5,007,123456789012345678,1.50,,+86,0."
        "30000000000000004\n,100,1,未评,,1,1e-300\n"
        "-2000,3,2,2,,2,1\n");
  CHECK(tables::read(path,
                     "SELECT count(*) AS n FROM t WHERE number IS NULL AND mixed = '未评' AND "
                     "empty IS NULL") == "n\n1\n");
  CHECK(table::is_code("-007"));
  CHECK_FALSE(table::is_code("0.5"));
  CHECK_FALSE(table::is_code("0"));
  CHECK_FALSE(table::is_code("123456789012345"));
  CHECK(table::is_code("1234567890123456"));
}

TEST_CASE("a new table takes the place of the old one, the others stay", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite");
  tables::write(path, "t", "a,b\n1,2\n");
  tables::write(path, "other", "x\n甲\n");
  tables::write(path, "t", "c\n\"\"\n3\n");
  CHECK(tables::read(path, "t") == "c\n\"\"\n3\n");
  CHECK(tables::read(path, "other") == "x\n甲\n");
}

TEST_CASE("a table is read and written in the same database", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite"), csv = tables::many(40000);
  tables::write(path, "in", csv, 100000);
  std::vector<Diagnostic> diagnostics;
  const auto source = database::open_table(path, "in", diagnostics);
  const auto sink = database::open_table_sink(path, "out", false, diagnostics);
  REQUIRE(source);
  REQUIRE(sink);
  std::vector<char> room(10000);
  while (const std::size_t bytes = source->read(room)) sink->write({room.data(), bytes});
  sink->finish();
  CHECK(tables::read(path, "out") == csv);
}

TEST_CASE("a table that somebody else made is replaced only when that is wanted", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite");
  tables::write(path, "ours", "a\n1\n");
  const auto run = [&](const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
  };
  run("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (7); CREATE VIEW seen AS SELECT * FROM "
      "theirs");
  const std::string before = bytes_of(path);
  for (const char* table : {"theirs", "THEIRS", "seen"}) {
    std::vector<Diagnostic> diagnostics;
    CHECK_FALSE(database::open_table_sink(path, table, false, diagnostics));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].code == "file.conflict");
  }
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(database::open_table_sink(path, "seen", true, diagnostics));
  CHECK(bytes_of(path) == before);
  tables::write(path, "OURS", "a\n2\n");
  tables::write(path, "theirs", "x\n8\n", 7, true);
  CHECK(tables::read(path, "ours") == "a\n2\n");
  CHECK(tables::read(path, "seen") == "x\n8\n");
}

TEST_CASE("indexes and triggers of a replaced table stay", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite");
  tables::write(path, "t", "a,b\n1,2\n");
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_exec(database,
                       "CREATE INDEX by_b ON t(b); CREATE TABLE log (x); CREATE TRIGGER noted "
                       "AFTER INSERT ON t BEGIN INSERT INTO log "
                       "VALUES (new.a); END",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
  tables::write(path, "t", "b,a\n3,4\n");
  CHECK(tables::read(path, "SELECT name FROM sqlite_schema WHERE tbl_name = 't' ORDER BY 1") ==
        "name\nby_b\nnoted\nt\n");
  CHECK(tables::read(path, "log") == "x\n");
  const std::string before = bytes_of(path);
  const Diagnostic said = tables::broken([&] { tables::write(path, "t", "a\n1\n"); });
  CHECK(said.code == "file.conflict");
  CHECK_THAT(said.message.en, Contains("by_b"));
  CHECK(bytes_of(path) == before);
}

TEST_CASE("without finish the database is as it was", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite");
  std::vector<Diagnostic> diagnostics;
  SECTION("one that exists") {
    tables::write(path, "t", "a\n1\n");
    const std::string before = bytes_of(path);
    {
      const auto sink = database::open_table_sink(path, "t", false, diagnostics);
      REQUIRE(sink);
      sink->write(tables::many(50000));
    }
    CHECK(bytes_of(path) == before);
  }
  SECTION("one that does not") {
    { REQUIRE(database::open_table_sink(path, "t", false, diagnostics)); }
    CHECK_FALSE(std::filesystem::exists(path));
  }
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()),
                      std::filesystem::directory_iterator()) <= 1);
}

TEST_CASE("a table that cannot be written leaves everything as it was", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite");
  tables::write(path, "t", "a\n1\n");
  const std::string before = bytes_of(path);
  const auto said = [&](const std::string& csv) {
    return tables::broken([&] { tables::write(path, "t", csv); }).message.en;
  };
  CHECK_THAT(said("a,a\n1,2\n"), Contains("duplicate column name: a"));
  CHECK_THAT(said("a,b\n1,2\n3\n"), Contains("line 3") && Contains("1 cells"));
  CHECK_FALSE(said("").empty());
  CHECK(bytes_of(path) == before);
  CHECK_THAT(
      tables::broken([&] { tables::write(folder.at("new.sqlite"), "t", "a,a\n1,2\n"); }).message.en,
      Contains("duplicate"));
  CHECK_FALSE(std::filesystem::exists(folder.at("new.sqlite")));
}

TEST_CASE("what cannot be written to is said at once", "[database]") {
  const scratch::Folder folder;
  const auto refused = [](const std::string& path, const std::string& table) {
    std::vector<Diagnostic> diagnostics;
    CHECK_FALSE(database::open_table_sink(path, table, false, diagnostics));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].code == "file.unwritable");
    return diagnostics[0].message.en;
  };
  CHECK_THAT(refused(folder.write("text.sqlite", std::string(5000, 'x')), "t"),
             Contains("no SQLite database"));
  CHECK_THAT(refused(folder.at("no/such/folder/a.sqlite"), "t"), Contains("temporary file"));
  CHECK_THAT(refused(folder.at("a.sqlite"), ""), Contains("name of the table"));
  CHECK_FALSE(refused(folder.path(), "t").empty());
}

TEST_CASE("killed while writing, the database is as it was", "[database]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.sqlite"), old = tables::many(3000),
                    csv = tables::many(400000);
  tables::write(path, "t", old, 100000);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::vector<Diagnostic> diagnostics;
    const auto sink = database::open_table_sink(path, "t", false, diagnostics);
    sink->write(csv);
    sink->finish();
    _exit(0);
  }
  // The moment its pages have begun to reach the file: its journal is there, and the file grows.
  const auto size = std::filesystem::file_size(path);
  int status = 0;
  while (std::filesystem::file_size(path) < size + (1U << 20U)) {
    REQUIRE(waitpid(child, &status, WNOHANG) == 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  kill(child, SIGKILL);
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(std::filesystem::exists(path + "-journal"));
  CHECK(tables::read(path, "t") == old);
  CHECK_FALSE(std::filesystem::exists(path + "-journal"));
  CHECK(tables::read(path, "SELECT integrity_check AS s FROM pragma_integrity_check") == "s\nok\n");
}
