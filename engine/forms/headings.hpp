// The words forms are headed with, in the many spellings of the regions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "forms/form.hpp"
#include "jixiao/text.hpp"

namespace jixiao::forms {

// What headings are compared as: full-width signs as ASCII, traditional characters as simplified,
// no white space, no colon at the end. `bare` also loses what is in parentheses, and is empty for
// what is too long to be a heading.
std::string folded(std::string_view text);
std::string bare(std::string_view text);
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool has_any(std::string_view text, std::string_view words);  // one of `words`, split by '|', is in
                                                              // it
bool is_any(std::string_view text, std::string_view words);   // is one of them

// A column of the table of indicators.
enum class Column {
  block,
  type,
  name,
  op,
  target,
  unit,
  midterm_target,
  actual,
  completion,
  weight,
  points,
  reason,
  remedy,
  rule,
  baseline,
  calculation,
  source,
  note
};
std::optional<Column> indicator_column(std::string_view heading);
// 绩效指标, 指标: the name, where no other column is headed as one.
bool may_head_names(std::string_view heading);
// The word for a role, as --columns takes it ("target"), and for people.
const char* name(Column column);
Text words_for(Column column);
std::optional<Column> column_named(std::string_view word);

// Which of several columns of one kind a heading speaks of.
enum class Variant { none, initial, adjusted, midyear, yearend, self, reviewed, longterm, annual };
Variant variant_of(std::string_view heading, Column column);
Text words_for(Variant variant);

// A column of the table of money.
enum class MoneyColumn { initial, adjusted, executed, weight, rate, points };
std::optional<MoneyColumn> money_column(std::string_view heading);
// A budget whose heading does not say which: 预算数, 预算安排.
bool is_plain_budget(std::string_view heading);
// 中央财政, 其他资金: where money comes from.
bool is_money_source(std::string_view label);
bool is_money_total(std::string_view label);

// A label with its value beside it.
enum class Label { project, code, department, unit, period, year, total, rating, rules };
std::optional<Label> label_of(std::string_view text);
// A column, or a label, of the goals.
enum class Goal { annual, midterm, reached };
std::optional<Goal> goal_of(std::string_view text);
bool is_goal_heading(std::string_view text);

bool is_title(std::string_view text);
bool is_sum(std::string_view text);  // 总分, 小计
// 填报人, 审核人：王某, 说明： ...: the label of a line under the table, never the name of an
// indicator that only begins so.
bool is_footer(std::string_view text);
// A label that has its value beside it, of the many a form may have.
bool is_label_like(std::string_view text);
bool is_midterm(std::string_view text);
// 投入（15分）, 数量指标 20分: a name, and the points in it ("15", "15%").
struct PointedName {
  std::string name;
  std::string points;
};
std::optional<PointedName> pointed_name(std::string_view text);
// 加分项, 扣分项, 一票否决项: the heading of rows that are no indicators. 加减分项 may be either of
// the first two: told by the row's own signs.
enum class EventHeading { bonus, penalty, either, veto };
std::optional<EventHeading> event_heading(std::string_view text);

// 万元, 元 ... where a heading gives one: 项目资金（万元）, 单位：元. Empty when it does not.
std::string heading_unit(std::string_view text);
// The year of a title or a deadline: 2020 of （2020年度）; empty when there is none.
std::string year_in(std::string_view text);

}  // namespace jixiao::forms
