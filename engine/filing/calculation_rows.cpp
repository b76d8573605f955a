#include "filing/calculation_rows.hpp"

#include <algorithm>
#include <cmath>

#include "filing/excel_formula.hpp"
#include "filing/words.hpp"
#include "scoring/workspace.hpp"
#include "value/decimals.hpp"

namespace jixiao::filing {

using ruleset::none;
using value::CellState;

workbook::Look heading_look() {
  workbook::Look look;
  look.bold = look.border = look.wrap = true;
  look.fill = 0xEEF1F5;
  look.across = workbook::Across::centre;
  look.size = 10;
  return look;
}
workbook::Look text_look() {
  workbook::Look look;
  look.border = look.wrap = true;
  look.across = workbook::Across::left;
  look.size = 10;
  return look;
}
workbook::Look number_look() {
  workbook::Look look;
  look.border = true;
  look.size = 10;
  look.format = "0.00##";
  return look;
}
workbook::Look given_look() {
  workbook::Look look = number_look();
  look.ink = 0x0B3D91;
  look.fill = 0xEAF2FB;
  look.format = "#,##0.####";
  return look;
}

ProjectCells write_head(const Calculation& calculation, workbook::Sheet& sheet) {
  constexpr double widths[] = {13, 24, 16, 11.5, 11.5, 11.5, 8, 10, 10, 8, 34, 22};
  for (std::size_t i = 0; i < std::size(widths); ++i) sheet.width(i + 1, widths[i]);
  workbook::Look title;
  title.bold = true;
  title.size = 16;
  sheet.text(1, 1, word::calculation.in(calculation.language), title);
  sheet.merge(1, 6);
  workbook::Look note;
  note.size = 9;
  note.ink = 0x5B6673;
  sheet.text(
      2, 1,
      calculation.say("蓝底是填报的数，可以改；其余由公式算出，与 jixiao 的结果一致。规则集 ",
                      "Blue cells are what was reported and may be changed; the others are "
                      "formulas, equal to jixiao's. Rule set ") +
          calculation.rules.id + " " + calculation.rules.version,
      note);
  ProjectCells out;
  std::size_t row = 4;
  const auto put = [&](const std::string& name, std::optional<double> x, const char* format) {
    sheet.text(row, 1, name, text_look());
    sheet.merge(1, 2);
    workbook::Look look = given_look();
    look.format = format;
    sheet.number(row, 3, x, look);
    out.names.push_back(workbook::cell_name(row, 3, true));
    ++row;
  };
  const scoring::Batch& batch = calculation.binding.batch;
  const auto cell = [](const scoring::CellColumn& column) {
    return column.states[0] == CellState::ok ? std::optional(column.values[0]) : std::nullopt;
  };
  put(calculation.say("年初预算 B0（元）", "initial budget B0 (yuan)"), cell(batch.initial),
      "#,##0.00");
  put(calculation.say("全年预算 B（元）", "adjusted budget B (yuan)"), cell(batch.adjusted),
      "#,##0.00");
  put(calculation.say("全年执行 E（元）", "executed E (yuan)"), cell(batch.executed), "#,##0.00");
  put(calculation.say("年度", "year"), batch.year[0], "0");
  for (std::size_t i = 0; i < calculation.rules.inputs.size(); ++i) {
    const ruleset::Input& input = calculation.rules.inputs[i];
    const auto value = cell(batch.inputs[i]);
    put(calculation.in(input.name) + " " + input.id, input.values.empty() ? value : std::nullopt,
        "0.####");
    if (!input.values.empty() && value) sheet.text(row - 1, 3, input.shown(*value), given_look());
  }
  out.next_row = row + 1;
  return out;
}

namespace {

constexpr double days_of_1970 = 25569;  // as spreadsheets count days

class RowWriter {
 public:
  RowWriter(const Calculation& calculation, const ProjectCells& head, workbook::Sheet& sheet)
      : c_(calculation), head_(head), sheet_(sheet), row_(head.next_row) {}

  std::vector<RowCells> write() {
    headings();
    scoring::Workspace workspace;
    std::vector<scoring::MethodRows> row_sets;
    scoring::split_by_method(c_.rules, c_.binding.batch, workspace, row_sets);
    struct Place {
      std::size_t block, order;
      const scoring::MethodRows* method_rows;
      std::size_t i;
    };
    std::vector<Place> places;
    for (const scoring::MethodRows& method_rows : row_sets) {
      for (std::size_t i = 0; i < method_rows.size(); ++i) {
        const std::size_t slot = method_rows.slot(i);
        const std::size_t block = method_rows.is_fixed() ? method_rows.fixed().block
                                                         : c_.binding.batch.rows.block[slot];
        places.push_back(
            {block,
             method_rows.is_fixed() ? method_rows.fixed_index() : c_.rules.indicators.size() + slot,
             &method_rows, i});
      }
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
      return std::pair(a.block, a.order) < std::pair(b.block, b.order);
    });
    std::vector<RowCells> out;
    for (const Place& place : places)
      out.push_back(write(*place.method_rows, place.i, place.block));
    return out;
  }

