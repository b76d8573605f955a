// From a name to a stream of CSV text, and back.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "table/stream.hpp"

namespace jixiao::batch {

// What BatchRequest says a name may be: a file of any kind, "-", or db:NAME of `database`. Null with an error diagnostic.
std::unique_ptr<table::ByteSource> open_input(const std::string& name, const std::string& database, std::vector<Diagnostic>& diagnostics);
std::unique_ptr<table::ByteSink> open_output(const std::string& name, const std::string& database, std::vector<Diagnostic>& diagnostics);

bool names_database_table(const std::string& name);
// A file name that says it is a table: .csv .tsv .jsonl .ndjson .parquet, the text ones also packed.
bool names_table(const std::string& name);
// The name without the endings that say what kind of table it is.
std::string without_endings(const std::string& name);
// CSV -> tab-separated.
std::unique_ptr<table::ByteSink> to_tabs(std::unique_ptr<table::ByteSink> out);

}  // namespace jixiao::batch
