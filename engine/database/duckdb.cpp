#include "database/duckdb.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "database/failure.hpp"

namespace jixiao::database {
namespace {

void find_all(system::SharedLibrary& library, duckdb::Functions& functions) {
#define JIXIAO_FUNCTION(name) library.find("duckdb_" #name, functions.name)
  JIXIAO_FUNCTION(create_config);
  JIXIAO_FUNCTION(set_config);
  JIXIAO_FUNCTION(destroy_config);
  JIXIAO_FUNCTION(open_ext);
  JIXIAO_FUNCTION(free);
  JIXIAO_FUNCTION(close);
  JIXIAO_FUNCTION(connect);
  JIXIAO_FUNCTION(disconnect);
  JIXIAO_FUNCTION(query);
  JIXIAO_FUNCTION(destroy_result);
  JIXIAO_FUNCTION(result_error);
  JIXIAO_FUNCTION(prepare);
  JIXIAO_FUNCTION(prepare_error);
  JIXIAO_FUNCTION(destroy_prepare);
  JIXIAO_FUNCTION(pending_prepared_streaming);
  JIXIAO_FUNCTION(pending_error);
  JIXIAO_FUNCTION(execute_pending);
  JIXIAO_FUNCTION(destroy_pending);
  JIXIAO_FUNCTION(column_count);
  JIXIAO_FUNCTION(column_name);
  JIXIAO_FUNCTION(column_type);
  JIXIAO_FUNCTION(fetch_chunk);
  JIXIAO_FUNCTION(destroy_data_chunk);
  JIXIAO_FUNCTION(data_chunk_get_size);
  JIXIAO_FUNCTION(data_chunk_get_vector);
  JIXIAO_FUNCTION(vector_get_data);
  JIXIAO_FUNCTION(vector_get_validity);
#undef JIXIAO_FUNCTION
}

std::string text_or_nothing(const char* said) { return said ? said : "?"; }

}  // namespace

std::unique_ptr<DuckDb> DuckDb::open(const std::string& where,
                                     std::vector<Diagnostic>& diagnostics) {
  const char* path = std::getenv("JIXIAO_DUCKDB");
  system::SharedLibrary library(path && *path ? path : "libduckdb.so");
  std::unique_ptr<DuckDb> duckdb(new DuckDb);
  find_all(library, duckdb->functions_);
  if (!library.is_there()) {
    diagnostics.push_back(unreadable(
        where,
        with_what_it_said({"Parquet 要用 DuckDB 的库 libduckdb.so，没有找到",
                           "Parquet needs DuckDB's library libduckdb.so, which is not there"},
                          library.why_not()),
        {"npm 包 @duckdb/node-bindings-linux-x64 里有这个文件：npm install "
         "@duckdb/node-bindings-linux-x64，再设 "
         "JIXIAO_DUCKDB=…/libduckdb.so；或改用 CSV",
         "the npm package @duckdb/node-bindings-linux-x64 holds it: npm install "
         "@duckdb/node-bindings-linux-x64, then set "
         "JIXIAO_DUCKDB=.../libduckdb.so; or use CSV"}));
    return nullptr;
  }
  if (const std::string said = duckdb->start(); !said.empty()) {
    diagnostics.push_back(
        unreadable(where, with_what_it_said({"DuckDB 启动不了", "DuckDB does not start"}, said)));
    return nullptr;
  }
  return duckdb;
}

std::string DuckDb::start() {
  const std::string temporary = std::filesystem::temp_directory_path().string() + "/jixiao-duckdb";
  const std::array<std::pair<const char*, const char*>, 4> settings = {
      {{"autoinstall_known_extensions", "false"},
       {"autoload_known_extensions", "false"},
       {"memory_limit", "1GB"},
       {"temp_directory", temporary.c_str()}}};
  duckdb::Handle config = nullptr;
  if (functions_.create_config(&config) != duckdb::State::success) return "config";
  for (const auto& [name, value] : settings) {
    if (functions_.set_config(config, name, value) != duckdb::State::success) {
      functions_.destroy_config(&config);
      return name;
    }
  }
  char* error = nullptr;
  const duckdb::State opened = functions_.open_ext(nullptr, &database_, config, &error);
  functions_.destroy_config(&config);
  if (opened != duckdb::State::success) {
    const std::string said = text_or_nothing(error);
    functions_.free(error);
    return said;
  }
  return functions_.connect(database_, &connection_) == duckdb::State::success ? "" : "connect";
}

DuckDb::~DuckDb() {
  if (connection_) functions_.disconnect(&connection_);
  if (database_) functions_.close(&database_);
}

std::string DuckDb::run(const std::string& sql) const {
  duckdb::Result result{};
  std::string said;
  if (functions_.query(connection_, sql.c_str(), &result) != duckdb::State::success)
    said = text_or_nothing(functions_.result_error(&result));
  functions_.destroy_result(&result);
  return said;
}

DuckDb::Rows::~Rows() {
  const duckdb::Functions& call = duckdb_.functions_;
  if (chunk_) call.destroy_data_chunk(&chunk_);
  if (started_) call.destroy_result(&result_);
  if (pending_) call.destroy_pending(&pending_);
  if (statement_) call.destroy_prepare(&statement_);
}

std::string DuckDb::Rows::start(const std::string& sql) {
  const duckdb::Functions& call = duckdb_.functions_;
  if (call.prepare(duckdb_.connection_, sql.c_str(), &statement_) != duckdb::State::success)
    return text_or_nothing(call.prepare_error(statement_));
  if (call.pending_prepared_streaming(statement_, &pending_) != duckdb::State::success)
    return text_or_nothing(call.pending_error(pending_));
  started_ = true;
  if (call.execute_pending(pending_, &result_) != duckdb::State::success)
    return text_or_nothing(call.result_error(&result_));
  data_.resize(columns());
  validity_.resize(columns());
  return {};
}

std::uint64_t DuckDb::Rows::columns() { return duckdb_.functions_.column_count(&result_); }
std::string DuckDb::Rows::name(std::uint64_t column) {
  return duckdb_.functions_.column_name(&result_, column);
}
duckdb::Type DuckDb::Rows::type(std::uint64_t column) {
  return duckdb_.functions_.column_type(&result_, column);
}

std::uint64_t DuckDb::Rows::next(std::string& error) {
  const duckdb::Functions& call = duckdb_.functions_;
  if (chunk_) call.destroy_data_chunk(&chunk_);
  chunk_ = call.fetch_chunk(result_);
  if (!chunk_) {
    const char* said = call.result_error(&result_);
    error = said ? said : "";
    return 0;
  }
  for (std::uint64_t column = 0; column < data_.size(); ++column) {
    const duckdb::Handle vector = call.data_chunk_get_vector(chunk_, column);
    data_[column] = call.vector_get_data(vector);
    validity_[column] = call.vector_get_validity(vector);
  }
  return call.data_chunk_get_size(chunk_);
}

bool DuckDb::Rows::is_null(std::uint64_t column, std::uint64_t row) const {
  constexpr std::uint64_t bits = 64;
  const std::uint64_t* valid = validity_[column];
  return valid && (valid[row / bits] >> (row % bits) & 1U) == 0;
}

double DuckDb::Rows::number(std::uint64_t column, std::uint64_t row) const {
  return static_cast<const double*>(data_[column])[row];
}

std::string_view DuckDb::Rows::text(std::uint64_t column, std::uint64_t row) const {
  return static_cast<const duckdb::Word*>(data_[column])[row].view();
}

}  // namespace jixiao::database
