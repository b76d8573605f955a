// The rules a form prints for itself, added to the rule set a project is scored by.
#pragma once

#include <string>
#include <vector>

#include "ruleset/lineage.hpp"
#include "text/toml.hpp"

namespace jixiao::ruleset {

// Adds the tables of a project's [printed] to the tree of a rule set. A form adds methods,
// adjustments and vetoes; it changes none, since the rule set decides. Blocks, types, full marks
// and the limits of adjustments are the form's only where the rule set leaves them to it: where it
// is abstract, or has no limits. With other full marks than the rule set's there is no rating. What
// is not allowed is reported and left out.
void add_printed(Lineage& lineage, const text::Node& printed, std::vector<Diagnostic>& diagnostics);

// The same text for the same rules, wherever they stand: what a fingerprint is made of.
std::string canonical_text(const text::Node& node);

}  // namespace jixiao::ruleset
