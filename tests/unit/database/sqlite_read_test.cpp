// Reading tables of SQLite files.
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "database/failure.hpp"
#include "scratch.hpp"
#include "unit/database/tables.hpp"

using namespace jixiao;
using Catch::Contains;

namespace {

// A database made by SQLite itself.
class Made {
 public:
  Made(const scratch::Folder& folder, const std::string& sql, const std::string& name = "a.sqlite")
      : path_(folder.at(name)) {
    REQUIRE(sqlite3_open(path_.c_str(), &database_) == SQLITE_OK);
    run(sql);
  }
  ~Made() { sqlite3_close(database_); }
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  void run(const std::string& sql) {
    char* said = nullptr;
    const int result = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &said);
    INFO((said ? said : ""));
    REQUIRE(result == SQLITE_OK);
  }
  void close() {
    sqlite3_close(database_);
    database_ = nullptr;
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  sqlite3* database_ = nullptr;
};

std::size_t files_in(const std::string& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder),
                                                std::filesystem::directory_iterator()));
}

}  // namespace

TEST_CASE("every kind of value comes as a cell", "[database]") {
  const scratch::Folder folder;
  Made made(folder,
            "CREATE TABLE t (a, b, c); INSERT INTO t VALUES (1, 0.1, '文字'), "
            "(-9223372036854775808, 1e300, NULL), (NULL, 85.0, 'a,\"b\"'), "
            "(0.1 + 0.2, 9e999, ' 空 '), ('', -7, '第一行' || char(10) || '第二行')");
  CHECK(tables::read(made.path(), "t") ==
        "a,b,c\n1,0.1,文字\n-9223372036854775808,1e+300,\n,85,\"a,\"\"b\"\"\"\n0.30000000000000004,"
        "inf,\" 空 \"\n,-7,\"第一行\n第二行\"\n");
}

