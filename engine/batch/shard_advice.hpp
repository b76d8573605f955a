// What to type where a table cannot be split into shards.
#pragma once

#include <string>

#include "jixiao/text.hpp"

namespace jixiao::batch {

// For a long table whose records do not stand by project; `column` names the project.
Text sorting_advice(const std::string& table, const std::string& column);
// For what is no file: a pipe, a table of a database.
Text file_advice(const std::string& name, const std::string& database);

}  // namespace jixiao::batch
