// The `where` of a study: formulas over everything that has a name. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "study/studied_model.hpp"
#include "study/study.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

// What a condition may name: an input or an output, dots written as '_' ("results_trained").
struct NamedQuantity {
  std::string name;  // "results.trained"
  value::Unit unit;
  bool is_output = false;
};

struct ReadConditions {
  std::vector<formula::Formula> formulas;
  std::vector<std::size_t> used;  // of `names`, ascending, each once
};
// The place of all of a formula.
text::Place whole(const text::Located& formula);
// Nothing, with diagnostics, for a formula that is none, or whose units do not fit.
std::optional<ReadConditions> read_conditions(const std::vector<text::Located>& where,
                                              const std::vector<NamedQuantity>& names,
                                              text::Findings findings);

}  // namespace jixiao::study
