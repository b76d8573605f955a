#include <algorithm>
#include <array>
#include <utility>

#include "forms/form_rows.hpp"

namespace jixiao::forms {
namespace {

constexpr std::size_t roles = 6;
constexpr std::size_t most_money_rows = 200;

struct MoneyHeading {
  std::size_t row = 0;
  std::size_t first_column = 0;  // labels stand left of it
  std::array<ColumnRange, roles> columns;
  std::vector<std::pair<std::string, ColumnRange>> second;  // more columns of a kind that has one
  [[nodiscard]] const ColumnRange& of(MoneyColumn column) const {
    return columns[static_cast<std::size_t>(column)];
  }
};

bool is_amount(std::string_view text) {
  const std::string words = folded(text);
  return !words.empty() && words.find_first_of("0123456789") != std::string::npos &&
         words.find_first_not_of("0123456789.,-亿万千元¥￥$%") == std::string::npos;
}

bool heads_labels(const Table& table, std::size_t row, const DocumentCell& cell) {
  for (std::size_t below = row + 1; below <= std::min(row + 2, table.rows()); ++below) {
    for (std::size_t column = cell.column; column < cell.column + cell.columns; ++column) {
      const DocumentCell* label = table.at(below, column);
      if (label == nullptr || label->text.empty() || label == &cell) continue;
      if (is_amount(label->text)) return false;
      return is_money_total(label->text) || is_money_source(label->text);
    }
  }
  return false;
}

std::optional<MoneyHeading> money_heading(const Table& table, std::size_t row) {
  MoneyHeading out;
  out.row = row;
  std::size_t amounts = 0;
  for (const DocumentCell* cell : table.row(row)) {
    const auto role = money_column(cell->text);
    if (!role) continue;
    // 年度预算数（万元） over 年度资金总额: it heads the labels.
    if (heads_labels(table, row, *cell)) continue;
    // 预算安排 beside 调整后预算 is what was budgeted first.
    ColumnRange& adjusted = out.columns[static_cast<std::size_t>(MoneyColumn::adjusted)];
    ColumnRange& initial = out.columns[static_cast<std::size_t>(MoneyColumn::initial)];
    if (role == MoneyColumn::adjusted && adjusted.there() && !initial.there()) {
      const ColumnRange here{cell->column, cell->column + cell->columns - 1};
      const bool first_is_plain = is_plain_budget(table.at(row, adjusted.from)->text);
      if (first_is_plain != is_plain_budget(cell->text)) {
        initial = first_is_plain ? adjusted : here;
        if (first_is_plain) adjusted = here;
        ++amounts;
        continue;
      }
    }
    if (out.columns[static_cast<std::size_t>(*role)].there()) {
      out.second.push_back({cell->text, {cell->column, cell->column + cell->columns - 1}});
      continue;
    }
    if (*role <= MoneyColumn::executed) {
      // 预算数 | 100 | 执行数 | 95 is no row of headings.
      const DocumentCell* beside = table.at(row, cell->column + cell->columns);
      if (beside != nullptr && !beside->text.empty() && !money_column(beside->text)) continue;
      ++amounts;
    }
    out.columns[static_cast<std::size_t>(*role)] = {cell->column, cell->column + cell->columns - 1};
    if (out.first_column == 0) out.first_column = cell->column;
  }
  if (amounts < 2 || out.first_column == 1) return std::nullopt;
  return out;
}

// The label nearest to the amounts.
Field money_label(const Table& table, std::size_t row, std::size_t before) {
  for (std::size_t column = before; column-- > 1;) {
    const Field field = field_of(table, row, column);
    if (!field.blank()) return field;
  }
  return {};
}

void note_unit(const Field& field, Form& form) {
  const std::string unit = heading_unit(field.text);
  if (!unit.empty() && !form.heading_unit.on_form()) form.heading_unit = {unit, field.place};
}

bool ends_money(const Table& table, std::size_t row) {
  for (const DocumentCell* cell : table.row(row)) {
    if (is_goal_heading(cell->text) || (goal_of(cell->text) && !money_column(cell->text)))
      return true;
  }
  return indicator_heading(table, row).has_value();
}

// A text does not say how wide its cells were: a row with fewer of them than its heading lost them
// at the label.
std::size_t text_shift(const Table& table, std::size_t heading, std::size_t row) {
  const auto above = table.row(heading);
  const auto here = table.row(row);
  return !here.empty() && !table.has_exact_columns() && here.size() < above.size()
             ? above.size() - here.size()
             : 0;
}

Text words_for(MoneyColumn column) {
  switch (column) {
    case MoneyColumn::initial: return {"年初预算", "initial budget"};
    case MoneyColumn::adjusted: return {"全年预算", "adjusted budget"};
    case MoneyColumn::executed: return {"执行数", "executed"};
    case MoneyColumn::weight: return {"分值", "weight"};
    case MoneyColumn::rate: return {"执行率", "rate of execution"};
    default: return {"得分", "points"};
  }
}

TableReading reading_of(const Table& table, const MoneyHeading& heading) {
  TableReading out;
  out.kind = TableReading::Kind::money;
  out.place = table.place(heading.row, heading.first_column);
  out.last_heading = heading.row;
  for (const DocumentCell* cell : table.row(heading.row)) {
    if (cell->text.empty()) continue;
    ColumnReading column{
        table.place(heading.row, cell->column), cell->text, {"标签", "a label"}, cell->columns};
    for (std::size_t i = 0; i < roles; ++i) {
      if (heading.columns[i].from == cell->column)
        column.taken_as = words_for(static_cast<MoneyColumn>(i));
    }
    for (const auto& [words, range] : heading.second) {
      if (range.from == cell->column) column.taken_as = {"照录不计分", "kept, not scored"};
    }
    out.columns.push_back(std::move(column));
  }
  return out;
}

// （20分） in the heading of the money, where no column gives the points of the execution.
void take_weight_of_heading(const Table& table, const MoneyHeading& heading, Form& form) {
  for (const MoneyRow& row : form.money) {
    if (!row.weight.blank()) return;
  }
  for (const DocumentCell* cell : table.row(heading.row)) {
    if (cell->column >= heading.first_column && !heads_labels(table, heading.row, *cell) &&
        cell->column != 1)
      continue;
    const std::string words = folded(cell->text);
    const std::size_t close = words.find("分)");
    const std::size_t open = close == std::string::npos ? close : words.rfind('(', close);
    if (open == std::string::npos) continue;
    const std::string number = words.substr(open + 1, close - open - 1);
    if (number.empty() || number.find_first_not_of("0123456789.") != std::string::npos) continue;
    const auto total = std::find_if(form.money.begin(), form.money.end(),
                                    [](const MoneyRow& row) { return row.total; });
    MoneyRow& row = total != form.money.end() ? *total : form.money.front();
    row.weight = {number, table.place(heading.row, cell->column)};
    return;
  }
}

void read_below(const Table& table, const MoneyHeading& heading, std::size_t last, Form& form) {
  TableReading reading = reading_of(table, heading);
  const auto finish = [&] {
    if (form.money.empty()) return;
    take_weight_of_heading(table, heading, form);
    form.map.tables.push_back(std::move(reading));
  };
  for (std::size_t row = heading.row + 1; row <= last && form.money.size() < most_money_rows;
       ++row) {
    if (ends_money(table, row)) break;
    MoneyRow out;
    const std::size_t shift = text_shift(table, heading.row, row);
    out.name =
        money_label(table, row, heading.first_column - std::min(shift, heading.first_column - 1));
    const auto under = [&](MoneyColumn column) {
      ColumnRange range = heading.of(column);
      if (range.there() && range.from > shift) range = {range.from - shift, range.to - shift};
      return field_under(table, row, range, false);
    };
    out.initial = under(MoneyColumn::initial);
    out.adjusted = under(MoneyColumn::adjusted);
    out.executed = under(MoneyColumn::executed);
    out.weight = under(MoneyColumn::weight);
    out.rate = under(MoneyColumn::rate);
    out.points = under(MoneyColumn::points);
    const bool has_amount = is_amount(out.initial.text) || is_amount(out.adjusted.text) ||
                            is_amount(out.executed.text);
    if (out.name.blank() ||
        (!has_amount && !is_money_source(out.name.text) && !is_money_total(out.name.text)))
      break;
    note_unit(out.name, form);
    // 年度财政资金总额 is a sum; 其中：财政拨款合计 is of one source.
    out.total =
        is_money_total(out.name.text) &&
        (!is_money_source(out.name.text) || (has_any(bare(out.name.text), "总额|总金额|总计") &&
                                             !has_any(bare(out.name.text), "其中")));
    for (const auto& [words, range] : heading.second) {
      const Field field = field_under(table, row, range, false);
      if (!field.blank()) out.others.push_back({words, field});
    }
    reading.rows.push_back(row);
    form.money.push_back(std::move(out));
  }
  finish();
}

// 总投入 | 中央财政 | 省级财政 ... over rows of 中期资金来源（元）, 年度资金来源（元）.
bool read_sources_across(const Table& table, std::size_t row, std::size_t last, Form& form) {
  std::vector<const DocumentCell*> sources;
  for (const DocumentCell* cell : table.row(row)) {
    if (is_money_source(cell->text) ||
        is_any(bare(cell->text), "总投入|合计|总额|总投资|资金总额|小计"))
      sources.push_back(cell);
  }
  if (sources.size() < 3) return false;
  for (const DocumentCell* source : sources) {
    MoneyRow out;
    out.name = {source->text, table.place(row, source->column)};
    out.total = !is_money_source(source->text);
    for (std::size_t below = row + 1; below <= last && below <= row + 4; ++below) {
      const Field label = money_label(table, below, sources.front()->column);
      if (label.blank() || ends_money(table, below)) break;
      note_unit(label, form);
      const Field amount =
          field_under(table, below, {source->column, source->column + source->columns - 1});
      (is_midterm(label.text) ? out.midterm : out.initial) = amount;
    }
    form.money.push_back(std::move(out));
  }
  return true;
}

// 年度资金总额： | 100 | ... with 其中：财政拨款 | 100 below it, perhaps beside the same for the
// mid-term.
class LabelledMoney {
 public:
  LabelledMoney(const Table& table, Form& form) : table_(table), form_(form) {}