 private:
  void headings() {
    const std::string names[] = {std::string(page::word::block.in(c_.language)),
                                 std::string(page::word::indicator.in(c_.language)),
                                 std::string(word::target.in(c_.language)),
                                 c_.say("目标 T", "target T"),
                                 c_.say("上限或期限 U", "upper end or deadline U"),
                                 c_.say("实际 A", "actual A"),
                                 c_.say("分值 W", "weight W"),
                                 c_.say("公式结果", "formula's result"),
                                 c_.say("得分", "points"),
                                 c_.say("失分", "lost"),
                                 c_.say("计分公式", "scoring formula"),
                                 c_.say("说明", "note")};
    for (std::size_t i = 0; i < std::size(names); ++i)
      sheet_.text(row_, i + 1, names[i], heading_look());
    sheet_.text(row_, column_first_value, c_.say("参数", "parameters"), heading_look());
    sheet_.merge(1, 2);
    ++row_;
  }

  // What one row's formulas are made of.
  struct Operands {
    std::vector<std::string> cells;  // one per name of the method's scope
    std::string formula_result, points, weight;
  };

  RowCells write(const scoring::MethodRows& method_rows, std::size_t i, std::size_t block) {
    const std::size_t slot = method_rows.slot(i);
    const scoring::Outcomes& outcomes =
        method_rows.is_fixed() ? c_.cards.fixed[method_rows.fixed_index()] : c_.cards.rows;
    const ruleset::Method& method = method_rows.method();
    notes_.clear();
    next_value_ = column_first_value;
    const CellState state = outcomes.state[slot];
    RowCells out{block, row_,
                 state != CellState::not_applicable ||
                     c_.rules.not_applicable == ruleset::NotApplicablePolicy::full,
                 outcomes.points[slot], outcomes.weight[slot]};
    const std::vector<double> values = method_rows.values(i, outcomes);
    names(method_rows, slot, block);
    sheet_.number(row_, column_W, outcomes.weight[slot], number_look());
    const Operands operands = write_operands(method_rows, i, values);
    const bool ok = state == CellState::ok;
    const double nan = std::nan("");
    const std::string result = result_formula(method_rows, outcomes, slot, operands, out.counts);
    const double now = ok ? outcomes.unrounded[slot] : nan;
    if (result.empty())
      sheet_.number(row_, column_formula_result, now, number_look());
    else
      sheet_.formula(row_, column_formula_result, {result, now}, number_look());
    const bool zero = state == CellState::missing &&
                      c_.rules.missing == ruleset::MissingPolicy::zero;
    const bool full = state == CellState::not_applicable && out.counts;
    sheet_.formula(row_, column_points,
                   {points_formula(method, operands, full, outcomes.weight[slot]),
                    ok || zero || full ? outcomes.points[slot] : nan},
                   number_look());
    const std::string lost = "IF(" + operands.points + "=\"\",\"\",MAX(0," + operands.weight + "-" +
                             operands.points + "))";
    sheet_.formula(
        row_, column_lost,
        {lost, ok || zero ? std::max(0.0, outcomes.weight[slot] - outcomes.points[slot]) : nan},
        number_look());
    sheet_.text(row_, column_formula, method.points.text(), text_look());
    if (state == CellState::missing)
      note("没有结果：填入实际值后即可算出", "no result: fill in the actual and its points follow");
    if (state == CellState::not_applicable) note("不适用", "not applicable");
    if (state == CellState::error)
      note("结果有误，见问题清单", "the result is wrong, see the findings");
    sheet_.text(row_, column_note, notes_, text_look());
    ++row_;
    return out;
  }

  void note(std::string_view zh, std::string_view en) {
    notes_ += (notes_.empty() ? "" : "\n") + c_.say(zh, en);
  }

  [[nodiscard]] const project::Indicator& indicator_of(std::size_t slot) const {
    return c_.project.indicators[c_.binding.row_indicator[slot]];
  }

