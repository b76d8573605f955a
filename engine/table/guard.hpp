// Cells that are not what they look like: formulas for a spreadsheet, codes for JSON and databases.
// Only text that a spreadsheet opens (CSV, TSV) is guarded: never JSON, databases, Parquet.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "table/stream.hpp"

namespace jixiao::table {

// Whether the text, apostrophes before it aside, begins with = + - @, their full-width twins, a tab
// or CR, and is neither a number
// (-3.5, -1,234, -5%) nor a dash alone.
bool is_formula(std::string_view text);
// With one apostrophe before it when it is one; read back by unguarded(): unguarded(guarded(x)) ==
// x for any text.
std::string guarded(std::string_view text);
std::string_view unguarded(std::string_view text);
// Whether unguarded() is what to read a table of that name with: CSV, TSV or text, packed or not.
bool is_guarded_kind(const std::string& name);

// A number as plain text that must stay text, because it is a code or a name: "+86", "007", more
// digits than a double keeps.
bool is_code(std::string_view plain_number);

// Guards every cell of CSV text that passes, whatever its writes are cut into; names of columns
// that are "@" and a plain word stay.
std::unique_ptr<ByteSink> guard(std::unique_ptr<ByteSink> out);

}  // namespace jixiao::table
