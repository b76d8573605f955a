#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "database/database.hpp"
#include "database/duckdb.hpp"
#include "database/failure.hpp"
#include "database/records.hpp"
#include "database/spool.hpp"
#include "jixiao/file_uses.hpp"

namespace jixiao::database {
namespace {

std::string literal(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out += "'";
}

// The records once more, in the one form DuckDB is told to expect.
class Plain {
 public:
  Plain(const std::string& folder, const std::string& where) : spool_(folder, where) {}

  void append(const table::Cells& cells, std::size_t columns) {
    text_.clear();
    for (std::size_t row = 0; row < cells.records(); ++row) {
      const std::size_t start = text_.size();
      for (std::size_t column = 0; column < columns; ++column) {
        if (column > 0) text_ += ',';
        table::append_cell(text_, cells.text(column)[row]);
      }
      end_record(text_, start);
      longest_record_ = std::max(longest_record_, text_.size() - start);
    }
    spool_.write(text_);
  }

  // As a table of DuckDB.
  std::string as_table(const std::vector<Column>& columns) {
    spool_.flush();
    std::string types;
    for (const Column& column : columns) {
      types += (types.empty() ? "" : ", ") + literal(column.name) + ": " +
               (column.number ? "'DOUBLE'" : "'VARCHAR'");
    }
    const std::size_t line = std::max(longest_record_ + 1, std::size_t{2} << 20),
                      buffer = std::max(2 * line, std::size_t{32} << 20);
    return "read_csv(" + literal(spool_.path()) + ", columns = {" + types +
           "}, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
           "new_line = '\\n', strict_mode = true, "
           "allow_quoted_nulls = true, max_line_size = " +
           std::to_string(line) + ", buffer_size = " + std::to_string(buffer) + ")";
  }

 private:
  Spool spool_;
  std::string text_;
  std::size_t longest_record_ = 0;
};

class ParquetSink : public SpooledSink {
 public:
  ParquetSink(const std::string& path, std::unique_ptr<DuckDb> duckdb)
      : SpooledSink(folder_of(path), path),
        path_(path),
        beside_(path + ".part" + std::to_string(getpid())),
        duckdb_(std::move(duckdb)) {}
  ~ParquetSink() override { unlink(beside_.c_str()); }

 protected:
  void load(SpooledTable& spooled) override {
    Plain plain(folder_of(path_), path_);
    const std::vector<Column> columns = spooled.columns(
        [&](const table::Cells& cells, std::size_t count) { plain.append(cells, count); });
    const std::string error = duckdb_->run("COPY (SELECT * FROM " + plain.as_table(columns) +
                                           ") TO " + literal(beside_) +
                                           " (FORMAT parquet, COMPRESSION zstd)");
    if (!error.empty()) fail(error);
    sync();
    if (rename(beside_.c_str(), path_.c_str()) != 0) fail(std::strerror(errno));
  }

 private:
  void sync() const {
    const int file = open(beside_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && fsync(file) == 0;
    const std::string said = std::strerror(errno);
    if (file >= 0) close(file);
    if (!synced) fail(said);
  }

  [[noreturn]] void fail(const std::string& said) const {
    throw table::StreamFailure(unwritable(
        path_,
        with_what_it_said({"写不了 Parquet 文件", "the Parquet file cannot be written"}, said)));
  }

  std::string path_;
  std::string beside_;
  std::unique_ptr<DuckDb> duckdb_;
};

}  // namespace

std::unique_ptr<table::ByteSink> open_parquet_sink(const std::string& path,
                                                   std::vector<Diagnostic>& diagnostics) {
  if (auto conflict = FileUses::before_writing(path)) {
    diagnostics.push_back(*std::move(conflict));
    return nullptr;
  }
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
