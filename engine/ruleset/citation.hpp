// Where a rule comes from, and how sure that is: read the same way wherever rules are written.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/scorecard.hpp"
#include "ruleset/ruleset.hpp"
#include "text/table_reader.hpp"

namespace jixiao::ruleset {

// The citations at `key`, each with its evidence status (evidence.missing without one). `required`:
// none at all is evidence.missing too. `whose`: "rule set", or what a message calls the table:
// "[[method]] higher".
std::vector<Citation> read_citations(text::TableReader& reader, std::string_view key, bool required,
                                     const std::string& whose,
                                     std::vector<Diagnostic>& diagnostics);

// Citations as reports show them: text, name of the evidence, address.
std::vector<Cited> cited(std::span<const Citation> citations);

}  // namespace jixiao::ruleset
