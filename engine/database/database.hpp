// Tables in databases, read and written as streams of CSV text: SQLite (a file), PostgreSQL (a
// server), Parquet (DuckDB, when it is there).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "table/stream.hpp"

namespace jixiao::database {

// What a user wrote after --db: postgres://... or postgresql://... or "host=... dbname=..." is a
// server, anything else a SQLite file.
bool is_postgres(const std::string& connection);

// A table or view by name, or a query (anything with a space in it that starts with SELECT or
// WITH), with a header record. Errors: file.unreadable with what the database said; an unknown
// table lists the nearest names.
std::unique_ptr<table::ByteSource> open_table(const std::string& connection,
                                              const std::string& table_or_query,
                                              std::vector<Diagnostic>& diagnostics);
// Writes CSV (with a header) into a new table, replacing one of that name; in one transaction, so
// that a failed or interrupted run leaves the database as it was. Columns whose cells are all plain
// numbers become REAL / double precision, others TEXT; codes ("007", "+86", more than 15 digits)
// are no numbers. Until finish() the table waits in a nameless file, the database untouched.
std::unique_ptr<table::ByteSink> open_table_sink(const std::string& connection,
                                                 const std::string& table,
                                                 std::vector<Diagnostic>& diagnostics);

// Parquet through libduckdb, loaded when first asked for ($JIXIAO_DUCKDB, or the loader's path); a
// diagnostic says how to get it when it is not there.
bool names_parquet(const std::string& path);
std::unique_ptr<table::ByteSource> open_parquet(const std::string& path,
                                                std::vector<Diagnostic>& diagnostics);
std::unique_ptr<table::ByteSink> open_parquet_sink(const std::string& path,
                                                   std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::database
