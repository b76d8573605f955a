#include "database/database.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "database/failure.hpp"
#include "database/postgres.hpp"
#include "database/sqlite.hpp"

namespace jixiao::database {
namespace {

// Words a connection string of libpq may begin with.
constexpr std::array<std::string_view, 12> connection_words = {"host",
                                                               "hostaddr",
                                                               "port",
                                                               "dbname",
                                                               "user",
                                                               "password",
                                                               "passfile",
                                                               "service",
                                                               "sslmode",
                                                               "connect_timeout",
                                                               "application_name",
                                                               "options"};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_name(const std::string& connection, const std::string& table,
             std::vector<Diagnostic>& diagnostics) {
  if (!table.empty() && table.find('\0') == std::string::npos) return true;
  const std::string where = is_postgres(connection) ? "PostgreSQL" : connection;
  diagnostics.push_back(unwritable(where, {"缺少表名", "the name of the table is missing"}));
  return false;
}

}  // namespace

bool is_postgres(const std::string& connection) {
  if (connection.starts_with("postgres://") || connection.starts_with("postgresql://")) return true;
  const std::size_t equals = connection.find('=');
  if (equals == std::string::npos) return false;
  const std::string_view word = trimmed(std::string_view(connection).substr(0, equals));
  return std::find(connection_words.begin(), connection_words.end(), word) !=
         connection_words.end();
}

std::unique_ptr<table::ByteSource> open_table(const std::string& connection,
                                              const std::string& table_or_query,
                                              std::vector<Diagnostic>& diagnostics,
                                              const std::atomic<bool>* stop) {
  return is_postgres(connection) ? open_postgres(connection, table_or_query, diagnostics, stop)
                                 : open_sqlite(connection, table_or_query, diagnostics, stop);
}

std::unique_ptr<TableIdentities> table_identities(const std::string& connection) {
  return is_postgres(connection) ? postgres_identities(connection) : sqlite_identities(connection);
}

std::unique_ptr<table::ByteSink> open_table_sink(const std::string& connection,
                                                 const std::string& table, bool replace,
                                                 std::vector<Diagnostic>& diagnostics) {
  if (!is_name(connection, table, diagnostics)) return nullptr;
  return is_postgres(connection) ? open_postgres_sink(connection, table, replace, diagnostics)
                                 : open_sqlite_sink(connection, table, replace, diagnostics);
}

}  // namespace jixiao::database
