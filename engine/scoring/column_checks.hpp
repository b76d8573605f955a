// Columns of numbers bound to the inputs of a rule set, with every mistake named.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "jixiao/columns.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::scoring {

// Empty where no column was given; else `projects` long.
struct BoundColumns {
  std::size_t projects = 0;
  std::span<const double> initial, adjusted, executed, year;
  std::vector<std::span<const double>> inputs;  // one per rule-set input
};

// Nothing when there is an error; there are no lesser findings.
std::optional<BoundColumns> bind_columns(const ruleset::RuleSet& rules,
                                         std::span<const NamedColumn> columns,
                                         std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::scoring
