#include <algorithm>

#include "document/readers.hpp"
#include "forms/form_rows.hpp"
#include "forms/headings.hpp"

namespace jixiao::forms {
namespace {

Field& field_for(Label label, Form& form) {
  switch (label) {
    case Label::project: return form.project;
    case Label::code: return form.code;
    case Label::department: return form.department;
    case Label::unit: return form.unit;
    case Label::year: return form.year;
    case Label::total: return form.total;
    case Label::rating: return form.rating;
    case Label::rules: return form.rules;
    default: return form.period_from;
  }
}

bool is_heading(const std::string& text) {
  return label_of(text) || goal_of(text) || indicator_column(text);
}

// 2020年1月-12月 as its two ends.
void split_period(const Field& whole, Form& form) {
  form.period_from = form.period_to = whole;
  for (const std::string_view sign : {"至", "--", "—", "－", "～", "~", "-"}) {
    const std::size_t at = whole.text.find(sign);
    if (at == std::string::npos) continue;
    // 2020-01-01 至 2020-12-31 was split at 至; a lone 2020-01 has no two ends.
    const std::string left = trimmed(std::string_view(whole.text).substr(0, at));
    std::string_view rest = std::string_view(whole.text).substr(at + sign.size());
    while (rest.starts_with(sign)) rest.remove_prefix(sign.size());
    if (sign == "-" && left.find("年") == std::string::npos) return;
    form.period_from.text = left;
    form.period_to.text = trimmed(rest);
    return;
  }
}

// (2023年度) without its parentheses.
std::string without_parentheses(std::string text) {
  std::erase_if(text, [](char c) { return c == '(' || c == ')' || c == '[' || c == ']'; });
  return text;
}

// What stands beside a label. In a file saved from merged cells blank ones lie between; where a
// merged blank cell stands there, it is the value.
Field value_of(const Table& table, std::size_t row, std::size_t column) {
  Field value = right_of(table, row, column);
  Field first = value;
  while (value.on_form() && value.blank()) {
    const DocumentCell* cell = table.at(row, value.place.column);
    if (cell == nullptr || cell->columns > 1 || cell->rows > 1) return first;
    value = right_of(table, row, value.place.column);
  }
  if (!value.on_form() || is_label_like(value.text)) return first;
  return value;
}

constexpr std::size_t most_items = 500;

// "2.社区干部教育培训经费：180000元", as often as it stands in one paragraph.
void read_items(const Paragraph& paragraph, Form& form) {
  const std::string_view words = paragraph.text;
  for (std::size_t at = 0; at < words.size() && form.items.size() < most_items; ++at) {
    if (!is_digit(words[at]) || (at > 0 && (is_digit(words[at - 1]) || words[at - 1] == '.')))
      continue;
    std::size_t name = at;
    while (name < words.size() && is_digit(words[name])) ++name;
    std::size_t mark = 0;
    for (const std::string_view sign : {".", "．", "、"}) {
      if (words.substr(name).starts_with(sign)) mark = sign.size();
    }
    if (mark == 0 || name - at > 2) continue;
    name += mark;
    const std::size_t wide = words.find("：", name);
    const std::size_t narrow = words.find(':', name);
    const std::size_t colon = std::min(wide, narrow);
    if (colon == std::string_view::npos || colon - name > 200) return;
    std::size_t begin = colon + (colon == wide ? 3 : 1);
    while (begin < words.size() && words[begin] == ' ') ++begin;
    std::size_t end = begin;
    while (end < words.size() && (is_digit(words[end]) || words[end] == '.' || words[end] == ','))
      ++end;
    std::size_t unit = 0;
    for (const std::string_view each : {"元", "万元", "亿元"}) {
      if (words.substr(end).starts_with(each)) unit = each.size();
    }
    if (end == begin || unit == 0) continue;
    const FormPlace place{0, paragraph.number, 0, {}, paragraph.line};
    form.items.push_back({{trimmed(words.substr(name, colon - name)), place},
                          {std::string(words.substr(begin, end + unit - begin)), place}});
    at = end + unit - 1;
  }
}

}  // namespace

void read_labels(const RowRange& rows, Form& form) {
  const Table& table = *rows.table;
  bool below_heading = false;
  for (std::size_t row = rows.first; row <= rows.last; ++row) {
    if (const auto heading = indicator_heading(table, row)) {
      below_heading = true;
      // On a table that was turned the title stands beside the headings.
      for (const HeadingCell& cell : heading->cells) {
        if (cell.role || !is_title(cell.text) || form.title.on_form()) continue;
        form.title = field_of(table, row, cell.range.from);
        if (const std::string year = year_in(folded(cell.text));
            !year.empty() && !form.year.on_form())
          form.year = {year, form.title.place};
      }
      continue;
    }
    for (const DocumentCell* cell : table.row(row)) {
      const Field here = field_of(table, row, cell->column);
      if (is_title(here.text) && !below_heading && !form.title.on_form()) form.title = here;
      form.illustrative = form.illustrative || here.text.starts_with("示例结果");
      if (!here.blank() && !form.year.on_form() && !below_heading && row < rows.first + 6 &&
          (is_title(here.text) || bare(here.text).empty() ||
           has_any(folded(here.text), "年度)|年度自评|年度项目|年度绩效")))
        if (std::string year = year_in(bare(here.text).empty()
                                           ? without_parentheses(folded(here.text))
                                           : folded(here.text));
            !year.empty())
          form.year = {year, here.place};
      const auto label = label_of(here.text);
      // there it is a row of sums
      if (!label || (*label == Label::total && below_heading)) continue;
      Field& field = field_for(*label, form);
      Field value = value_of(table, row, cell->column);
      if (field.on_form() || !value.on_form()) continue;
      if (is_heading(value.text)) value.text.clear();
      field = value;
      if (*label == Label::year)
        field.text = year_in(value.text + (value.text.ends_with("年") ? "" : "年"));
      if (*label == Label::period && !value.blank()) split_period(value, form);
    }
  }
}

void read_goals(const RowRange& rows, Form& form) {
  const Table& table = *rows.table;
  const auto keep = [&](Goal goal, const Field& field) {
    Field& to = goal == Goal::annual    ? form.annual_goal
                : goal == Goal::midterm ? form.midterm_goal
                                        : form.reached_goal;
    if (!to.on_form() || to.blank()) to = field;
  };
  for (std::size_t row = rows.first; row <= rows.last; ++row) {
    if (indicator_heading(table, row)) return;
    std::vector<std::pair<Goal, const DocumentCell*>> columns;
    for (const DocumentCell* cell : table.row(row)) {
      if (const auto goal = goal_of(cell->text)) columns.emplace_back(*goal, cell);
    }
    if (columns.empty()) continue;
    const bool first_is_heading = is_goal_heading(columns.front().second->text) &&
                                  columns.size() > 1;
    if (columns.size() - (first_is_heading ? 1 : 0) >= 2 && row < table.rows()) {
      for (const auto& [goal, cell] : columns) {
        if (first_is_heading && cell == columns.front().second) continue;
        keep(goal,
             field_under(table, row + 1, {cell->column, cell->column + cell->columns - 1}, false));
      }
      continue;
    }
    for (const auto& [goal, cell] : columns) {
      const Field value = value_of(table, row, cell->column);
      if (value.on_form() && !goal_of(value.text)) keep(goal, value);
    }
  }
}

void read_paragraphs(const std::vector<const Paragraph*>& paragraphs, Form& form) {
  const auto place = [](const Paragraph& p) { return FormPlace{0, p.number, 0, {}, p.line}; };
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const Paragraph& here = *paragraphs[i];
    if (is_title(here.text) && !form.title.on_form()) form.title = {here.text, place(here)};
    form.illustrative = form.illustrative || here.text.starts_with("示例结果");
    if (!form.year.on_form() &&
        (is_title(here.text) || has_any(folded(here.text), "年度)|年度自评|年度项目|年度绩效")))
      if (const std::string year = year_in(without_parentheses(folded(here.text))); !year.empty())
        form.year = {year, place(here)};
    if (const std::string unit = heading_unit(here.text);
        !unit.empty() && !form.heading_unit.on_form() && here.text.size() < 120)
      form.heading_unit = {unit, place(here)};
    // "单位名称：昆明市呈贡区民政局", or the value in the paragraph after its label.
    const std::size_t colon = std::min(here.text.find("："), here.text.find(':'));
    const bool inside = colon != std::string::npos;
    const auto label = label_of(inside ? here.text.substr(0, colon) : here.text);
    if (!label || *label == Label::total || *label == Label::rating) {
      read_items(here, form);
      continue;
    }
    Field& field = field_for(*label, form);
    std::string value =
        inside
            ? trimmed(std::string_view(here.text).substr(colon + (here.text[colon] == ':' ? 1 : 3)))
            : std::string();
    if (value.empty() && !inside && i + 1 < paragraphs.size()) value = paragraphs[i + 1]->text;
    if (field.on_form() || value.empty()) continue;
    field = {value, place(here)};
    if (*label == Label::period) split_period(field, form);
    if (*label == Label::year) field.text = year_in(value);
  }
}

}  // namespace jixiao::forms
