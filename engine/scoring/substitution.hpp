// Putting numbers into words: reasons, checks, formulas with values in them.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "formula/formula.hpp"
#include "jixiao/text.hpp"
#include "ruleset/wording.hpp"
#include "value/unit.hpp"

namespace jixiao::scoring {

struct Substitution {
  std::span<const double> values;              // one per name of the scope; NaN where there is none
  value::Unit unit;                            // of A, T and U
  std::optional<double> bound = std::nullopt;  // how far A may be off, where a formula made it
};

// The formula on the values of the telling; NaN when it names what is not there.
double evaluate_known(const formula::Formula& formula, const Substitution& substitution);

// Nothing is invented: where a formula names what is not there, "—" stands.
Text substitute(const ruleset::Wording& wording, const Substitution& substitution);
// "186 >= 200 ? 6.25 : 6.25*186/200"
std::string substituted(const formula::Formula& formula, const Substitution& substitution);

}  // namespace jixiao::scoring
