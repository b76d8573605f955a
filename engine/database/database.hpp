// Tables in databases, read and written as streams of CSV text: SQLite (a file), PostgreSQL (a
// server), Parquet (DuckDB, when it is there).
#pragma once

#include <atomic>
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
// table lists the nearest names. `stop`: when it turns true, a query that the database is thinking
// about is given up; reading throws StreamFailure then. A cell that holds bytes which are no text
// (a BLOB, bytea, text that is not UTF-8) comes with U+FFFD in it: a fault where it is used, and
// carried along where it is not.
std::unique_ptr<table::ByteSource> open_table(const std::string& connection,
                                              const std::string& table_or_query,
                                              std::vector<Diagnostic>& diagnostics,
                                              const std::atomic<bool>* stop = nullptr);
// Which tables a run touches, told apart as the database itself tells them: SQLite by ASCII letters
// of either case, PostgreSQL by the relation that a name stands for.
class TableIdentities {
 public:
  virtual ~TableIdentities() = default;
  // Everything that reading the table, view or query looks at, views and what is behind them. Empty
  // when it cannot be read.
  virtual std::vector<std::string> read_by(const std::string& table_or_query) = 0;
  // What a table of that name is or would be.
  virtual std::string written_as(const std::string& table) = 0;
};
// Null when the database cannot be opened: whoever reads or writes there says why.
std::unique_ptr<TableIdentities> table_identities(const std::string& connection);

// Writes CSV (with a header) into a new table, replacing one of that name; in one transaction, so
// that a failed or interrupted run leaves the database as it was. Columns whose cells are all plain
// numbers become REAL / double precision, others TEXT; codes ("007", "+86", more than 15 digits)
// are no numbers. Until finish() the table waits in a nameless file, the database untouched. A
// table that this program did not write is replaced with `replace` alone (error file.conflict
// without it), a view never. Indexes, triggers and rights of a replaced table stay with the new
// one; what cannot be kept is an error, and nothing is replaced.
std::unique_ptr<table::ByteSink> open_table_sink(const std::string& connection,
                                                 const std::string& table, bool replace,
                                                 std::vector<Diagnostic>& diagnostics);

// Parquet through libduckdb, loaded when first asked for ($JIXIAO_DUCKDB, or the loader's path); a
// diagnostic says how to get it when it is not there.
bool names_parquet(const std::string& path);
std::unique_ptr<table::ByteSource> open_parquet(const std::string& path,
                                                std::vector<Diagnostic>& diagnostics);
std::unique_ptr<table::ByteSink> open_parquet_sink(const std::string& path,
                                                   std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::database
