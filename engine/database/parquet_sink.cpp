#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "database/database.hpp"
#include "database/duckdb.hpp"
#include "database/failure.hpp"
#include "database/spool.hpp"

namespace jixiao::database {
namespace {

std::string folder_of(const std::string& path) { return std::filesystem::absolute(path).parent_path().string(); }

std::string literal(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out += "'";
}

// The records once more, in the one form DuckDB is told to expect.
void append_plainly(Spool& spool, std::string& text, const table::Cells& cells, std::size_t columns) {
  text.clear();
  for (std::size_t row = 0; row < cells.records(); ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      if (column > 0) text += ',';
      table::append_cell(text, cells.text(column)[row]);
    }
    text += columns == 1 && cells.text(0)[row].empty() ? "\"\"\n" : "\n";
  }
  spool.write(text);
}

class ParquetSink : public SpooledSink {
 public:
  ParquetSink(const std::string& path, std::unique_ptr<DuckDb> duckdb)
      : SpooledSink(folder_of(path), path), path_(path), beside_(path + ".part" + std::to_string(getpid())), duckdb_(std::move(duckdb)) {}
  ~ParquetSink() override { unlink(beside_.c_str()); }

 protected:
  void load(SpooledTable& spooled) override {
    Spool plain(folder_of(path_), path_);
    std::string text;
    const std::vector<Column> columns =
        spooled.columns([&](const table::Cells& cells, std::size_t count) { append_plainly(plain, text, cells, count); });
    plain.flush();
    const std::string error = duckdb_->run(copy(columns, plain.path()));
    if (!error.empty()) fail(error);
    sync();
    if (rename(beside_.c_str(), path_.c_str()) != 0) fail(std::strerror(errno));
  }

 private:
  [[nodiscard]] std::string copy(const std::vector<Column>& columns, const std::string& plain) const {
    std::string types;
    for (const Column& column : columns) {
      types += (types.empty() ? "" : ", ") + literal(column.name) + ": " + (column.number ? "'DOUBLE'" : "'VARCHAR'");
    }
    return "COPY (SELECT * FROM read_csv(" + literal(plain) + ", columns = {" + types +
           "}, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', strict_mode = true, "
           "max_line_size = 67108864, allow_quoted_nulls = true)) TO " +
           literal(beside_) + " (FORMAT parquet, COMPRESSION zstd)";
  }

  void sync() const {
    const int file = open(beside_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && fsync(file) == 0;
    const std::string said = std::strerror(errno);
    if (file >= 0) close(file);
    if (!synced) fail(said);
  }

  [[noreturn]] void fail(const std::string& said) const {
    throw table::StreamFailure(unwritable(path_, with_what_it_said({"写不了 Parquet 文件", "the Parquet file cannot be written"}, said)));
  }

  std::string path_;
  std::string beside_;
  std::unique_ptr<DuckDb> duckdb_;
};

}  // namespace

std::unique_ptr<table::ByteSink> open_parquet_sink(const std::string& path, std::vector<Diagnostic>& diagnostics) {
  auto duckdb = DuckDb::open(path, diagnostics);
  if (!duckdb) return nullptr;
  try {
    return std::make_unique<ParquetSink>(path, std::move(duckdb));
  } catch (const table::StreamFailure& failure) {
    diagnostics.push_back(failure.diagnostic);
    return nullptr;
  }
}

}  // namespace jixiao::database