  void read_row(std::size_t row) {
    for (const DocumentCell* cell : table_.row(row)) {
      const Field label = field_of(table_, row, cell->column);
      const Field amount = right_of(table_, row, cell->column);
      if (!amount.on_form()) continue;
      const std::string words = bare(label.text);
      const bool total = has_any(words, "资金总额|项目总投资|年度预算总额") ||
                         is_any(words, "项目资金|年度资金|年度预算");
      if (is_any(words, "预算数|全年预算数|执行数|全年执行数|年初预算数") &&
          is_amount(amount.text)) {
        keep_in_total(*money_column(words), label, amount);
      } else if (total && (is_amount(amount.text) || amount.blank())) {
        note_unit(label, form_);
        const bool midterm = is_midterm(label.text);
        if (midterm) midterm_column_ = cell->column;
        MoneyRow& sum = total_row(label);
        (midterm ? sum.midterm : sum.initial) = amount;
      } else if (has_total_ && is_money_source(label.text) &&
                 (is_amount(amount.text) || amount.blank())) {
        const bool midterm = cell->column == midterm_column_;
        MoneyRow& source = source_row(label);
        (midterm ? source.midterm : source.initial) = amount;
      }
    }
  }

 private:
  MoneyRow& total_row(const Field& label) {
    if (!has_total_) {
      form_.money.insert(form_.money.begin(), MoneyRow{});
      form_.money.front().name = label;
      form_.money.front().total = true;
      has_total_ = true;
    }
    return form_.money.front();
  }

