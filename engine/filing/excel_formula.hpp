// Formulas of rule sets in the words of a spreadsheet.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "formula/formula.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {

// `operands`: for each variable of `scope` the cell or number it is; those the formula does not
// name may be empty. Nothing for a formula with a function no spreadsheet has (workdays): its value
// is then all there is to show. Rounding inside (floor, steps_full ...) is to 9 decimals first, as
// a spreadsheet's own last bits would decide otherwise.
std::optional<std::string> to_excel(const formula::Formula& formula, const formula::Scope& scope,
                                    std::span<const std::string> operands);
// The same as a condition: "AND(A1>=B1,B1>0)".
std::optional<std::string> to_excel_condition(const formula::Formula& formula,
                                              const formula::Scope& scope,
                                              std::span<const std::string> operands);

// "ROUND(x,2)" and its kin.
std::string excel_rounding(const value::Rounding& rounding, const std::string& x);
// A number as a formula says it: all its digits.
std::string excel_number(double x);

}  // namespace jixiao::filing
