// What is said when a database cannot be read or written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "table/stream.hpp"

namespace jixiao::database {

// `where`: the database as the user may see it (never with a password).
Diagnostic unreadable(const std::string& where, Text message, Text help = {});
Diagnostic unwritable(const std::string& where, Text message, Text help = {});
// A table that is there and was not written by this program; or one that would lose what hangs on
// it.
Diagnostic not_ours(const std::string& where, const std::string& table);
Diagnostic is_view(const std::string& where, const std::string& table);
Diagnostic cannot_keep(const std::string& where, const std::string& table, std::string_view what,
                       std::string_view said);
Diagnostic unknown_table(const std::string& where, const std::string& table,
                         const std::vector<std::string>& known);

// Somebody asked for the end while the database was thinking.
Diagnostic stopped(const std::string& where);
// The mark of bytes that are no text, with how many there are.
std::string not_text(std::size_t bytes);

// "一：said", "one: said"
Text with_what_it_said(Text message, std::string_view said);
// Several lines of a server as one, without spaces at the ends.
std::string in_one_line(std::string_view said);

// A SELECT or WITH query rather than the name of a table.
bool is_query(std::string_view table_or_query);
// Without spaces and semicolons at its end.
std::string_view without_end(std::string_view query);
// "name", quotes in it doubled: an identifier in any of the databases, whatever the name holds.
std::string identifier(std::string_view name);

}  // namespace jixiao::database