  MoneyRow& source_row(const Field& label) {
    for (MoneyRow& row : form_.money) {
      if (!row.total && bare(row.name.text) == bare(label.text)) return row;
    }
    form_.money.push_back({});
    form_.money.back().name = label;
    return form_.money.back();
  }

  void keep_in_total(MoneyColumn column, const Field& label, const Field& amount) {
    note_unit(label, form_);
    MoneyRow& sum = total_row(label);
    if (column == MoneyColumn::initial) sum.initial = amount;
    if (column == MoneyColumn::adjusted) sum.adjusted = amount;
    if (column == MoneyColumn::executed) sum.executed = amount;
  }

  const Table& table_;
  Form& form_;
  bool has_total_ = false;
  std::size_t midterm_column_ = 0;
};

}  // namespace

void read_money(const RowRange& rows, Form& form) {
  const Table& table = *rows.table;
  if (!form.money.empty()) return;
  for (std::size_t row = rows.first; row <= rows.last; ++row) {
    if (const auto heading = money_heading(table, row)) {
      for (const DocumentCell* cell : table.row(row))
        note_unit(field_of(table, row, cell->column), form);
      for (std::size_t column = 1; column < heading->first_column; ++column)
        note_unit(field_of(table, row, column), form);
      read_below(table, *heading, rows.last, form);
      if (!form.money.empty()) break;
    } else if (read_sources_across(table, row, rows.last, form)) {
      break;
    }
  }
  if (form.money.empty()) {
    LabelledMoney labelled(table, form);
    for (std::size_t row = rows.first; row <= rows.last && form.money.size() < most_money_rows;
         ++row)
      labelled.read_row(row);
  }
  if (form.heading_unit.on_form()) return;
  // 金额单位：万元 above the table.
  for (std::size_t row = rows.first; row <= rows.last; ++row) {
    for (const DocumentCell* cell : table.row(row))
      note_unit(field_of(table, row, cell->column), form);
  }
}

}  // namespace jixiao::forms
