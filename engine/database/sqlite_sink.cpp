#include <filesystem>
#include <optional>

#include "database/failure.hpp"
#include "database/spool.hpp"
#include "database/sqlite.hpp"

namespace jixiao::database {
namespace {

// Stands in the text of every CREATE TABLE of ours, which SQLite keeps as it is written.
constexpr std::string_view ours = "/* written by jixiao */";

// A table or view of that name, whatever the case of its letters.
struct Existing {
  std::string type, sql;
};
std::optional<Existing> find_existing(sqlite3* database, const std::string& table) {
  SqliteStatement statement;
  if (sqlite_prepare(database,
                     "SELECT type, coalesce(sql, '') FROM sqlite_schema WHERE type IN ('table', "
                     "'view') AND name = ? COLLATE NOCASE",
                     statement) != SQLITE_OK)
    return std::nullopt;
  sqlite3_bind_text64(statement.get(), 1, table.data(), table.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (sqlite3_step(statement.get()) != SQLITE_ROW) return std::nullopt;
  const auto text = [&](int column) {
    return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), column)));
  };
  return Existing{text(0), text(1)};
}

// What stands in the way of a table of that name, before anything is written.
std::optional<Diagnostic> what_stands_there(sqlite3* database, const std::string& path,
                                            const std::string& table, bool replace) {
  if (table.size() >= 7 && sqlite3_strnicmp(table.c_str(), "sqlite_", 7) == 0) {
    return unwritable(path,
                      {"SQLite 保留了以 sqlite_ 开头的表名",
                       "SQLite keeps names that begin with sqlite_ for itself"},
                      {"换一个表名", "write to a table of another name"});
  }
  const auto existing = find_existing(database, table);
  if (!existing) return std::nullopt;
  if (existing->type == "view") return is_view(path, table);
  if (!replace && existing->sql.find(ours) == std::string::npos) return not_ours(path, table);
  return std::nullopt;
}

// The database while it is written: what finish() does not reach is as if it had never been.
class Writing {
 public:
  Writing(const std::string& path, std::string table, bool replace)
      : path_(path), table_(std::move(table)), existed_(std::filesystem::exists(path)) {
    check(sqlite_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, false, database_));
    run("BEGIN IMMEDIATE");
    // Somebody else may have made one since it was looked at first.
    if (auto wrong = what_stands_there(database_.get(), path_, table_, replace))
      throw table::StreamFailure(*std::move(wrong));
  }
  ~Writing() {
    insert_.reset();
    database_.reset();  // rolls back what was not committed
    std::error_code none;
    if (!existed_ && std::filesystem::file_size(path_, none) == 0 && !none)
      std::filesystem::remove(path_, none);
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

  void create(const std::vector<Column>& columns) {
    keep_what_hangs_on_it();
    run("DROP TABLE IF EXISTS " + identifier(table_));
    std::string create = "CREATE TABLE " + identifier(table_) + " (" + std::string(ours) + " ",
                values = "INSERT INTO " + identifier(table_) + " VALUES (";
    for (std::size_t column = 0; column < columns.size(); ++column) {
      create += (column == 0 ? "" : ", ") + identifier(columns[column].name) +
                (columns[column].number ? " REAL" : " TEXT");
      values += column == 0 ? "?" : ", ?";
    }
    run(create + ")");
    check(sqlite_prepare(database_.get(), values + ")", insert_));
  }

  void insert(const std::vector<Column>& columns, const table::Cells& cells) {
    for (std::size_t row = 0; row < cells.records(); ++row) {
      for (std::size_t column = 0; column < columns.size(); ++column)
        bind(columns[column], cells, row, column);
      sqlite3_step(insert_.get());
      check(sqlite3_reset(insert_.get()));
    }
  }

  void commit() {
    insert_.reset();
    for (const Kept& kept : kept_) {
      if (sqlite3_exec(database_.get(), kept.sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK)
        continue;
      throw table::StreamFailure(
          cannot_keep(path_, table_, kept.what, sqlite3_errmsg(database_.get())));
    }
    run("COMMIT");
  }

 private:
  struct Kept {
    std::string what, sql;
  };

  // Indexes and triggers go with their table; those that somebody wrote are made again on the new
  // one.
  void keep_what_hangs_on_it() {
    SqliteStatement statement;
    check(sqlite_prepare(database_.get(),
                         "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE type IN "
                         "('index', 'trigger') AND sql IS NOT NULL AND "
                         "tbl_name = ? COLLATE NOCASE ORDER BY rowid",
                         statement));
    check(sqlite3_bind_text64(statement.get(), 1, table_.data(), table_.size(), SQLITE_STATIC,
                              SQLITE_UTF8));
    const auto text = [&](int column) {
      return std::string(
          reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), column)));
    };
    while (sqlite3_step(statement.get()) == SQLITE_ROW) kept_.push_back({text(0), text(1)});
    check(sqlite3_reset(statement.get()));
  }

  void bind(const Column& type, const table::Cells& cells, std::size_t row, std::size_t column) {
    const int parameter = static_cast<int>(column) + 1;
    if (cells.text(column)[row].empty()) {
      check(sqlite3_bind_null(insert_.get(), parameter));
    } else if (type.number) {
      check(sqlite3_bind_double(insert_.get(), parameter, cells.numbers(column)[row]));
    } else {
      const std::string_view text = cells.text(column)[row];
      check(sqlite3_bind_text64(insert_.get(), parameter, text.data(), text.size(), SQLITE_STATIC,
                                SQLITE_UTF8));
    }
  }

  void run(const std::string& sql) {
    check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr));
  }

  void check(int result) const {
    if (result == SQLITE_OK) return;
    SqliteReason reason = sqlite_reason(database_.get(), result);
    throw table::StreamFailure(
        unwritable(path_,
                   {"表 '" + table_ + "' 写不进去：" + reason.message.zh,
                    "table '" + table_ + "' cannot be written: " + reason.message.en},
                   std::move(reason.help)));
  }

  std::string path_;
  std::string table_;
  bool existed_;
  Sqlite database_;
  SqliteStatement insert_;
  std::vector<Kept> kept_;
};

