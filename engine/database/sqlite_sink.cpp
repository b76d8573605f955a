#include <filesystem>

#include "database/failure.hpp"
#include "database/spool.hpp"
#include "database/sqlite.hpp"

namespace jixiao::database {
namespace {

// The database while it is written: what finish() does not reach is as if it had never been.
class Writing {
 public:
  Writing(const std::string& path, std::string table)
      : path_(path), table_(std::move(table)), existed_(std::filesystem::exists(path)) {
    check(sqlite_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, false, database_));
    run("BEGIN IMMEDIATE");
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
    run("DROP TABLE IF EXISTS " + identifier(table_));
    std::string create = "CREATE TABLE " + identifier(table_) + " (",
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

  void commit() { run("COMMIT"); }

 private:
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
};

class SqliteSink : public SpooledSink {
 public:
  SqliteSink(const std::string& path, std::string table)
      : SpooledSink(folder_of(path), path), table_(std::move(table)) {}

 protected:
  void load(SpooledTable& spooled) override {
    const std::vector<Column> columns = spooled.columns();
    Writing writing(where(), table_);
    writing.create(columns);
    spooled.each(columns, [&](const table::Cells& cells) { writing.insert(columns, cells); });
    writing.commit();
  }

 private:
  std::string table_;
};

// What is wrong with the file is said before anything is computed for it.
bool can_be_written(const std::string& path, std::vector<Diagnostic>& diagnostics) {
  if (!std::filesystem::exists(path)) return true;
  Sqlite database;
  int result = sqlite_open(path, SQLITE_OPEN_READWRITE, false, database);
  if (result == SQLITE_OK)
    result = sqlite3_exec(database.get(), "BEGIN IMMEDIATE; ROLLBACK", nullptr, nullptr, nullptr);
  if (result == SQLITE_OK) return true;
  SqliteReason reason = sqlite_reason(database.get(), result);
  diagnostics.push_back(unwritable(path, std::move(reason.message), std::move(reason.help)));
  return false;
}

}  // namespace

std::unique_ptr<table::ByteSink> open_sqlite_sink(const std::string& path, const std::string& table,
                                                  std::vector<Diagnostic>& diagnostics) {
  if (!can_be_written(path, diagnostics)) return nullptr;
  try {
    return std::make_unique<SqliteSink>(path, table);
  } catch (const table::StreamFailure& failure) {
    diagnostics.push_back(failure.diagnostic);
    return nullptr;
  }
}

}  // namespace jixiao::database
