// What is said without DuckDB.
#include <cstdlib>

#include "unit/database/tables.hpp"

using namespace jixiao;

TEST_CASE("without DuckDB a diagnostic says how to get it", "[database]") {
  const char* before = std::getenv("JIXIAO_DUCKDB");
  const std::string kept = before ? before : "";
  setenv("JIXIAO_DUCKDB", "/nowhere/libduckdb.so", 1);
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(database::open_parquet("a.parquet", diagnostics));
  CHECK_FALSE(database::open_parquet_sink("a.parquet", diagnostics));
  before ? setenv("JIXIAO_DUCKDB", kept.c_str(), 1) : unsetenv("JIXIAO_DUCKDB");
  REQUIRE(diagnostics.size() == 2);
  for (const Diagnostic& said : diagnostics) {
    CHECK(said.file == "a.parquet");
    CHECK(said.message.en.find("/nowhere/libduckdb.so") != std::string::npos);
    CHECK(said.help.en.find("npm install @duckdb/node-bindings-linux-x64") != std::string::npos);
    CHECK(said.help.zh.find("JIXIAO_DUCKDB") != std::string::npos);
  }
}

TEST_CASE("names of Parquet files", "[database]") {
  CHECK(database::names_parquet("a.parquet"));
  CHECK_FALSE(database::names_parquet("parquet"));
  CHECK_FALSE(database::names_parquet("a.parquet.csv"));
}