TEST_CASE("a record of one empty cell is no blank line", "[database]") {
  const scratch::Folder folder;
  Made made(folder, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (NULL), (3)");
  CHECK(tables::read(made.path(), "t") == "a\n1\n\"\"\n3\n");
}

TEST_CASE("tables, views and queries", "[database]") {
  const scratch::Folder folder;
  Made made(folder,
            "CREATE TABLE \"得\"\"分; DROP\" (\"编 号\", 分); INSERT INTO \"得\"\"分; DROP\" "
            "VALUES (1, 2); CREATE VIEW v AS SELECT 分 + 1 "
            "AS 和 FROM "
            "\"得\"\"分; DROP\"; CREATE TABLE \"select\" (x); CREATE TABLE 空 (x, y)");
  CHECK(tables::read(made.path(), "得\"分; DROP") == "编 号,分\n1,2\n");
  CHECK(tables::read(made.path(), "v") == "和\n3\n");
  CHECK(tables::read(made.path(), "V") == "和\n3\n");
  CHECK(tables::read(made.path(), "select") == "x\n");
  CHECK(tables::read(made.path(), "空") == "x,y\n");
  CHECK(tables::read(made.path(), "SELECT 分 * 2 AS d FROM v, \"得\"\"分; DROP\" ;\n") == "d\n4\n");
  CHECK(tables::read(made.path(), "with n(i) AS (VALUES (1), (2)) SELECT i FROM n") == "i\n1\n2\n");
}

TEST_CASE("a query reads, and does nothing else", "[database]") {
  const scratch::Folder folder;
  Made made(folder, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  CHECK_THAT(tables::refused(made.path(), "SELECT 1; DROP TABLE t").message.en,
             Contains("only one query"));
  CHECK_THAT(tables::refused(made.path(), "WITH x AS (SELECT 1) DELETE FROM t").message.en,
             Contains("only a query that reads"));
  CHECK_THAT(tables::refused(made.path(), "SELECT nowhere FROM t").message.en,
             Contains("no such column: nowhere"));
  CHECK(tables::refused(made.path(), "t; DROP TABLE t").code == "reference.unknown");
  CHECK(tables::read(made.path(), "t") == "a\n1\n");
}

TEST_CASE("an unknown table names the nearest ones", "[database]") {
  const scratch::Folder folder;
  Made made(folder, "CREATE TABLE 项目成绩 (a); CREATE TABLE b (a)");
  const Diagnostic near = tables::refused(made.path(), "项目成积");
  CHECK(near.code == "reference.unknown");
  CHECK(near.file == made.path());
  CHECK(near.message.zh == "没有名为 '项目成积' 的表或视图");
  CHECK(near.help.en == "did you mean '项目成绩'?");
  CHECK(tables::refused(made.path(), "something").help.en == "known: b, 项目成绩");
  Made empty(folder, "", "empty.sqlite");
  CHECK_THAT(tables::refused(empty.path(), "t").help.en, Contains("no tables yet"));
}

TEST_CASE("files that are no database", "[database]") {
  const scratch::Folder folder;
  CHECK_THAT(tables::refused(folder.at("missing.sqlite"), "t").message.en,
             Contains("no such database file"));
  CHECK_FALSE(std::filesystem::exists(folder.at("missing.sqlite")));
  CHECK_THAT(tables::refused(folder.path(), "t").message.en, Contains("not a file"));
  CHECK_THAT(tables::refused(folder.write("text.sqlite", std::string(5000, 'x')), "t").message.en,
             Contains("no SQLite database"));
  CHECK_THAT(tables::refused(":memory:", "t").message.en, Contains("no such database file"));
}

TEST_CASE("a database cut short breaks the stream and not the program", "[database]") {
  const scratch::Folder folder;
  Made made(folder,
            "CREATE TABLE t (a); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
            "WHERE i < 20000) INSERT INTO t SELECT i "
            "FROM n");
  made.close();
  std::filesystem::resize_file(made.path(), std::filesystem::file_size(made.path()) / 8192 * 4096);
  std::vector<Diagnostic> diagnostics;
  const auto source = database::open_table(made.path(), "t", diagnostics);
  if (source) diagnostics.push_back(tables::broken([&] { tables::everything(*source); }));
  REQUIRE(diagnostics.size() == 1);
  CHECK_THAT(diagnostics[0].message.en, Contains("damaged"));
}

TEST_CASE("a locked database", "[database]") {
  const scratch::Folder folder;
  Made made(folder, "CREATE TABLE t (a); BEGIN EXCLUSIVE; INSERT INTO t VALUES (1)");
  const Diagnostic locked = tables::refused(made.path(), "t");
  CHECK(locked.code == "file.unreadable");
  CHECK_THAT(locked.message.en, Contains("another program holds a lock"));
}

TEST_CASE("bytes that are no text come with a mark, the rows around them as they are",
          "[database]") {
  const scratch::Folder folder;
  Made made(folder,
            "CREATE TABLE t (a, 附件); INSERT INTO t VALUES (1, 'x'), (2, x'00ff'), (3, "
            "CAST(x'ffff' AS TEXT))");
  const std::string mark = "\xEF\xBF\xBD";
  CHECK(tables::read(made.path(), "t") ==
        "a,附件\n1,x\n2," + mark + "(2 bytes)\n3," + mark + mark + "\n");
}

TEST_CASE("a query that takes its time is given up when asked", "[database]") {
  const scratch::Folder folder;
  Made made(folder, "CREATE TABLE t (a)");
  std::vector<Diagnostic> diagnostics;
  std::atomic<bool> stop{false};
  const auto source = database::open_table(
      made.path(),
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n",
      diagnostics, &stop);
  REQUIRE(source);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop = true;
  });
  CHECK_THAT(tables::broken([&] { tables::everything(*source); }).message.en,
             Contains("stopped as asked"));
  later.join();
}

TEST_CASE("reading leaves no files beside the database", "[database]") {
  const scratch::Folder folder;
  Made made(folder, "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  SECTION("while somebody has it open, what was written last is seen") {
    CHECK(tables::read(made.path(), "t") == "a\n7\n");
  }
  SECTION("afterwards it stays alone") {
    made.close();
    REQUIRE(files_in(folder.path()) == 1);
    std::vector<Diagnostic> diagnostics;
    const auto source = database::open_table(made.path(), "t", diagnostics);
    REQUIRE(source);
    CHECK(files_in(folder.path()) == 1);
    CHECK(tables::everything(*source) == "a\n7\n");
  }
}

TEST_CASE("what a connection is", "[database]") {
  CHECK(database::is_postgres("postgres://a@b/c"));
  CHECK(database::is_postgres("postgresql:///c"));
  CHECK(database::is_postgres("host=a dbname=b"));
  CHECK(database::is_postgres(" dbname = b"));
  CHECK_FALSE(database::is_postgres("host/a.sqlite"));
  CHECK_FALSE(database::is_postgres("年度=2024.sqlite"));
  CHECK(database::is_query("SELECT 1"));
  CHECK(database::is_query(" with\nx as (select 1) select 1"));
  CHECK_FALSE(database::is_query("select"));
  CHECK_FALSE(database::is_query("selected items"));
  CHECK_FALSE(database::is_query("DELETE FROM t"));
}
