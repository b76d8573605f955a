// One light, and one warning, over the numbers they name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jixiao/monitoring.hpp"
#include "monitoring/rules.hpp"

namespace jixiao::monitoring {

// The numbers a formula of one subject may name, in the order of Rules::names_of, without `v`; NaN
// where there is none.
struct Facts {
  Subject subject = Subject::project;
  std::vector<double> values;
  value::Unit unit;  // of A, T, U and F
};

Signal shown(const Rules& rules, std::size_t signal);
// The first case whose condition holds. What names something that is not there, or comes to no
// finite number, ends in the unknown signal: an indicator without a result gets a light only from
// rules that ask for `done`.
LightStory look(const Rules& rules, const Light& light, const Facts& facts);
// What the warning says, when it is raised. One that cannot be told is not raised.
std::optional<Text> raised(const Warning& warning, const Facts& facts);
// "100*90/(200/12*7)"; days as dates.
std::string substituted(const formula::Formula& formula, const Facts& facts, double v);

}  // namespace jixiao::monitoring