  void names(const scoring::MethodRows& method_rows, std::size_t slot, std::size_t block) {
    sheet_.text(row_, column_block, c_.in(c_.rules.blocks[block].name), text_look());
    sheet_.text(row_, column_name,
                c_.in(method_rows.is_fixed() ? method_rows.fixed().name : indicator_of(slot).name),
                text_look());
    std::string target;
    if (!method_rows.is_fixed()) target = indicator_of(slot).target_text;
    sheet_.text(row_, column_target_text, target, text_look());
  }

  // Every name of the method as a cell of this row, of the head, or a number.
  Operands write_operands(const scoring::MethodRows& method_rows, std::size_t i,
                          const std::vector<double>& values) {
    const ruleset::Method& method = method_rows.method();
    const std::size_t slot = method_rows.slot(i);
    const bool dated = !method_rows.is_fixed() && indicator_of(slot).unit.is_date();
    Operands out;
    out.cells.resize(method.scope.variables.size());
    const auto own = [&](std::size_t column) { return workbook::cell_name(row_, column); };
    const auto put = [&](std::size_t column, double x, bool given) {
      workbook::Look look = given ? given_look() : number_look();
      if (dated) look.format = "yyyy-mm-dd";
      sheet_.number(row_, column, dated ? x + days_of_1970 : x, look);
    };
    put(column_T, shown_target(method_rows, slot, values[ruleset::row_T]), false);
    put(column_U,
        is_used(method, ruleset::row_U) ? shown_target(method_rows, slot, values[ruleset::row_U])
                                        : std::nan(""),
        false);
    if (method_rows.is_fixed()) {
      const auto actual = to_excel(method_rows.fixed().actual, c_.rules.project_scope, head_.names);
      if (actual)
        sheet_.formula(
            row_, column_A,
            {guarded(method_rows.fixed().actual, head_.names, *actual), values[ruleset::row_A]},
            number_look());
      else
        sheet_.number(row_, column_A, values[ruleset::row_A], number_look());
    } else {
      put(column_A, values[ruleset::row_A], true);
    }
    out.cells[ruleset::row_A] = own(column_A);
    out.cells[ruleset::row_T] = own(column_T);
    out.cells[ruleset::row_U] = own(column_U);
    out.cells[ruleset::row_W] = own(column_W);
    for (std::size_t name = 0; name < ruleset::project_names; ++name)
      out.cells[ruleset::row_B0 + name] = head_.names[name];
    out.cells[ruleset::row_has_reason] = excel_number(values[ruleset::row_has_reason]);
    out.cells[ruleset::row_has_evidence] = excel_number(values[ruleset::row_has_evidence]);
    for (std::size_t input = 0; input < c_.rules.inputs.size(); ++input)
      out.cells[ruleset::row_names + input] = head_.names[ruleset::project_names + input];
    for (std::size_t name = method.first_param; name < method.scope.variables.size(); ++name) {
      if (!is_used(method, name)) continue;
      sheet_.text(row_, next_value_, method.scope.variables[name], text_look());
      sheet_.number(row_, next_value_ + 1, values[name], given_look());
      out.cells[name] = own(next_value_ + 1);
      sheet_.width(next_value_, 8);
      next_value_ += 2;
    }
    out.formula_result = own(column_formula_result);
    out.points = own(column_points);
    out.weight = own(column_W);
    return out;
  }

  static double shown_target(const scoring::MethodRows& method_rows, std::size_t, double x) {
    return method_rows.is_fixed() && !method_rows.fixed().has_target ? std::nan("") : x;
  }

  static bool is_used(const ruleset::Method& method, std::size_t name) {
    const auto uses = [&](const formula::Formula& formula) {
      return std::find(formula.used().begin(), formula.used().end(), name) != formula.used().end();
    };
    return uses(method.points) || (method.domain && uses(*method.domain)) ||
           (method.outside.points && uses(*method.outside.points)) ||
           std::any_of(method.accepts.begin(), method.accepts.end(),
                       [&](const auto& accept) { return uses(accept.that); });
  }

  // Blank unless every cell the formula reads holds a number: what is missing is never a gift.
  static std::string guarded(const formula::Formula& formula, std::span<const std::string> cells,
                             const std::string& text) {
    std::vector<std::string> needed;
    for (const std::size_t name : formula.needed()) {
      if (name < cells.size() && !cells[name].empty() && formula.word(name, 1).empty() &&
          cells[name].find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)
        needed.push_back(cells[name]);
    }
    std::string absent;  // words are no numbers to be counted
    for (const std::size_t name : formula.needed()) {
      if (name < cells.size() && !formula.word(name, 1).empty())
        absent += (absent.empty() ? "" : ",") + cells[name] + "=\"\"";
    }
    if (!absent.empty()) return "IF(OR(" + absent + "),\"\"," + guarded_numbers(needed, text) + ")";
    return guarded_numbers(needed, text);
  }

