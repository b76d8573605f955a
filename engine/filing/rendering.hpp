// Grids as parts of files. Private to this room.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "filing/grid.hpp"
#include "filing/self_evaluation.hpp"
#include "jixiao/diagnostic.hpp"
#include "workbook/workbook.hpp"

namespace jixiao::filing {

// How a role looks in a workbook.
workbook::Look look_of(Role role, bool draft = false);
workbook::Sheet& add_sheet(const Grid& grid, std::string_view name, workbook::Workbook& book);
// A <table>. `class_name`: plain CSS class.
std::string html_table(const Grid& grid, std::string_view class_name);
// What the tables of html_table look like, on the screen and on paper.
std::string_view html_styles();
// A Word document of these pages, one after the other, each on a new page; wide ones lie across.
// Nothing with an error where libzip is not installed.
struct DocxPage {
  Grid grid;
  bool landscape = false;
};
std::optional<std::string> to_docx(std::span<const DocxPage> pages, const std::string& title,
                                   const std::string& file, std::vector<Diagnostic>& diagnostics);
std::string form_markdown(const SelfEvaluation& form, const Grid& audit);

}  // namespace jixiao::filing
