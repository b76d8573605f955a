// One filled-in form as it stands on paper: every field with its place, nothing repaired, nothing
// guessed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "document/place.hpp"
#include "jixiao/text.hpp"

namespace jixiao::forms {

// Text exactly as printed, outer blanks removed. A cell that is not on the form at all has no
// place; a blank cell has one.
struct Field {
  std::string text;
  FormPlace place;
  [[nodiscard]] bool on_form() const { return place.row != 0; }
  [[nodiscard]] bool blank() const { return text.empty(); }
};

// A value beside another of its kind (the mid-year beside the year-end result, reviewed beside the
// office's own points), or under a heading nobody here knows: kept as it stands, scored by nothing.
struct SecondValue {
  std::string heading;
  Field field;
};

enum class FormKind { declaration, self_evaluation };

// A row of the money table: the year's sum, or one source of it.
struct MoneyRow {
  Field name;
  Field initial, adjusted, executed;
  Field weight, rate, points;  // 分值, 执行率, 得分
  bool total = false;          // 年度资金总额; false: 当年财政拨款 and the like
  Field midterm;               // a declaration's mid-term amount of the same source
  std::vector<SecondValue> others;
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
  Field rule;                       // the rule text printed beside the row: 评分标准
  Field block_weight, type_weight;  // printed behind the levels of a scoring table, or in their
                                    // names
  Field block_points, type_points;
  std::vector<Field> more_rule;  // of rows below that have nothing else
  Field baseline, calculation, source, note;
  std::vector<SecondValue> others;
};

// A row that stands beside the indicators: points added, points taken, or what overrules the total.
enum class EventKind { bonus, penalty, veto };
struct EventRow {
  EventKind kind = EventKind::bonus;
  bool told = true;  // false: the kind was guessed from signs alone
  Field block, name, rule, actual, weight, points, reason;
  std::vector<SecondValue> others;
};

// What a subtotal or total row prints.
struct PrintedSum {
  Field name;  // 总分, 小计, 产出指标小计
  Field weight;
  Field points;
  std::vector<SecondValue> others = {};  // of the columns that are kept aside
};

// How a heading was understood.
struct ColumnReading {
  FormPlace place;
  std::string heading;
  Text taken_as;  // "target"; "kept, not scored (result: mid-year)"
  std::size_t width = 1;
};

// A table of a form, or a part of one: its headings and what its rows are.
struct TableReading {
  enum class Kind { indicators, money, given };  // given: by the caller, --columns
  Kind kind = Kind::indicators;
  FormPlace place;  // of its first row of headings
  std::size_t last_heading = 0;
  std::vector<ColumnReading> columns;
  std::vector<std::size_t> rows, sums, repeated, sections;  // numbers of rows; sections: a block's
                                                            // name alone
  std::vector<std::size_t> events;
};

// A cell with words that is in the file and not in the project.
struct Unread {
  FormPlace place;
  std::string text;
  Text reason;
  bool counts = false;  // it stands under a heading that was understood, or holds an amount: it may
                        // be missed
};

// A choice between readings that a person should confirm.
struct FormDoubt {
  FormPlace place;
  Text taken, change;
  bool guess = true;
};

// How a form was read: every cell with words is a heading, a label, a value of the project, or
// unread.
struct ReadingMap {
  std::vector<TableReading> tables;
  std::vector<Unread> unread;
  std::vector<FormDoubt> doubts;
  std::size_t rows_lost = 0;    // under the headings of indicators, with numbers, and no indicator
  bool unsure_columns = false;  // of two columns of results, targets, weights or points one was
                                // guessed
};

struct Form {
  ReadingMap map;
  FormKind kind = FormKind::declaration;
  std::string file;
  Field title, year, project, code, department, unit, period_from, period_to;
  Field heading_unit;  // 万元, 元: of the money table
  std::vector<MoneyRow> money;
  std::vector<ItemRow> items;
  Field annual_goal, midterm_goal, reached_goal;
  std::vector<IndicatorRow> indicators;
  std::vector<IndicatorRow> longterm;  // of a block of their own, beside those of the year
  std::vector<EventRow> events;
  std::vector<PrintedSum> sums;
  Field total, rating;        // as printed
  bool scoring = false;       // a scoring table (评分表): points and no targets
  Field rules;                // the rule set, where the form names it
  bool illustrative = false;  // says of itself that its results are invented
};

}  // namespace jixiao::forms
