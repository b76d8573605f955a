#include "batch/wide_reader.hpp"

#include <algorithm>
#include <array>

#include "batch/event_columns.hpp"
#include "project/indicator_text.hpp"
#include "scoring/loops.hpp"
#include "text/suggestion.hpp"
#include "value/field.hpp"
#include "value/most_money.hpp"

namespace jixiao::batch {

using table::CellKind;
using value::CellState;

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

namespace {

// What does not apply, where the rule set lets that be.
value::Cell allowed(PieceContent& piece, std::size_t project, std::size_t record,
                    std::size_t column, const value::Cell& cell) {
  if (cell.state != CellState::not_applicable ||
      piece.rules.not_applicable != ruleset::NotApplicablePolicy::refuse)
    return cell;
  piece.fault(project, record, piece.plan.header[column], piece.cells.cell(column, record),
              "result.invalid", Severity::error,
              {"规则集 " + piece.rules.id + " 不允许“不适用”",
               "the rule set " + piece.rules.id + " does not allow 'not applicable'"});
  return value::Cell::error();
}

value::Cell refused_word(PieceContent& piece, std::size_t project, std::size_t record,
                         std::size_t column, const ruleset::Input& input) {
  const std::string word = piece.cells.cell(column, record);
  const Text nearest = text::suggestion(word, input.values);
  piece.fault(project, record, piece.plan.header[column], word, "value.choice", Severity::error,
              {"不是 " + input.id + " 可取的词；" + nearest.zh,
               "it is none of the words of " + input.id + "; " + nearest.en});
  return value::Cell::error();
}

}  // namespace

value::Cell read_input_cell(PieceContent& piece, std::size_t project, std::size_t record,
                            std::size_t column, const ruleset::Input& input) {
  const table::CellKind kind = piece.cells.kinds(column)[record];
  if (kind == table::CellKind::empty) return value::Cell::none();
  const bool is_number = input.values.empty();
  if (!is_number || kind == table::CellKind::text) {
    const std::string word = piece.cells.cell(column, record);
    if (const auto said = input.said(word)) return allowed(piece, project, record, column, *said);
    if (!is_number && (project::says_missing(word) || project::says_not_applicable(word)))
      return value::Cell::none();
    if (!is_number) return refused_word(piece, project, record, column, input);
  }
  const value::Cell cell = read_number_cell(piece, project, record, column);
  return cell.ok() ? allowed(piece, project, record, column, input.said(cell.value)) : cell;
}

void fault_out_of_range(PieceContent& piece, std::size_t project, std::size_t record,
                        std::size_t column, const ruleset::Interval& range) {
  piece.fault(project, record, piece.plan.header[column], piece.cells.cell(column, record),
              "result.invalid", Severity::error,
              {"应在 " + range.text() + " 之内", "it should be within " + range.text()});
}

namespace {

// input: null for money.
void read_column(PieceContent& piece, std::size_t column, const ruleset::Input* input,
                 scoring::CellColumn& to) {
  const std::size_t n = piece.projects.size();
  if (column == none) {
    to.values.assign(n, 0);
    to.states.assign(n, CellState::missing);
    return;
  }
  const auto numbers = piece.cells.numbers(column);
  const auto kinds = piece.cells.kinds(column);
  to.values.assign(numbers.begin(), numbers.end());
  to.states.assign(n, CellState::ok);
  unsigned other = 0;  // without a way out of the loop, for the sake of vectors
  for (const CellKind kind : kinds) other |= kind == CellKind::number ? 0U : 1U;
  const bool coded = input != nullptr && (!input->values.empty() || input->has_coded_numbers());
  if (other == 0 && !coded) return;
  for (std::size_t p = 0; p < n; ++p) {
    if (kinds[p] == CellKind::number && !coded) continue;
    const value::Cell cell = input != nullptr ? read_input_cell(piece, p, p, column, *input)
                                              : read_number_cell(piece, p, p, column);
    to.values[p] = cell.value;
    to.states[p] = cell.state;
  }
}

void check_range(PieceContent& piece, std::size_t column, const ruleset::Interval& range,
                 scoring::CellColumn& cells) {
  if (range.low_closed && range.high_closed &&
      scoring::loops::all_within(cells.values, range.low, range.high))
    return;
  for (std::size_t p = 0; p < cells.size(); ++p) {
    if (cells.states[p] != CellState::ok || range.contains(cells.values[p])) continue;
    fault_out_of_range(piece, p, p, column, range);
    cells.values[p] = 0;
    cells.states[p] = CellState::error;
  }
}

// The same as an amount of a project file.
void check_money(PieceContent& piece, std::size_t column, scoring::CellColumn& cells) {
  if (scoring::loops::all_within(cells.values, 0, value::most_yuan)) return;
  for (std::size_t p = 0; p < cells.size(); ++p) {
    const double yuan = cells.values[p];
    if (cells.states[p] != CellState::ok || (yuan >= 0 && yuan <= value::most_yuan)) continue;
    const std::string written = piece.cells.cell(column, p);
    const Text negative{"金额不能为负", "an amount cannot be negative"};
    const Text much{
        "金额 '" + written + "' 超过一亿亿元；请检查位数与单位",
        "the amount '" + written + "' is over 10^16 yuan; check its digits and its unit"};
    piece.fault(p, p, piece.plan.header[column], written, "value.number", Severity::error,
                yuan < 0 ? negative : much);
    cells.values[p] = 0;
    cells.states[p] = CellState::error;
  }
}

}  // namespace

void read_wide(PieceContent& piece) {
  const std::size_t n = piece.projects.size();
  const Plan& plan = piece.plan;
  scoring::Batch& batch = piece.batch;
  piece.begin_batch();
  batch.projects = n;
  batch.row_begin.assign(n + 1, 0);
  for (std::size_t p = 0; p < n; ++p) batch.year.push_back(piece.year_of_project(p));
  for (auto& remarks : batch.fixed)
    remarks.has_reason.assign(n, 0), remarks.has_evidence.assign(n, 0),
        remarks.not_applicable.assign(n, 0);
  const std::array<scoring::CellColumn*, 3> money = {&batch.initial, &batch.adjusted,
                                                     &batch.executed};
  for (std::size_t m = 0; m < money.size(); ++m) {
    read_column(piece, plan.money[m], nullptr, *money[m]);
    check_money(piece, plan.money[m], *money[m]);
  }
  if (plan.money[0] != none || plan.money[1] != none) {
    for (std::size_t p = 0; p < n; ++p)
      fill_missing(batch.adjusted, batch.initial, p),
          fill_missing(batch.initial, batch.adjusted, p);
  }
  for (std::size_t i = 0; i < piece.rules.inputs.size(); ++i) {
    read_column(piece, plan.input[i], &piece.rules.inputs[i], batch.inputs[i]);
    if (const auto& range = piece.rules.inputs[i].range)
      check_range(piece, plan.input[i], *range, batch.inputs[i]);
  }
  if (plan.events.empty()) return;
  for (std::size_t p = 0; p < n; ++p) {
    for (const Plan::EventColumn& event : plan.events) {
      const double count = read_event_count(piece, p, p, event.column);
      if (count > 0) add_event(batch, p, {event.is_veto, event.which}, count);
    }
  }
}

}  // namespace jixiao::batch
