// SQLite handles, and what SQLite says when something does not work.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

#include "database/database.hpp"
#include "jixiao/diagnostic.hpp"
#include "table/stream.hpp"

namespace jixiao::database {

struct SqliteClose {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Sqlite = std::unique_ptr<sqlite3, SqliteClose>;
using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteClose>;

// Why `result` came back, in words, with a way out.
struct SqliteReason {
  Text message;
  Text help;
};
SqliteReason sqlite_reason(sqlite3* database, int result);

// Opens the file at `path` (never as a URI or ":memory:", whatever its name); `database` is null
// only without memory.
int sqlite_open(const std::string& path, int flags, bool immutable, Sqlite& database);
// One statement; an error is left in the database.
int sqlite_prepare(sqlite3* database, std::string_view sql, SqliteStatement& statement);

std::unique_ptr<table::ByteSource> open_sqlite(const std::string& path,
                                               const std::string& table_or_query,
                                               std::vector<Diagnostic>& diagnostics,
                                               const std::atomic<bool>* stop);
std::unique_ptr<table::ByteSink> open_sqlite_sink(const std::string& path, const std::string& table,
                                                  bool replace,
                                                  std::vector<Diagnostic>& diagnostics);
std::unique_ptr<TableIdentities> sqlite_identities(const std::string& path);

}  // namespace jixiao::database
