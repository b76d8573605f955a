#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "database/database.hpp"
#include "database/duckdb.hpp"
#include "database/failure.hpp"
#include "database/records.hpp"
#include "jixiao/file_uses.hpp"
#include "table/cells.hpp"

namespace jixiao::database {
namespace {

// Held open, and read by the path the system gives to open files: DuckDB takes stars and brackets
// in a path for a pattern.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : file_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat about {};
    if (file_ >= 0 && (fstat(file_, &about) != 0 || !S_ISREG(about.st_mode))) {
      close(file_);
      file_ = -1;
      errno = EISDIR;
    }
  }
  ~OpenFile() {
    if (file_ >= 0) close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] bool is_open() const { return file_ >= 0; }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

class ParquetSource : public RecordSource {
 public:
  ParquetSource(std::string path, std::unique_ptr<DuckDb> duckdb)
      : path_(std::move(path)),
        file_(path_),
        duckdb_(std::move(duckdb)),
        rows_(std::make_unique<DuckDb::Rows>(*duckdb_)) {}

  bool start(std::vector<Diagnostic>& diagnostics) {
    if (!file_.is_open()) {
      diagnostics.push_back(unreadable(
          path_,
          with_what_it_said({"文件打不开", "the file cannot be opened"}, std::strerror(errno))));
      return false;
    }
    const std::string table = "read_parquet('" + file_.path() + "', hive_partitioning = false)";
    const std::string select = select_list(table, diagnostics);
    if (select.empty()) return false;
    return said_well(rows_->start("SELECT " + select + " FROM " + table), diagnostics);
  }

 protected:
  [[nodiscard]] std::string where() const override { return path_; }

  bool append_records(std::string& to) override {
    to += header_;
    header_.clear();
    while (to.size() < enough) {
      std::string error;
      const std::uint64_t rows = rows_->next(error);
      if (!error.empty()) throw table::StreamFailure(unreadable(path_, said(error)));
      if (rows == 0) return false;
      for (std::uint64_t row = 0; row < rows; ++row) append_record(to, row);
    }
    return true;
  }

 private:
  static Text said(const std::string& error) {
    return with_what_it_said({"读不了这个 Parquet 文件", "this Parquet file cannot be read"},
                             error);
  }

  bool said_well(const std::string& error, std::vector<Diagnostic>& diagnostics) {
    if (!error.empty()) diagnostics.push_back(unreadable(path_, said(error)));
    return error.empty();
  }

  // Doubles as they are, everything else as text. Also makes the header.
  std::string select_list(const std::string& table, std::vector<Diagnostic>& diagnostics) {
    DuckDb::Rows described(*duckdb_);
    if (!said_well(described.start("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " +
                                   table + ")"),
                   diagnostics))
      return {};
    std::string list, error;
    while (const std::uint64_t rows = described.next(error)) {
      for (std::uint64_t row = 0; row < rows; ++row) {
        const std::string name(described.text(0, row)), type(described.text(1, row));
        const std::string value = value_of(identifier(name), type);
        if (!list.empty()) list += ", ", header_ += ',';
        list += value;
        table::append_cell(header_, name);
      }
    }
    if (!said_well(error, diagnostics)) return {};
    end_record(header_, 0);
    return list;
  }

  static std::string value_of(const std::string& column, const std::string& type) {
    if (type == "DOUBLE") return column;
    // 0.1, not 0.10000000149011612
    if (type == "FLOAT") return "CAST(CAST(" + column + " AS VARCHAR) AS DOUBLE)";
    if (type == "BOOLEAN")
      return "CASE WHEN " + column + " THEN '是' WHEN NOT " + column + " THEN '否' END";
    const bool nested = type.starts_with("STRUCT") || type.starts_with("MAP") ||
                        type.starts_with("UNION") || type.ends_with("]");
    if (type == "BLOB")
      return "CASE WHEN " + column + " IS NOT NULL THEN chr(65533) || '(' || octet_length(" +
             column + ") || ' bytes)' END";
    if (nested || type == "VARIANT" || type.starts_with("GEOMETRY"))
      return "CASE WHEN " + column + " IS NOT NULL THEN chr(65533) || '(" +
             type.substr(0, type.find('(')) + ")' END";
    return "CAST(" + column + " AS VARCHAR)";
  }

  void append_record(std::string& to, std::uint64_t row) {
    const std::size_t start = to.size();
    for (std::uint64_t column = 0; column < rows_->columns(); ++column) {
      if (column > 0) to += ',';
      if (rows_->is_null(column, row)) continue;
      if (rows_->type(column) == duckdb::Type::double_precision) {
        append_real(to, rows_->number(column, row));
      } else {
        table::append_cell(to, rows_->text(column, row));
      }
    }
    end_record(to, start);
  }

  std::string path_;
  OpenFile file_;
  std::unique_ptr<DuckDb> duckdb_;
  std::unique_ptr<DuckDb::Rows> rows_;
  std::string header_;
};

}  // namespace

bool names_parquet(const std::string& path) {
  return path.ends_with(".parquet") || path.ends_with(".pq");
}

std::unique_ptr<table::ByteSource> open_parquet(const std::string& path,
                                                std::vector<Diagnostic>& diagnostics) {
  if (auto conflict = FileUses::before_reading(path)) {
    diagnostics.push_back(*std::move(conflict));
    return nullptr;
  }
  auto duckdb = DuckDb::open(path, diagnostics);
  if (!duckdb) return nullptr;
  auto source = std::make_unique<ParquetSource>(path, std::move(duckdb));
  if (!source->start(diagnostics)) return nullptr;
  return source;
}

}  // namespace jixiao::database
