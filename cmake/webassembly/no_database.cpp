// A page reaches no database: it says so, and where one is read instead.
#include "database/database.hpp"
#include "database/failure.hpp"

namespace jixiao::database {
namespace {

Text not_here() { return {"网页不能读写数据库", "the page neither reads nor writes databases"}; }
Text instead() {
  return {"导出为 CSV，或用程序 jixiao batch",
          "export the table as CSV, or use the program: jixiao batch"};
}

}  // namespace

bool is_postgres(const std::string&) { return false; }

std::unique_ptr<table::ByteSource> open_table(const std::string& connection, const std::string&,
                                              std::vector<Diagnostic>& diagnostics,
                                              const std::atomic<bool>*) {
  diagnostics.push_back(unreadable(connection, not_here(), instead()));
  return nullptr;
}

std::unique_ptr<TableIdentities> table_identities(const std::string&) { return nullptr; }

std::unique_ptr<table::ByteSink> open_table_sink(const std::string& connection, const std::string&,
                                                 bool, std::vector<Diagnostic>& diagnostics) {
  diagnostics.push_back(unwritable(connection, not_here(), instead()));
  return nullptr;
}

bool names_parquet(const std::string& path) { return path.ends_with(".parquet"); }

std::unique_ptr<table::ByteSource> open_parquet(const std::string& path,
                                                std::vector<Diagnostic>& diagnostics) {
  diagnostics.push_back(unreadable(path, not_here(), instead()));
  return nullptr;
}

std::unique_ptr<table::ByteSink> open_parquet_sink(const std::string& path,
                                                   std::vector<Diagnostic>& diagnostics) {
  diagnostics.push_back(unwritable(path, not_here(), instead()));
  return nullptr;
}

}  // namespace jixiao::database