  static std::string guarded_numbers(const std::vector<std::string>& needed,
                                     const std::string& text) {
    if (needed.empty()) return text;
    std::string list;
    for (const std::string& each : needed) list += (list.empty() ? "" : ",") + each;
    return "IF(COUNT(" + list + ")<" + std::to_string(needed.size()) + ",\"\"," + text + ")";
  }

  // Empty when the value is all there is.
  std::string result_formula(const scoring::MethodRows& method_rows,
                             const scoring::Outcomes& outcomes, std::size_t slot,
                             const Operands& operands, bool counts) {
    const ruleset::Method& method = method_rows.method();
    if (!counts || outcomes.state[slot] == CellState::not_applicable ||
        outcomes.state[slot] == CellState::error)
      return {};
    const auto points = to_excel(method.points, method.scope, operands.cells);
    if (!points) {
      note("公式用到表格软件没有的函数（工作日历），这里是算好的值",
           "uses a function spreadsheets do not have (working days): shown by its value");
      return {};
    }
    std::string out = *points;
    std::vector<std::string> conditions;
    for (const auto& accept : method.accepts) {
      const auto condition = to_excel_condition(accept.that, method.scope, operands.cells);
      if (condition) conditions.push_back(*condition);
    }
    if (method.domain) {
      if (const auto domain = to_excel_condition(*method.domain, method.scope, operands.cells))
        out = "IF(" + *domain + "," + out + "," +
              outside_formula(method.outside, method.scope, operands) + ")";
    }
    if (method_rows.is_fixed() && method_rows.fixed().domain) {
      const auto domain =
          to_excel_condition(*method_rows.fixed().domain, c_.rules.project_scope, head_.names);
      if (domain)
        out = "IF(" + *domain + "," + out + "," +
              outside_formula(method_rows.fixed().outside, c_.rules.project_scope,
                              head_operands(operands)) +
              ")";
    }
    for (const std::string& condition : conditions) out = "IF(" + condition + "," + out + ",\"\")";
    return guarded(method.points, operands.cells, out);
  }

  Operands head_operands(const Operands& operands) const {
    Operands out = operands;
    out.cells = head_.names;
    return out;
  }

  static std::string outside_formula(const ruleset::Outside& outside, const formula::Scope& scope,
                                     const Operands& operands) {
    switch (outside.policy) {
      case ruleset::OutsidePolicy::zero: return "0";
      case ruleset::OutsidePolicy::full: return operands.weight;
      case ruleset::OutsidePolicy::formula:
        if (outside.points)
          return to_excel(*outside.points, scope, operands.cells).value_or("\"\"");
        return "0";
      default: return "\"\"";
    }
  }

  std::string points_formula(const ruleset::Method& method, const Operands& operands, bool full,
                             double weight) const {
    std::string out = method.beyond
                          ? operands.formula_result
                          : "MAX(0,MIN(" + operands.weight + "," + operands.formula_result + "))";
    if (full) out = operands.weight;
    if (c_.rules.indicator_rounding) {
      const value::Rounding rounding = value::beside_weight(*c_.rules.indicator_rounding, weight);
      out = excel_rounding(rounding, out);
      // Where the weight has more decimals than its points, they must be held to it once more.
      if (!method.beyond && rounding(weight) > weight)
        out = "MIN(" + operands.weight + "," + out + ")";
    }
    if (full) return out;
    const std::string absent = c_.rules.missing == ruleset::MissingPolicy::zero ? "0" : "\"\"";
    return "IF(ISNUMBER(" + operands.formula_result + ")," + out + "," + absent + ")";
  }

  const Calculation& c_;
  const ProjectCells& head_;
  workbook::Sheet& sheet_;
  std::size_t row_;
  std::size_t next_value_ = column_first_value;
  std::string notes_;
};

}  // namespace

std::vector<RowCells> write_rows(const Calculation& calculation, const ProjectCells& head,
                                 workbook::Sheet& sheet) {
  std::vector<RowCells> rows = RowWriter(calculation, head, sheet).write();
  if (!rows.empty()) {
    workbook::Bars bars;
    bars.over = {rows.front().row, column_lost, rows.back().row - rows.front().row + 1, 1};
    bars.colour = 0xE8A07A;
    sheet.bars(bars);
    sheet.freeze(0, column_name);
  }
  return rows;
}

}  // namespace jixiao::filing
