// Parquet files through a real DuckDB, which tests/database/with_duckdb finds.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "database/duckdb.hpp"
#include "scratch.hpp"
#include "unit/database/tables.hpp"

using namespace jixiao;
using Catch::Contains;

namespace {

std::string read(const std::string& path) {
  std::vector<Diagnostic> diagnostics;
  const auto source = database::open_parquet(path, diagnostics);
  INFO(tables::said(diagnostics));
  REQUIRE(source);
  return tables::everything(*source, 50000);
}

void write(const std::string& path, const std::string& csv, std::size_t cut = 7) {
  std::vector<Diagnostic> diagnostics;
  const auto sink = database::open_parquet_sink(path, diagnostics);
  INFO(tables::said(diagnostics));
  REQUIRE(sink);
  for (std::size_t at = 0; at < csv.size(); at += cut)
    sink->write(std::string_view(csv).substr(at, cut));
  sink->finish();
}

// A file made by DuckDB itself.
std::string made(const scratch::Folder& folder, const std::string& select) {
  std::vector<Diagnostic> diagnostics;
  const auto duckdb = database::DuckDb::open("", diagnostics);
  REQUIRE(duckdb);
  const std::string path = folder.at("made.parquet");
  REQUIRE(duckdb->run("COPY (" + select + ") TO '" + path + "' (FORMAT parquet)") == "");
  return path;
}

Diagnostic refused(const std::string& path) {
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(database::open_parquet(path, diagnostics));
  REQUIRE(diagnostics.size() == 1);
  return diagnostics[0];
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::size_t files_in(const scratch::Folder& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder.path()),
                                                std::filesystem::directory_iterator()));
}

}  // namespace

TEST_CASE("100 000 records to Parquet and back", "[parquet]") {
  const scratch::Folder folder;
  constexpr std::size_t records = 100000;
  const std::string csv = tables::many(records), path = folder.at("成'绩 [1]*.parquet");
  const auto start = std::chrono::steady_clock::now();
  write(path, csv, 65536);
  const double out = seconds_since(start);
  const auto middle = std::chrono::steady_clock::now();
  const std::string back = read(path);
  std::cerr << "records/s out " << records / out << ", in " << records / seconds_since(middle)
            << "\n";
  CHECK(back == csv);
  CHECK(files_in(folder) == 1);
}

TEST_CASE("values of every kind in Parquet", "[parquet]") {
  const scratch::Folder folder;
  CHECK(read(made(folder,
                  "SELECT * FROM (VALUES (1, 0.1::DOUBLE + 0.2::DOUBLE, 0.1::FLOAT, "
                  "85.00::DECIMAL(10, 2), true, DATE '2024-03-01', "
                  "'a,\"b\"'), (NULL, 'inf', 2, "
                  "NULL, false, NULL, 'a text longer than twelve bytes')) AS t(a, b, \"c\"\"d\", "
                  "d, e, f, g)")) ==
        "a,b,\"c\"\"d\",d,e,f,g\n1,0.30000000000000004,0.1,85.00,是,2024-03-01,\"a,\"\"b\"\"\"\n,"
        "inf,2,,否,,a text longer than twelve "
        "bytes\n");
  CHECK(read(made(folder, "SELECT * FROM (VALUES (1), (NULL)) AS t(a)")) == "a\n1\n\"\"\n");
  CHECK(read(made(folder, "SELECT 1 AS a WHERE false")) == "a\n");
}

TEST_CASE("what Parquet may hold and a table may not", "[parquet]") {
  const scratch::Folder folder;
  const std::string mark = "\xEF\xBF\xBD";
  CHECK(read(made(folder, "SELECT * FROM (VALUES (1, 'xy'::BLOB), (2, NULL)) AS t(a, 附件)")) ==
        "a,附件\n1," + mark + "(2 bytes)\n2,\n");
  CHECK(read(made(folder, "SELECT 1 AS a, [1, 2] AS list")) ==
        "a,list\n1," + mark + "(INTEGER[])\n");
  CHECK(read(made(folder, "SELECT 1 AS a, {'x': 1} AS s")) == "a,s\n1," + mark + "(STRUCT)\n");
}

TEST_CASE("files that are not Parquet", "[parquet]") {
  const scratch::Folder folder;
  CHECK_THAT(refused(folder.write("text.parquet", std::string(1000, 'x'))).message.en,
             Contains("cannot be read"));
  CHECK_THAT(refused(folder.write("empty.parquet", "")).message.en, Contains("cannot be read"));
  CHECK_THAT(refused(folder.at("missing.parquet")).message.en, Contains("No such file"));
  CHECK_THAT(refused(folder.path()).message.en, Contains("cannot be opened"));
  const std::string path = folder.at("cut.parquet");
  write(path, tables::many(5000), 100000);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  CHECK_THAT(refused(path).message.en, Contains("cannot be read"));
}

TEST_CASE("Parquet columns of plain numbers are numbers, empty cells are missing", "[parquet]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.parquet");
  write(path, "n,code,mixed\n1.50,007,1.50\n,1,\"\n多\"\"行\n\"\n");
  CHECK(read(path) == "n,code,mixed\n1.5,007,1.50\n,1,\"\n多\"\"行\n\"\n");
  write(path, "one\n\"\"\n2\n");
  CHECK(read(path) == "one\n\"\"\n2\n");
}

TEST_CASE("a Parquet file broken off leaves the old one", "[parquet]") {
  const scratch::Folder folder;
  const std::string path = folder.at("a.parquet");
  write(path, "a\n1\n");
  std::vector<Diagnostic> diagnostics;
  database::open_parquet_sink(path, diagnostics)->write("b\n2\n");
  CHECK(read(path) == "a\n1\n");
  CHECK_FALSE(tables::broken([&] { write(path, "a,b\n1\n"); }).message.en.empty());
  CHECK(read(path) == "a\n1\n");
  CHECK(files_in(folder) == 1);
}