class SqliteSink : public SpooledSink {
 public:
  SqliteSink(const std::string& path, std::string table, bool replace)
      : SpooledSink(folder_of(path), path), table_(std::move(table)), replace_(replace) {}

 protected:
  void load(SpooledTable& spooled) override {
    const std::vector<Column> columns = spooled.columns();
    Writing writing(where(), table_, replace_);
    writing.create(columns);
    spooled.each(columns, [&](const table::Cells& cells) { writing.insert(columns, cells); });
    writing.commit();
  }

 private:
  std::string table_;
  bool replace_;
};

// What is wrong with the file is said before anything is computed for it.
bool can_be_written(const std::string& path, const std::string& table, bool replace,
                    std::vector<Diagnostic>& diagnostics) {
  if (!std::filesystem::exists(path)) return true;
  Sqlite database;
  int result = sqlite_open(path, SQLITE_OPEN_READWRITE, false, database);
  if (result == SQLITE_OK)
    result = sqlite3_exec(database.get(), "BEGIN IMMEDIATE; ROLLBACK", nullptr, nullptr, nullptr);
  if (result == SQLITE_OK) {
    auto wrong = what_stands_there(database.get(), path, table, replace);
    if (wrong) diagnostics.push_back(*std::move(wrong));
    return !wrong;
  }
  SqliteReason reason = sqlite_reason(database.get(), result);
  diagnostics.push_back(unwritable(path, std::move(reason.message), std::move(reason.help)));
  return false;
}

}  // namespace

std::unique_ptr<table::ByteSink> open_sqlite_sink(const std::string& path, const std::string& table,
                                                  bool replace,
                                                  std::vector<Diagnostic>& diagnostics) {
  if (!can_be_written(path, table, replace, diagnostics)) return nullptr;
  try {
    return std::make_unique<SqliteSink>(path, table, replace);
  } catch (const table::StreamFailure& failure) {
    diagnostics.push_back(failure.diagnostic);
    return nullptr;
  }
}

}  // namespace jixiao::database
