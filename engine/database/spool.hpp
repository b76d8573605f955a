// A table on its way into a database. It is kept in a file without a name until it is complete:
// only then is it known which columns are numbers, and the database is touched for as short a time
// as can be.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "table/cells.hpp"
#include "table/stream.hpp"

namespace jixiao::database {

// The folder the file stands in.
std::string folder_of(const std::string& path);

// Bytes in a file that vanishes with the process, however that ends.
class Spool {
 public:
  // In `folder`, which has to have room for the whole table. Throws StreamFailure, naming `where`.
  Spool(const std::string& folder, std::string where);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  void write(std::string_view bytes);
  // Everything written so far, from its start; the spool must outlive it.
  std::unique_ptr<table::ByteSource> read();
  // A path under which this process can open the bytes once more, after flush().
  [[nodiscard]] std::string path() const;
  void flush();

 private:
  std::string where_;
  std::string waiting_;
  int file_ = -1;
};

struct Column {
  std::string name;
  // Every cell that is not empty is a plain number, there is one at least, and none looks like a
  // code: "007", "+86", a row of more than 15 digits (of which a double would lose the last).
  bool number = false;
};

// A spooled CSV table as columns and records. Throws StreamFailure for what is no table: no header,
// an open quote, a record with too few or too many cells.
class SpooledTable {
 public:
  SpooledTable(Spool& spool, std::string where);
  // Reads it once, to know the columns; `see` may look on.
  std::vector<Column> columns(
      const std::function<void(const table::Cells&, std::size_t columns)>& see = {});
  void each(const std::vector<Column>& columns,
            const std::function<void(const table::Cells&)>& take);

 private:
  Spool& spool_;
  std::string where_;
};

// A sink that spools; load() then has the whole table.
class SpooledSink : public table::ByteSink {
 public:
  SpooledSink(const std::string& folder, const std::string& where)
      : spool_(folder, where), where_(where) {}
  void write(std::string_view bytes) final { spool_.write(bytes); }
  void finish() final;

 protected:
  virtual void load(SpooledTable& table) = 0;
  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  Spool spool_;
  std::string where_;
};

}  // namespace jixiao::database
