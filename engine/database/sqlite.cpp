#include "database/sqlite.hpp"

#include <filesystem>

#include "database/failure.hpp"

namespace jixiao::database {
namespace {

// Others may be writing for a moment; after this long they count as holding the file.
constexpr int patience_ms = 2000;

std::string file_uri(const std::string& path, bool immutable) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(path).string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
    } else {
      uri += {'%', hex[byte >> 4U], hex[byte & 15U]};
    }
  }
  return immutable ? uri + "?immutable=1" : uri;
}

}  // namespace

SqliteReason sqlite_reason(sqlite3* database, int result) {
  switch (result & 0xff) {
    case SQLITE_NOTADB:
      return {{"这个文件不是 SQLite 数据库", "this file is no SQLite database"},
              {"请检查文件名；服务器上的数据库写作 postgres://用户@主机/库名",
               "check the file name; a database on a server is written postgres://user@host/name"}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {{"数据库正被另一个程序锁住", "another program holds a lock on the database"},
              {"请等它结束或把它关掉，再试一次", "wait for it to end or close it, then try again"}};
    case SQLITE_CORRUPT:
      return {with_what_it_said({"数据库文件已损坏", "the database file is damaged"},
                                sqlite3_errmsg(database)),
              {"请从备份恢复，或试 sqlite3 文件 .recover",
               "restore a backup, or try sqlite3 FILE .recover"}};
    case SQLITE_FULL:
      return {{"磁盘满了", "the disk is full"},
              {"请腾出空间，再试一次", "free some space, then try again"}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {with_what_it_said({"数据库文件不能写", "the database file cannot be written"},
                                sqlite3_errmsg(database)),
              {"请检查文件和目录的权限", "check the rights to the file and its folder"}};
    default:
      return {with_what_it_said({"SQLite 报错", "SQLite says"}, sqlite3_errmsg(database)), {}};
  }
}

int sqlite_open(const std::string& path, int flags, bool immutable, Sqlite& database) {
  sqlite3* opened = nullptr;
  int result = sqlite3_open_v2(file_uri(path, immutable).c_str(), &opened,
                               flags | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, nullptr);
  database.reset(opened);
  if (result != SQLITE_OK) return result;
  sqlite3_busy_timeout(opened, patience_ms);
  // The file may come from a stranger: its views and triggers run nothing that reaches outside of
  // it, and damage is noticed.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  result = sqlite3_exec(opened, "PRAGMA cell_size_check=ON", nullptr, nullptr, nullptr);
  return result;
}

int sqlite_prepare(sqlite3* database, std::string_view sql, SqliteStatement& statement) {
  sqlite3_stmt* prepared = nullptr;
  const int result =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &prepared, nullptr);
  statement.reset(prepared);
  return result;
}

}  // namespace jixiao::database
