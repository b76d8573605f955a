#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "database/failure.hpp"
#include "database/records.hpp"
#include "database/sqlite.hpp"
#include "jixiao/file_uses.hpp"
#include "table/cells.hpp"

namespace jixiao::database {
namespace {

// A database in write-ahead mode makes files beside itself even for readers. Without such files
// nobody is writing, and none are needed.
bool is_quiet_write_ahead(const std::string& path) {
  constexpr std::size_t version_at = 18;
  std::array<char, version_at + 2> head{};
  std::ifstream in(path, std::ios::binary);
  if (!in.read(head.data(), head.size()) || head[version_at] != 2) return false;
  std::error_code none;
  return std::filesystem::file_size(path + "-wal", none) == 0 || none;
}

// A program that died while writing left a journal: taking its half-written pages back is all that
// happens here.
void roll_back_journal(const std::string& path) {
  Sqlite database;
  if (sqlite_open(path, SQLITE_OPEN_READWRITE, false, database) != SQLITE_OK) return;
  sqlite3_exec(database.get(), "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
}

class SqliteSource : public RecordSource {
 public:
  SqliteSource(std::string path, Sqlite database, SqliteStatement statement,
               const std::atomic<bool>* stop)
      : path_(std::move(path)), database_(std::move(database)), statement_(std::move(statement)) {
    if (stop != nullptr)
      sqlite3_progress_handler(database_.get(), steps_between_looks, is_stopped,
                               const_cast<std::atomic<bool>*>(stop));
    columns_ = sqlite3_column_count(statement_.get());
  }

 protected:
  [[nodiscard]] std::string where() const override { return path_; }

  bool append_records(std::string& to) override {
    if (!header_done_) append_header(to);
    while (to.size() < enough) {
      const int result = sqlite3_step(statement_.get());
      if (result == SQLITE_DONE) {
        // Lets go of the file's lock: whoever holds this source may go on to write there.
        statement_.reset();
        return false;
      }
      if (result == SQLITE_INTERRUPT) throw table::StreamFailure(stopped(path_));
      if (result != SQLITE_ROW) fail(result);
      append_record(to);
    }
    return true;
  }

 private:
  void append_header(std::string& to) {
    const std::size_t start = to.size();
    for (int column = 0; column < columns_; ++column) {
      if (column > 0) to += ',';
      table::append_cell(to, name(column));
    }
    end_record(to, start);
    header_done_ = true;
  }

  void append_record(std::string& to) {
    const std::size_t start = to.size();
    for (int column = 0; column < columns_; ++column) {
      if (column > 0) to += ',';
      append_value(to, column);
    }
    end_record(to, start);
  }

  void append_value(std::string& to, int column) {
    sqlite3_stmt* const row = statement_.get();
    switch (sqlite3_column_type(row, column)) {
      case SQLITE_NULL: break;
      case SQLITE_INTEGER: append_integer(to, sqlite3_column_int64(row, column)); break;
      case SQLITE_FLOAT: append_real(to, sqlite3_column_double(row, column)); break;
      case SQLITE_TEXT: {
        const unsigned char* text = sqlite3_column_text(row, column);
        if (!text) fail(SQLITE_NOMEM);
        table::append_cell(to, {reinterpret_cast<const char*>(text),
                                static_cast<std::size_t>(sqlite3_column_bytes(row, column))});
        break;
      }
      default:
        table::append_cell(to,
                           not_text(static_cast<std::size_t>(sqlite3_column_bytes(row, column))));
    }
  }

  static void append_integer(std::string& to, sqlite3_int64 value) {
    std::array<char, std::numeric_limits<sqlite3_int64>::digits10 + 3> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    to.append(digits.data(), end);
  }

  [[nodiscard]] std::string name(int column) const {
    const char* name = sqlite3_column_name(statement_.get(), column);
    return name ? name : "";
  }

  [[noreturn]] void fail(int result) const {
    SqliteReason reason = sqlite_reason(database_.get(), result);
    throw table::StreamFailure(
        unreadable(path_, std::move(reason.message), std::move(reason.help)));
  }

  static constexpr int steps_between_looks = 100000;  // a few milliseconds
  static int is_stopped(void* stop) {
    return static_cast<const std::atomic<bool>*>(stop)->load() ? 1 : 0;
  }

  std::string path_;
  Sqlite database_;
  SqliteStatement statement_;
  int columns_ = 0;
  bool header_done_ = false;
};

// Every table and view of the database. An error is left in `result`.
std::vector<std::string> table_names(sqlite3* database, int& result) {
  std::vector<std::string> names;
  SqliteStatement statement;
  result = sqlite_prepare(database,
                          "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name "
                          "NOT LIKE 'sqlite_%' ORDER BY name",
                          statement);
  while (result == SQLITE_OK || result == SQLITE_ROW) {
    result = sqlite3_step(statement.get());
    if (result == SQLITE_ROW)
      names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0)));
  }
  if (result == SQLITE_DONE) result = SQLITE_OK;
  return names;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  for (const std::string& known : names) {
    if (sqlite3_stricmp(known.c_str(), name.c_str()) == 0) return true;
  }
  return false;
}

int open_to_read(const std::string& path, Sqlite& database, std::vector<std::string>& names) {
  int result = sqlite_open(path, SQLITE_OPEN_READONLY, is_quiet_write_ahead(path), database);
  if (result == SQLITE_OK) names = table_names(database.get(), result);
  return result;
}

