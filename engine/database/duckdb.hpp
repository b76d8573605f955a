// The few functions of DuckDB's C interface (1.x) that Parquet needs, declared here because no
// Debian package brings its header.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "system/shared_library.hpp"

namespace jixiao::database {

namespace duckdb {

using Handle = void*;  // of a database, a connection, a statement, a chunk ...
enum class State : int { success = 0, error = 1 };
enum class Type : int { double_precision = 11, text = 17 };  // those that are asked for

struct Result {
  std::uint64_t columns_before_1_0, rows_before_1_0, changed_before_1_0;
  void* data_before_1_0;
  char* error_before_1_0;
  void* internal;
};

// Text in a vector: up to 12 bytes in place, longer text by pointer.
struct Word {
  static constexpr std::uint32_t longest_in_place = 12;
  std::uint32_t length;
  char in_place[4];
  const char* pointer;

  [[nodiscard]] std::string_view view() const {
    return {length <= longest_in_place ? in_place : pointer, length};
  }
};
static_assert(sizeof(Result) == 48 && sizeof(Word) == 16);

struct Functions {
  State (*create_config)(Handle*) = nullptr;
  State (*set_config)(Handle, const char*, const char*) = nullptr;
  void (*destroy_config)(Handle*) = nullptr;
  State (*open_ext)(const char*, Handle*, Handle, char**) = nullptr;
  void (*free)(void*) = nullptr;
  void (*close)(Handle*) = nullptr;
  State (*connect)(Handle, Handle*) = nullptr;
  void (*disconnect)(Handle*) = nullptr;
  State (*query)(Handle, const char*, Result*) = nullptr;
  void (*destroy_result)(Result*) = nullptr;
  const char* (*result_error)(Result*) = nullptr;
  State (*prepare)(Handle, const char*, Handle*) = nullptr;
  const char* (*prepare_error)(Handle) = nullptr;
  void (*destroy_prepare)(Handle*) = nullptr;
  State (*pending_prepared_streaming)(Handle, Handle*) = nullptr;
  const char* (*pending_error)(Handle) = nullptr;
  State (*execute_pending)(Handle, Result*) = nullptr;
  void (*destroy_pending)(Handle*) = nullptr;
  std::uint64_t (*column_count)(Result*) = nullptr;
  const char* (*column_name)(Result*, std::uint64_t) = nullptr;
  Type (*column_type)(Result*, std::uint64_t) = nullptr;
  Handle (*fetch_chunk)(Result) = nullptr;
  void (*destroy_data_chunk)(Handle*) = nullptr;
  std::uint64_t (*data_chunk_get_size)(Handle) = nullptr;
  Handle (*data_chunk_get_vector)(Handle, std::uint64_t) = nullptr;
  void* (*vector_get_data)(Handle) = nullptr;
  std::uint64_t* (*vector_get_validity)(Handle) = nullptr;
};

}  // namespace duckdb

// A database in memory, through which files are read and written. It loads no extensions and reads
// no settings.
class DuckDb {
 public:
  // Null with a diagnostic about `where` that says how to get DuckDB.
  static std::unique_ptr<DuckDb> open(const std::string& where,
                                      std::vector<Diagnostic>& diagnostics);
  ~DuckDb();
  DuckDb(const DuckDb&) = delete;
  DuckDb& operator=(const DuckDb&) = delete;

  // Rows as they come, chunk by chunk, never all in memory.
  class Rows {
   public:
    explicit Rows(const DuckDb& duckdb) : duckdb_(duckdb) {}
    ~Rows();
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    // What DuckDB said when it did not start; "" when it did.
    std::string start(const std::string& sql);
    [[nodiscard]] std::uint64_t columns();
    [[nodiscard]] std::string name(std::uint64_t column);
    [[nodiscard]] duckdb::Type type(std::uint64_t column);
    // The next chunk: how many rows it has, 0 at the end. `error` says why it ended early.
    std::uint64_t next(std::string& error);
    [[nodiscard]] bool is_null(std::uint64_t column, std::uint64_t row) const;
    [[nodiscard]] double number(std::uint64_t column, std::uint64_t row) const;
    [[nodiscard]] std::string_view text(std::uint64_t column, std::uint64_t row) const;

   private:
    const DuckDb& duckdb_;
    duckdb::Handle statement_ = nullptr, pending_ = nullptr, chunk_ = nullptr;
    duckdb::Result result_{};
    bool started_ = false;
    std::vector<const void*> data_;
    std::vector<const std::uint64_t*> validity_;
  };

  // "" or what DuckDB said.
  [[nodiscard]] std::string run(const std::string& sql) const;

 private:
  DuckDb() = default;
  std::string start();

  duckdb::Functions functions_;
  duckdb::Handle database_ = nullptr, connection_ = nullptr;
};

}  // namespace jixiao::database
