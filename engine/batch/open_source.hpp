// From a name to a stream of CSV text, and back.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "jixiao/text.hpp"
#include "table/stream.hpp"

namespace jixiao::batch {

// What BatchRequest says a name may be: a file of any kind, "-", or db:NAME of `database`.
struct NamedSource {
  std::unique_ptr<table::ByteSource> source;  // null with an error diagnostic
  bool header_is_a_line = true;               // of the file; else its records are numbered from 1
};
// `stop`: gives up a query of a database that takes its time.
NamedSource open_input(const std::string& name, const std::string& database,
                       std::vector<Diagnostic>& diagnostics,
                       const std::atomic<bool>* stop = nullptr);
// SHA-256 of the text of such a table. Throws StreamFailure.
std::string digest_of(const std::string& name, const std::string& database);
// Where tables named db:NAME go, and whether they take the place of tables that this program did
// not write.
struct Writable {
  const std::string& database;
  bool replace = false;
};
std::unique_ptr<table::ByteSink> open_output(const std::string& name, const Writable& to,
                                             std::vector<Diagnostic>& diagnostics);

bool names_database_table(const std::string& name);
// A file name that says it is a table: .csv .tsv .jsonl .ndjson .parquet, the text ones also
// packed.
bool names_table(const std::string& name);
// The name without the endings that say what kind of table it is.
std::string without_endings(const std::string& name);
// CSV -> tab-separated.
std::unique_ptr<table::ByteSink> to_tabs(std::unique_ptr<table::ByteSink> out);

// What to type where a table cannot be split into shards.
//
// For a long table whose records do not stand by project; `column` names the project.
Text sorting_advice(const std::string& table, const std::string& column);
// For what is no file: a pipe, a table of a database.
Text file_advice(const std::string& name, const std::string& database);

}  // namespace jixiao::batch
