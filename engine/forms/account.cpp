#include <algorithm>
#include <set>

#include "forms/form_rows.hpp"

namespace jixiao::forms {
namespace {

// Calls `visit` with every field of a form.
template <class Visit>
void each_field(const Form& form, const Visit& visit) {
  for (const Field* field :
       {&form.title, &form.year, &form.project, &form.code, &form.department, &form.unit,
        &form.period_from, &form.period_to, &form.heading_unit, &form.annual_goal,
        &form.midterm_goal, &form.reached_goal, &form.total, &form.rating, &form.rules})
    visit(*field);
  for (const MoneyRow& row : form.money) {
    for (const Field* field : {&row.name, &row.initial, &row.adjusted, &row.executed, &row.weight,
                               &row.rate, &row.points, &row.midterm})
      visit(*field);
    for (const SecondValue& other : row.others) visit(other.field);
  }
  const auto indicator = [&](const IndicatorRow& row) {
    for (const Field* field :
         {&row.block,       &row.type,         &row.name,           &row.op,     &row.target,
          &row.unit,        &row.midterm_name, &row.midterm_target, &row.actual, &row.completion,
          &row.weight,      &row.points,       &row.reason,         &row.remedy, &row.rule,
          &row.baseline,    &row.calculation,  &row.source,         &row.note,   &row.block_weight,
          &row.type_weight, &row.block_points, &row.type_points})
      visit(*field);
    for (const Field& field : row.more_rule) visit(field);
    for (const SecondValue& other : row.others) visit(other.field);
  };
  for (const IndicatorRow& row : form.indicators) indicator(row);
  for (const IndicatorRow& row : form.longterm) indicator(row);
  for (const EventRow& row : form.events) {
    for (const Field* field :
         {&row.block, &row.name, &row.rule, &row.actual, &row.weight, &row.points, &row.reason})
      visit(*field);
    for (const SecondValue& other : row.others) visit(other.field);
  }
  for (const PrintedSum& sum : form.sums) {
    for (const Field* field : {&sum.name, &sum.weight, &sum.points}) visit(*field);
    for (const SecondValue& other : sum.others) visit(other.field);
  }
}

bool is_number(std::string_view text) {
  const std::string words = folded(text);
  return !words.empty() && words.find_first_of("0123456789") != std::string::npos &&
         words.find_first_not_of("0123456789.,-%亿万千元分") == std::string::npos;
}

bool holds(const std::vector<std::size_t>& rows, std::size_t row) {
  for (const std::size_t each : rows) {
    if (each == row) return true;
  }
  return false;
}

bool is_label(const std::string& text) {
  return label_of(text) || goal_of(text) || is_goal_heading(text) || is_title(text) ||
         money_column(text) || is_money_total(text) ||
         (is_money_source(text) && text.size() <= 60) || is_sum(text);
}

class Accountant {
 public:
  Accountant(const std::vector<RowRange>& ranges, Form& form) : ranges_(ranges), form_(form) {}

  void run() {
    each_field(form_, [&](const Field& field) {
      if (!field.on_form() || field.place.table == 0) return;
      used_.insert({field.place.table, origin(field.place)});
    });
    for (const RowRange& range : ranges_) {
      for (std::size_t row = range.first; row <= range.last; ++row) look_at(*range.table, row);
    }
  }

 private:
  using Square = std::pair<std::size_t, std::size_t>;

  // Where the cell over a place begins, in the table as it was read.
  [[nodiscard]] Square origin(const FormPlace& place) const {
    for (const RowRange& range : ranges_) {
      if (range.table->number() != place.table) continue;
      const bool turned = range.table->place(1, 1).transposed != place.transposed;
      const DocumentCell* cell = turned ? range.table->at(place.column, place.row)
                                        : range.table->at(place.row, place.column);
      if (cell != nullptr) return {cell->row, cell->column};
    }
    return {place.row, place.column};
  }

  void look_at(const Table& table, std::size_t row) {
    const TableReading* under = nullptr;
    bool heading = false, kept = false;
    for (const TableReading& reading : form_.map.tables) {
      if (reading.place.table != table.number()) continue;
      heading = heading || (row >= reading.place.row && row <= reading.last_heading) ||
                holds(reading.repeated, row) || holds(reading.sections, row);
      if (row > reading.last_heading && (under == nullptr || reading.place.row > under->place.row))
        under = &reading;
    }
    if (heading) return;
    if (under != nullptr)
      kept = holds(under->rows, row) || holds(under->sums, row) || holds(under->events, row);
    for (const DocumentCell* cell : table.row(row)) {
      if (cell->text.empty() || used_.contains({table.number(), {cell->row, cell->column}}))
        continue;
      if (!kept && is_label(cell->text)) continue;
      Unread out{table.place(row, cell->column), cell->text, {}, false};
      const bool number = is_number(cell->text);
      if (kept) {
        const ColumnReading* column = column_over(*under, cell->column);
        if (column == nullptr && is_label(cell->text)) continue;
        out.reason = column == nullptr
                         ? Text{"上面没有表头", "under no heading"}
                         : Text{"“" + short_text(column->heading, 60) + "”之下的第二格",
                                "a second cell under '" + short_text(column->heading, 60) + "'"};
        out.counts = number || column != nullptr;
      } else if (under != nullptr && under->kind != TableReading::Kind::money) {
        out.counts = number && table.row(row).size() > 1 && !is_footer(first_words(table, row));
        out.reason = out.counts || !is_below(*under, row)
                         ? Text{"所在的行不是指标", "its row is no indicator"}
                         : Text{"表下的文字", "text below the indicators"};
      } else {
        out.reason = number ? Text{"不在认出的表头之下", "under no heading that is known"}
                            : Text{"表头部分的文字", "text of the form's head"};
        out.counts = number && under != nullptr;
      }
      form_.map.unread.push_back(std::move(out));
    }
  }

  static bool is_below(const TableReading& reading, std::size_t row) {
    const auto all_above = [&](const std::vector<std::size_t>& rows) {
      return std::all_of(rows.begin(), rows.end(), [&](std::size_t each) { return each < row; });
    };
    return all_above(reading.rows) && all_above(reading.sums);
  }

  static std::string first_words(const Table& table, std::size_t row) {
    for (const DocumentCell* cell : table.row(row)) {
      if (!cell->text.empty()) return cell->text;
    }
    return {};
  }

  static const ColumnReading* column_over(const TableReading& reading, std::size_t column) {
    const ColumnReading* out = nullptr;
    for (const ColumnReading& each : reading.columns) {
      if (each.place.column <= column && (out == nullptr || each.place.column > out->place.column))
        out = &each;
    }
    return out != nullptr && column - out->place.column < std::max<std::size_t>(out->width, 1)
               ? out
               : nullptr;
  }

  const std::vector<RowRange>& ranges_;
  Form& form_;
  std::set<std::pair<std::size_t, Square>> used_;
};

}  // namespace

void account_for(const std::vector<RowRange>& rows, Form& form) { Accountant(rows, form).run(); }

}  // namespace jixiao::forms
