// The upper parts of the calculation: the project's own numbers, and one row an indicator. Private
// to this room.
#pragma once

#include <string>
#include <vector>

#include "jixiao/text.hpp"
#include "project/project.hpp"
#include "ruleset/ruleset.hpp"
#include "scoring/binding.hpp"
#include "scoring/evaluation.hpp"
#include "workbook/workbook.hpp"

namespace jixiao::filing {

struct Calculation {
  const ruleset::RuleSet& rules;
  const project::Project& project;
  const scoring::Binding& binding;
  const scoring::Scorecards& cards;
  Language language;

  [[nodiscard]] std::string in(const Text& text) const { return text.in(language); }
  [[nodiscard]] std::string say(std::string_view zh, std::string_view en) const {
    return std::string(language == Language::zh ? zh : en);
  }
};

// The cells of the project names (B0, B, E, year, the rule set's inputs), in their order.
struct ProjectCells {
  std::vector<std::string> names;
  std::size_t next_row = 1;
};

// Where a row's numbers stand.
struct RowCells {
  std::size_t block = 0;
  std::size_t row = 0;
  bool counts = true;  // false: does not apply, and is no part of any sum
  double points = 0;
  double weight = 0;
};

// Columns of the rows.
enum Column : std::size_t {
  column_block = 1,
  column_name,
  column_target_text,
  column_T,
  column_U,
  column_A,
  column_W,
  column_formula_result,
  column_points,
  column_lost,
  column_formula,
  column_note,
  column_first_value  // name and number of each parameter, side by side
};

workbook::Look heading_look();
workbook::Look text_look();
workbook::Look number_look();  // of what follows from others
workbook::Look given_look();   // of what a reviewer may change

ProjectCells write_head(const Calculation& calculation, workbook::Sheet& sheet);
// Sorted by block, as the rule set has them.
std::vector<RowCells> write_rows(const Calculation& calculation, const ProjectCells& head,
                                 workbook::Sheet& sheet);

}  // namespace jixiao::filing
