// Adjustments and vetoes in tables: `@id` as the indicator of a long table, as a column of a wide
// one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/piece_content.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::batch {

// One adjustment or veto of a rule set.
struct EventName {
  bool is_veto = false;
  std::size_t which = 0;  // among the rule set's adjustments or vetoes
};

// By id, or by name in either language; `word` stands without its '@'.
std::optional<EventName> find_event(const ruleset::RuleSet& rules, std::string_view word);
// What may stand behind '@' in a table of this rule set: money, adjustments, vetoes.
std::vector<std::string> event_words(const ruleset::RuleSet& rules);

// How often it happened, of one cell; a fault when the cell does not say.
double read_event_count(PieceContent& piece, std::size_t project, std::size_t record,
                        std::size_t column);
void add_event(scoring::Batch& batch, std::size_t project, const EventName& event, double n);

}  // namespace jixiao::batch
