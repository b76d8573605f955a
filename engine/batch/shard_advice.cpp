#include "batch/shard_advice.hpp"

#include "batch/open_source.hpp"

namespace jixiao::batch {
namespace {

// In single quotes of a shell.
std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

Text sorting_advice(const std::string& table, const std::string& column) {
  Text out{"不写 --shard：单次运行不要求排序", "leave --shard out: a single run needs no sorting"};
  if (!table.ends_with(".csv")) return out;
  const std::string sort =
      "sqlite3 -header -csv '' " + quoted(".import --csv \"" + table + "\" t") + " " +
      quoted("SELECT * FROM t ORDER BY \"" + column + "\", rowid") + " > sorted.csv";
  out.zh += "；或先排序再分片：" + sort;
  out.en += "; or sort it before it is split: " + sort;
  return out;
}

Text file_advice(const std::string& name, const std::string& database) {
  if (!names_database_table(name))
    return {"先写成文件：… > table.csv，再对 table.csv 分片",
            "write it to a file first: ... > table.csv, and split table.csv"};
  const std::string query = name.substr(name.find(':') + 1);
  const std::string select = query.find(' ') == std::string::npos ? "SELECT * FROM " + query
                                                                  : query;
  const bool server = database.starts_with("postgres");
  const std::string write = (server ? "psql --csv " + quoted(database) + " -c "
                                    : "sqlite3 -header -csv " + quoted(database) + " ") +
                            quoted(select) + " > table.csv";
  return {"先写成文件：" + write + "，再对 table.csv 分片",
          "write it to a file first: " + write + ", and split table.csv"};
}

}  // namespace jixiao::batch
