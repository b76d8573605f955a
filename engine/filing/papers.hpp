// The papers a report is made of, laid out as grids. Private to this room.
#pragma once

#include <cstddef>
#include <vector>

#include "filing/grid.hpp"
#include "filing/self_evaluation.hpp"
#include "jixiao/audit.hpp"
#include "jixiao/scorecard.hpp"

namespace jixiao::filing {

Grid form_grid(const SelfEvaluation& form);

// Rows of that grid.
struct FormRows {
  std::size_t money = 0;           // the total of the year
  std::vector<std::size_t> lines;  // one for each of SelfEvaluation::lines
};
FormRows form_rows(const SelfEvaluation& form);

// What was found in the project: by the audit, and by reading and scoring it.
struct Reviewed {
  const AuditedForm& audited;
  const Scorecard& card;
};
// Findings, worst first: severity, check, place, indicator, what, printed, what follows, the
// smallest explanation; then what the project's files were warned of. `with_rows`: the form is a
// sheet beside it, and places name its rows.
Grid audit_grid(const Reviewed& reviewed, const SelfEvaluation& form, bool with_rows);

}  // namespace jixiao::filing
