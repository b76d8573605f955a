// One filled-in form as it stands on paper: every field with its place, nothing repaired, nothing
// guessed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace jixiao::forms {

// Where a field stands. `table` counts from 1 (a worksheet, a table of a document, a run of lines
// of a text); so do `row` and `column`. 0: nowhere. `sheet` is the worksheet's name where there are
// worksheets.
struct FormPlace {
  std::size_t table = 0;  // 0: outside the tables; `row` is then the paragraph
  std::size_t row = 0;
  std::size_t column = 0;
  std::string sheet;
  std::size_t line = 0;  // of a text file; 0 elsewhere
};

// Text exactly as printed, outer blanks removed. A cell that is not on the form at all has no
// place; a blank cell has one.
struct Field {
  std::string text;
  FormPlace place;
  [[nodiscard]] bool on_form() const { return place.row != 0; }
  [[nodiscard]] bool blank() const { return text.empty(); }
};

enum class FormKind { declaration, self_evaluation };

// A row of the money table: the year's sum, or one source of it.
struct MoneyRow {
  Field name;
  Field initial, adjusted, executed;
  Field weight, rate, points;  // 分值, 执行率, 得分
  bool total = false;          // 年度资金总额; false: 当年财政拨款 and the like
  Field midterm;               // a declaration's mid-term amount of the same source
};

// What part of the money is for, where the form spends words on it: 1.社区居委会工作经费：870000元.
struct ItemRow {
  Field name, amount;
};

struct IndicatorRow {
  Field block, type, name;  // 一级, 二级, 三级指标; a blank cell that repeats the one above is
                            // given that one's text, with its own place
  Field op, target, unit;  // 指标性质, 指标值, 度量单位: op and unit only where they stand in
                           // columns of their own
  Field midterm_name, midterm_target;  // the mid-term columns beside the annual ones
  Field actual, completion;            // 完成值, 完成率
  Field weight, points;                // 分值, 得分
  Field reason, remedy;
  Field rule;  // the rule text printed beside the row: 评分标准
  Field baseline, calculation, source, note;
};

// What a subtotal or total row prints.
struct PrintedSum {
  Field name;  // 总分, 小计, 产出指标小计
  Field weight;
  Field points;
};

struct Form {
  FormKind kind = FormKind::declaration;
  std::string file;
  Field title, year, project, code, department, unit, period_from, period_to;
  Field heading_unit;  // 万元, 元: of the money table
  std::vector<MoneyRow> money;
  std::vector<ItemRow> items;
  Field annual_goal, midterm_goal, reached_goal;
  std::vector<IndicatorRow> indicators;
  std::vector<PrintedSum> sums;
  Field total, rating;        // as printed
  Field rules;                // the rule set, where the form names it
  bool illustrative = false;  // says of itself that its results are invented
};

}  // namespace jixiao::forms
