// Tables on a real PostgreSQL server, which tests/database/postgres_server starts.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "database/postgres.hpp"
#include "unit/database/tables.hpp"

using namespace jixiao;
using Catch::Contains;

namespace {

std::string server() {
  const char* connection = std::getenv("JIXIAO_POSTGRES");
  REQUIRE(connection);
  return connection;
}

void control(const std::string& what) {
  REQUIRE(std::system((std::string(std::getenv("JIXIAO_POSTGRES_CONTROL")) + " " + what).c_str()) ==
          0);
}

void run(const std::string& sql) {
  std::vector<Diagnostic> diagnostics;
  const auto postgres = database::Postgres::connect(server(), diagnostics);
  INFO(tables::said(diagnostics));
  REQUIRE(postgres);
  const database::PostgresResult result = postgres->run(sql);
  INFO(postgres->said(result));
  REQUIRE((result.is(PGRES_COMMAND_OK) || result.is(PGRES_TUPLES_OK)));
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("100 000 records there and back", "[postgres]") {
  constexpr std::size_t records = 100000;
  const std::string csv = tables::many(records);
  const auto start = std::chrono::steady_clock::now();
  tables::write(server(), "成\"绩; DROP", csv, 65536);
  const double out = seconds_since(start);
  const auto middle = std::chrono::steady_clock::now();
  const std::string back = tables::read(server(), "成\"绩; DROP");
  std::cerr << "records/s out " << records / out << ", in " << records / seconds_since(middle)
            << "\n";
  CHECK(back == csv);
  CHECK(tables::read(server(),
                     "SELECT column_name, data_type FROM information_schema.columns WHERE "
                     "table_name LIKE '成%' ORDER BY ordinal_position") ==
        "column_name,data_type\n编号,text\n名称,text\n得分,double precision\n说明,text\n");
}

TEST_CASE("values of every kind", "[postgres]") {
  run("DROP TABLE IF EXISTS kinds; CREATE TABLE kinds (a integer, b double precision, c "
      "numeric(10, 2), d boolean, e date, f text); INSERT "
      "INTO kinds "
      "VALUES (1, 0.1::float8 + 0.2::float8, 85, true, '2024-03-01', E'a,\"b\"\\n'), (NULL, 'NaN', "
      "-0.5, false, NULL, ''), (3, 1e300, 0, "
      "NULL, NULL, '\\.')");
  CHECK(tables::read(server(), "kinds") ==
        "a,b,c,d,e,f\n1,0.30000000000000004,85.00,是,2024-03-01,\"a,\"\"b\"\"\n\"\n,NaN,-0.50,否,,"
        "\"\"\n3,1e+300,0.00,,,\\.\n");
  CHECK(tables::read(server(), "SELECT NULL AS a UNION ALL SELECT 'x' ORDER BY 1;") ==
        "a\nx\n\"\"\n");
  run("DROP TABLE IF EXISTS bytes; CREATE TABLE bytes (a integer, 附件 bytea); INSERT INTO bytes "
      "VALUES (1, 'abc'), (2, NULL)");
  CHECK(tables::read(server(), "bytes") == "a,附件\n1,\xEF\xBF\xBD(3 bytes)\n2,\n");
}

TEST_CASE("cells that mean something to COPY stay as they are", "[postgres]") {
  const std::string csv = "a,b,tiny\n\\.,\"x\ty\",1e-320\n\\N,C:\\new,\n\"多\n行\",\"a\r\nb\",2\n";
  tables::write(server(), "odd", csv);
  CHECK(tables::read(server(), "SELECT a, b, length(b) AS n, tiny IS NULL AS t FROM odd") ==
        "a,b,n,t\n\\.,x\ty,3,否\n\\N,C:\\new,6,是\n\"多\n行\",\"a\r\nb\",4,否\n");
}

TEST_CASE("a table is replaced, in its schema", "[postgres]") {
  run("CREATE SCHEMA IF NOT EXISTS 部门");
  tables::write(server(), "部门.成绩", "a\n1\n");
  tables::write(server(), "部门.成绩", "b,c\n甲,2\n");
  CHECK(tables::read(server(), "部门.成绩") == "b,c\n甲,2\n");
  CHECK(tables::read(server(),
                     "SELECT count(*) AS n FROM pg_class WHERE relname LIKE 'jixiao%' OR relname = "
                     "'部门.成绩'") == "n\n0\n");
}

TEST_CASE("a query reads, and does nothing else", "[postgres]") {
  tables::write(server(), "kept", "a\n1\n");
  CHECK_THAT(tables::refused(server(), "SELECT 1; DROP TABLE kept").message.en,
             Contains("multiple commands"));
  CHECK_THAT(tables::refused(server(), "SELECT 1) TO PROGRAM 'touch x'; --").message.en,
             Contains("syntax error"));
  CHECK_THAT(tables::refused(server(), "SELECT 1) TO PROGRAM 'touch x' --").message.en,
             Contains("syntax error"));
  CHECK_THAT(
      tables::refused(server(), "WITH gone AS (DELETE FROM kept RETURNING a) SELECT * FROM gone")
          .message.en,
      Contains("read-only transaction"));
  CHECK(tables::read(server(), "SELECT a FROM kept -- all of it") == "a\n1\n");
}

TEST_CASE("what the server says is passed on, the password is not", "[postgres]") {
  run("DROP TABLE IF EXISTS 项目成绩; CREATE TABLE 项目成绩 (a integer)");
  const Diagnostic near = tables::refused(server(), "项目成积");
  CHECK(near.code == "reference.unknown");
  CHECK(near.help.en == "did you mean '项目成绩'?");
  CHECK_THAT(tables::refused(server(), "SELECT nowhere FROM kinds_of").message.en,
             Contains("\"kinds_of\" does not exist"));
  const std::string folder = std::getenv("JIXIAO_POSTGRES_FOLDER");
  for (const std::string& connection :
       {"host=" + folder + " dbname=postgres user=tester password=wrong-9",
        std::string("postgres://tester:wrong-9@127.0.0.1:1/postgres"),
        std::string("postgres://tester:wrong-9@127.0.0.1:wrong-9/postgres"),
        std::string("host=a password=wrong-9 wrong-9")}) {
    const std::vector<Diagnostic> all{tables::refused(connection, "kinds")};
    INFO(connection);
    CHECK(all[0].code == "file.unreadable");
    CHECK_FALSE(all[0].help.en.empty());
    CHECK(tables::said(all).find("wrong-9") == std::string::npos);
    CHECK(tables::said(all).find("geheim-7") == std::string::npos);
  }
}

TEST_CASE("names PostgreSQL would cut short are refused", "[postgres]") {
  std::string name;
  for (int i = 0; i < 22; ++i) name += "长";
  CHECK_THAT(
      tables::broken([&] { tables::write(server(), "t", "a," + name + "\n1,2\n"); }).message.en,
      Contains("longer than 63 bytes"));
}

TEST_CASE("a table that cannot be written leaves the old one", "[postgres]") {
  tables::write(server(), "old", "a\n1\n");
  run("CREATE VIEW looks_at_old AS SELECT a FROM old");
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(database::open_table_sink(server(), "old", false, diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "file.conflict");
  CHECK_THAT(diagnostics[0].message.en, Contains("view looks_at_old"));
  run("DROP VIEW looks_at_old");
  CHECK_THAT(tables::broken([] { tables::write(server(), "old", "a,a\n1,2\n"); }).message.en,
             Contains("specified more than once"));
  CHECK_THAT(
      tables::broken([] { tables::write(server(), "old", std::string("a\nx\xff\n")); }).message.en,
      Contains("invalid byte sequence"));
  CHECK(tables::read(server(), "old") == "a\n1\n");
}

TEST_CASE("what is read and what is written are told apart as the server does", "[postgres]") {
  run("DROP TABLE IF EXISTS raw CASCADE; DROP TABLE IF EXISTS \"Raw\"; CREATE TABLE raw (a "
      "integer); CREATE TABLE \"Raw\" (a integer); "
      "CREATE VIEW seen AS SELECT * FROM raw; CREATE VIEW twice AS SELECT a + 1 AS a FROM seen");
  const auto tables = database::table_identities(server());
  REQUIRE(tables);
  const auto reads = [&](const std::string& what, const std::string& written) {
    const std::vector<std::string> read = tables->read_by(what);
    return std::find(read.begin(), read.end(), tables->written_as(written)) != read.end();
  };
  for (const char* what : {"raw", "public.raw", "seen", "twice", "SELECT 1 FROM RAW",
                           "WITH r AS (SELECT * FROM twice) SELECT * FROM r;"}) {
    CHECK(reads(what, "raw"));
    CHECK(reads(what, "public.raw"));
    CHECK_FALSE(reads(what, "Raw"));
    CHECK_FALSE(reads(what, "new"));
  }
  CHECK(reads("Raw", "Raw"));
  CHECK(reads("SELECT * FROM \"Raw\"", "public.Raw"));
  CHECK(tables->written_as("new") == tables->written_as("public.new"));
  CHECK_FALSE(reads("SELECT 1; DROP TABLE raw", "raw"));
  CHECK(tables::read(server(), "raw") == "a\n");
}

TEST_CASE(
    "a table that somebody else made is replaced only when that is wanted, with what hangs on it",
    "[postgres]") {
  run("DROP TABLE IF EXISTS theirs CASCADE; CREATE TABLE theirs (a text); CREATE INDEX by_a ON "
      "theirs (a); GRANT SELECT ON theirs TO PUBLIC; "
      "CREATE OR REPLACE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN "
      "NULL; END $$; "
      "CREATE TRIGGER noted AFTER INSERT ON theirs FOR EACH ROW EXECUTE FUNCTION quiet()");
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(database::open_table_sink(server(), "theirs", false, diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK_THAT(diagnostics[0].help.en, Contains("--replace"));
  tables::write(server(), "theirs", "a,b\nx,1\n", 7, true);
  CHECK(tables::read(server(), "theirs") == "a,b\nx,1\n");
  CHECK(tables::read(server(),
                     "SELECT (SELECT count(*) FROM pg_indexes WHERE tablename = 'theirs') AS i, "
                     "(SELECT count(*) FROM pg_trigger "
                     "WHERE tgrelid = 'theirs'::regclass) AS t, has_table_privilege('public', "
                     "'theirs', 'SELECT') AS p") == "i,t,p\n1,1,是\n");
  tables::write(server(), "theirs", "a,b\ny,2\n");  // ours by now
  const Diagnostic said = tables::broken([] { tables::write(server(), "theirs", "b\n2\n"); });
  CHECK(said.code == "file.conflict");
  CHECK(tables::read(server(), "theirs") == "a,b\ny,2\n");
  run("ALTER TABLE theirs ADD PRIMARY KEY (a)");
  diagnostics.clear();
  CHECK_FALSE(database::open_table_sink(server(), "theirs", true, diagnostics));
}

TEST_CASE("a slow query is given up when asked", "[postgres]") {
  std::vector<Diagnostic> diagnostics;
  std::atomic<bool> stop{false};
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop = true;
  });
  const auto start = std::chrono::steady_clock::now();
  SECTION("before its first row") {
    CHECK_FALSE(
        database::open_table(server(), "SELECT pg_sleep(60)::text AS a", diagnostics, &stop));
  }
  SECTION("after some rows") {
    const auto source = database::open_table(
        server(),
        "SELECT repeat('x', 100000) || CASE WHEN i > 5 THEN pg_sleep(60)::text ELSE '' END AS a "
        "FROM generate_series(1, 9) AS i",
        diagnostics, &stop);
    if (source) diagnostics.push_back(tables::broken([&] { tables::everything(*source); }));
  }
  later.join();
  CHECK(seconds_since(start) < 20);
  REQUIRE(diagnostics.size() == 1);
  CHECK_THAT(diagnostics[0].message.en, Contains("stopped as asked"));
}

TEST_CASE("libpq that is not installed", "[postgres]") {
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(database::load_libpq("libpq-not-here.so", diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].help.en == "run: apt-get install libpq5");
}

TEST_CASE("a server that goes away", "[postgres]") {
  const std::string old = tables::many(10), csv = tables::many(200000);
  tables::write(server(), "going", csv, 65536);
  std::vector<Diagnostic> diagnostics;
  SECTION("while it is read") {
    const auto source = database::open_table(server(), "going", diagnostics);
    REQUIRE(source);
    std::vector<char> room(1000);
    REQUIRE(source->read(room) > 0);
    control("kill");
    const Diagnostic said = tables::broken([&] { tables::everything(*source); });
    CHECK(said.code == "file.unreadable");
    CHECK_THAT(said.message.en, Contains("did not send all"));
    control("start");
  }
  SECTION("before it is written") {
    tables::write(server(), "going", old);
    const auto sink = database::open_table_sink(server(), "going", false, diagnostics);
    REQUIRE(sink);
    sink->write(csv);
    control("kill");
    CHECK_THAT(tables::broken([&] { sink->finish(); }).message.en, Contains("cannot be reached"));
    control("start");
    CHECK(tables::read(server(), "going") == old);
  }
  SECTION("while it is written") {
    tables::write(server(), "going", old);
    const auto sink = database::open_table_sink(server(), "going", false, diagnostics);
    REQUIRE(sink);
    sink->write(csv);
    // The backend ends its own connection when all rows are there and the old table is gone: the
    // last moment before the commit.
    run("CREATE OR REPLACE FUNCTION ends() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM "
        "pg_terminate_backend(pg_backend_pid()); END $$; "
        "CREATE EVENT TRIGGER ends ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION "
        "ends()");
    CHECK_THAT(tables::broken([&] { sink->finish(); }).message.en,
               Contains("terminating connection"));
    run("DROP EVENT TRIGGER ends");
    CHECK(tables::read(server(), "going") == old);
  }
}
