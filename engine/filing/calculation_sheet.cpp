#include "filing/calculation_sheet.hpp"

#include <algorithm>
#include <cmath>

#include "filing/calculation_rows.hpp"
#include "filing/calculation_totals.hpp"
#include "filing/words.hpp"

namespace jixiao::filing {

workbook::Sheet& add_calculation(const ruleset::RuleSet& rules, const project::Project& project,
                                 bool as_filed, Language language, workbook::Workbook& book) {
  workbook::Sheet& sheet = book.sheet(word::calculation.in(language));
  std::vector<Diagnostic> ignored;  // said with the scorecard
  const scoring::Binding binding = scoring::bind(rules, project, as_filed, ignored);
  const scoring::Scorecards cards = scoring::evaluate(rules, binding.batch);
  const Calculation calculation{rules, project, binding, cards, language};
  const ProjectCells head = write_head(calculation, sheet);
  const std::vector<RowCells> rows = write_rows(calculation, head, sheet);
  write_totals(calculation, head, rows, sheet);
  sheet.fit_heights();
  sheet.page.landscape = true;
  return sheet;
}

}  // namespace jixiao::filing
