#include "batch/number_cell.hpp"

#include <string>

#include "project/indicator_text.hpp"
#include "value/field.hpp"

namespace jixiao::batch {

value::Cell read_number_cell(PieceContent& piece, std::size_t project, std::size_t record,
                             std::size_t column) {
  const table::CellKind kind = piece.cells.kinds(column)[record];
  if (kind == table::CellKind::empty) return value::Cell::none();
  if (kind == table::CellKind::number) return value::Cell::of(piece.cells.numbers(column)[record]);
  const std::string text = piece.cells.cell(column, record);
  const bool either = piece.plan.separator == ';' && text.find(',') != std::string::npos &&
                      text.find('.') == std::string::npos;
  if (const auto number = value::read_number(text); number && either) {
    piece.fault(
        project, record, piece.plan.header[column], text, "value.doubtful", Severity::error,
        {"逗号可能是小数点，也可能是千位分隔；写成 1234 或 1.234 的样子",
         "the comma may be a decimal point or part thousands; write it as 1234 or as 1.234"});
    return value::Cell::error();
  } else if (number) {
    return value::Cell::of(*number);
  }
  if (project::says_missing(text) || project::says_not_applicable(text)) return value::Cell::none();
  piece.fault(project, record, piece.plan.header[column], text, "value.text", Severity::error,
              {"这里应为一个数；没有数据就空着",
               "a number was expected here; leave the cell empty when there is none"});
  return value::Cell::error();
}

void fault_out_of_range(PieceContent& piece, std::size_t project, std::size_t record,
                        std::size_t column, const ruleset::Interval& range) {
  piece.fault(project, record, piece.plan.header[column], piece.cells.cell(column, record),
              "result.invalid", Severity::error,
              {"应在 " + range.text() + " 之内", "it should be within " + range.text()});
}

}  // namespace jixiao::batch