// The same after what a program that died left behind has been taken back.
int open_sound(const std::string& path, Sqlite& database, std::vector<std::string>& names) {
  const int result = open_to_read(path, database, names);
  if (result != SQLITE_READONLY_ROLLBACK && result != SQLITE_READONLY_RECOVERY) return result;
  roll_back_journal(path);
  return open_to_read(path, database, names);
}

std::string folded(const char* name) {
  std::string out(name);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

class SqliteIdentities : public TableIdentities {
 public:
  explicit SqliteIdentities(Sqlite database) : database_(std::move(database)) {}

  std::vector<std::string> read_by(const std::string& table_or_query) override {
    std::vector<std::string> tables;
    if (database_ == nullptr) return tables;
    const std::string sql =
        is_query(table_or_query) ? table_or_query : "SELECT * FROM " + identifier(table_or_query);
    // Asked for every table a statement reads, those behind views too.
    const auto note = [](void* to, int action, const char* table, const char*, const char*,
                         const char*) {
      if (action == SQLITE_READ && table != nullptr)
        static_cast<std::vector<std::string>*>(to)->push_back(folded(table));
      return SQLITE_OK;
    };
    sqlite3_set_authorizer(database_.get(), note, &tables);
    SqliteStatement statement;
    sqlite_prepare(database_.get(), sql, statement);
    sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
    if (!is_query(table_or_query)) tables.push_back(folded(table_or_query.c_str()));
    return tables;
  }

  std::string written_as(const std::string& table) override { return folded(table.c_str()); }

 private:
  Sqlite database_;  // null when there is none yet
};

// Only one statement that reads.
std::optional<Text> not_a_reading_query(std::string_view query, sqlite3_stmt* statement,
                                        const char* rest) {
  if (!without_end(
           std::string_view(rest, static_cast<std::size_t>(query.data() + query.size() - rest)))
           .empty()) {
    return Text{"这里只能写一条查询", "only one query may stand here"};
  }
  if (!statement || sqlite3_stmt_readonly(statement) == 0)
    return Text{"这里只能写读数据的查询", "only a query that reads may stand here"};
  return std::nullopt;
}

SqliteStatement prepare_query(const std::string& path, sqlite3* database, std::string_view query,
                              std::vector<Diagnostic>& diagnostics) {
  sqlite3_stmt* prepared = nullptr;
  const char* rest = query.data();
  const int result =
      sqlite3_prepare_v2(database, query.data(), static_cast<int>(query.size()), &prepared, &rest);
  SqliteStatement statement(prepared);
  if (result != SQLITE_OK) {
    SqliteReason reason = sqlite_reason(database, result);
    diagnostics.push_back(unreadable(path, std::move(reason.message), std::move(reason.help)));
    return nullptr;
  }
  if (auto wrong = not_a_reading_query(query, prepared, rest)) {
    diagnostics.push_back(unreadable(
        path, *std::move(wrong),
        {"写法：SELECT …，或 WITH … SELECT …", "write SELECT ..., or WITH ... SELECT ..."}));
    return nullptr;
  }
  return statement;
}

bool is_there(const std::string& path, std::vector<Diagnostic>& diagnostics) {
  std::error_code none;
  const auto status = std::filesystem::status(path, none);
  if (std::filesystem::is_regular_file(status)) return true;
  if (!std::filesystem::exists(status)) {
    diagnostics.push_back(unreadable(
        path, {"没有这个数据库文件", "there is no such database file"},
        {"请检查路径；服务器上的数据库写作 postgres://用户@主机/库名",
         "check the path; a database on a server is written postgres://user@host/name"}));
  } else {
    diagnostics.push_back(unreadable(
        path, {"这不是文件，不能当 SQLite 数据库读", "this is not a file, so no SQLite database"}));
  }
  return false;
}

}  // namespace

std::unique_ptr<table::ByteSource> open_sqlite(const std::string& path,
                                               const std::string& table_or_query,
                                               std::vector<Diagnostic>& diagnostics,
                                               const std::atomic<bool>* stop) {
  if (!is_there(path, diagnostics)) return nullptr;
  if (auto conflict = FileUses::before_reading(path)) {
    diagnostics.push_back(*std::move(conflict));
    return nullptr;
  }
  Sqlite database;
  std::vector<std::string> names;
  const int result = open_sound(path, database, names);
  if (result != SQLITE_OK) {
    SqliteReason reason = sqlite_reason(database.get(), result);
    diagnostics.push_back(unreadable(path, std::move(reason.message), std::move(reason.help)));
    return nullptr;
  }
  const bool query = is_query(table_or_query);
  if (!query && !holds(names, table_or_query)) {
    diagnostics.push_back(unknown_table(path, table_or_query, names));
    return nullptr;
  }
  const std::string sql = query ? table_or_query : "SELECT * FROM " + identifier(table_or_query);
  SqliteStatement statement = prepare_query(path, database.get(), sql, diagnostics);
  if (!statement) return nullptr;
  return std::make_unique<SqliteSource>(path, std::move(database), std::move(statement), stop);
}

std::unique_ptr<TableIdentities> sqlite_identities(const std::string& path) {
  std::error_code none;
  Sqlite database;
  std::vector<std::string> names;
  if (std::filesystem::is_regular_file(path, none) &&
      open_sound(path, database, names) != SQLITE_OK)
    return nullptr;
  return std::make_unique<SqliteIdentities>(std::move(database));
}

}  // namespace jixiao::database
