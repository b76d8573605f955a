// Why there are no points, in the words a scorecard and a table of errors share.
#pragma once

#include <string>
#include <vector>

#include "scoring/method_rows.hpp"
#include "scoring/substitution.hpp"
#include "scoring/weights.hpp"
#include "text/code.hpp"

namespace jixiao::scoring {

struct WhyNot {
  text::Code code;
  Text message;
  Text help;
};

// Row i of the rows of one method, whose state is error. `telling`: its values; `name`: of the
// indicator.
WhyNot why_uncomputable(const ruleset::RuleSet& rules, const MethodRows& method_rows, std::size_t i,
                        const Outcomes& outcomes, const Substitution& substitution,
                        const Text& name);

// What an indicator of the rule set needs and the project does not bring, in the order of the
// project names.
struct MissingValue {
  std::size_t name = 0;  // among the project names
  std::string key;       // "executed", or the id of an input
  Text message;
};
std::vector<MissingValue> missing_values(const ruleset::RuleSet& rules,
                                         const ruleset::FixedIndicator& indicator,
                                         const Batch& batch, std::size_t project);

// Formulas over the whole project that name what is not there, and indicators that do not apply and
// cannot be taken out, when that is what stops its total.
std::vector<WhyNot> why_undecided(const ruleset::RuleSet& rules, const Batch& batch,
                                  const Scorecards& cards, std::size_t project);

// Whether a block of this weight adds to the total: by its weight, or because the total's formula
// names it.
bool block_counts(const ruleset::RuleSet& rules, std::size_t block, double weight);
// A block of weight `weight` in which nothing stands, and how much that is worth saying under its
// rule set.
WhyNot block_is_empty(const ruleset::Block& block, double weight);
Severity severity_of_empty(const ruleset::Block& block);
// The given weights of a block's indicators are not what the block has.
WhyNot weights_do_not_add_up(const ruleset::Block& block, const BlockShare& share);

}  // namespace jixiao::scoring
