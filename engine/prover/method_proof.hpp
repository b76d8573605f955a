// One method, or one indicator of a rule set, proved.
#pragma once

#include "jixiao/proof.hpp"
#include "ruleset/ruleset.hpp"
#include "text/findings.hpp"

namespace jixiao::prover {

// `indicator`: of the rule set, with its params and its target; null: the method as it is written.
// What is wrong is reported too, at the method or the indicator.
MethodProof method_proof(const ruleset::RuleSet& rules, const ruleset::Method& method,
                         const ruleset::FixedIndicator* indicator, text::Findings findings);

}  // namespace jixiao::prover
