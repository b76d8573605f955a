// Lists of names in files of studies and scenarios.
#pragma once

#include <string_view>
#include <vector>

#include "project/project.hpp"
#include "text/table_reader.hpp"

namespace jixiao::project {

// A word, or a list of words; nothing without the key. Whatever else stands there is reported and
// left out.
std::vector<Word> read_words(text::TableReader& reader, std::string_view key,
                             std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::project
