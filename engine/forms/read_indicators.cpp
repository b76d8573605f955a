#include <vector>

#include "forms/form_rows.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::forms {
namespace {

using text::Code;

constexpr std::size_t most_indicators = 5000;  // as a project

class IndicatorRows {
 public:
  IndicatorRows(const Table& table, const IndicatorHeading& heading, Form& form,
                std::vector<Diagnostic>& diagnostics)
      : table_(table), heading_(heading), form_(form), diagnostics_(diagnostics) {}

  void read(std::size_t last) {
    for (row_ = heading_.last_row + 1;
         row_ <= last && row_ <= table_.rows() && form_.indicators.size() < most_indicators;
         ++row_) {
      if (indicator_heading(table_, row_)) continue;  // repeated on a new page
      if (const Field label = leftmost(); is_footer(label.text) && !is_indicator()) continue;
      if (read_sum()) continue;
      if (is_indicator())
        keep();
      else if (!under(Column::name).blank())
        pass_over();
    }
  }

 private:
  [[nodiscard]] Field under(Column column, bool merged = true) const {
    return field_under(table_, row_, heading_.of(column), merged);
  }

  [[nodiscard]] Field leftmost() const {
    for (std::size_t column = 1; column <= table_.columns(); ++column) {
      const DocumentCell* cell = table_.at(row_, column);
      if (cell != nullptr && !cell->text.empty() && cell->row == row_)
        return field_of(table_, row_, column);
    }
    return {};
  }

  // A name with something to hold it against. A cell that reaches over name and value is neither: a
  // remark under the table.
  [[nodiscard]] bool is_indicator() const {
    const Field name = under(Column::name);
    if (name.blank() || is_footer(leftmost().text)) return false;
    for (const Column column :
         {Column::target, Column::op, Column::actual, Column::weight, Column::points}) {
      const Field value = under(column);
      if (!value.blank() &&
          table_.at(row_, value.place.column) != table_.at(row_, name.place.column))
        return true;
    }
    return false;
  }

  bool read_sum() {
    Field label = leftmost();
    for (const Column column : {Column::block, Column::type, Column::name}) {
      if (const Field named = under(column, false); is_sum(named.text)) label = named;
    }
    if (label.blank() || !is_sum(label.text)) return false;
    PrintedSum sum{label, under(Column::weight), under(Column::points)};
    // Where the row has no such cells, as in a text, its numbers are the points, or the weight and
    // the points.
    const bool is_text = label.place.line != 0;
    const bool placed = is_number(sum.weight) && (is_number(sum.points) || !is_text);
    if (const std::vector<Field> numbers = numbers_right_of(label); !numbers.empty() && !placed) {
      sum.points = numbers.back();
      sum.weight = numbers.size() > 1 ? numbers.front() : Field{};
    }
    const bool subtotal = folded(label.text).find("小计") != std::string::npos;
    if (!subtotal && !form_.total.on_form()) form_.total = sum.points;
    form_.sums.push_back(std::move(sum));
    return true;
  }

  static bool is_number(const Field& field) {
    const std::string words = folded(field.text);
    return !words.empty() && words.find_first_not_of("0123456789.") == std::string::npos;
  }

  [[nodiscard]] std::vector<Field> numbers_right_of(const Field& label) const {
    std::vector<Field> out;
    for (Field field = right_of(table_, row_, label.place.column); field.on_form();
         field = right_of(table_, row_, field.place.column)) {
      if (is_number(field)) out.push_back(field);
    }
    return out;
  }

  // A blank cell repeats the one above, but keeps its own place.
  Field carried(Column column, std::string& above) {
    Field field = under(column);
    if (field.blank())
      field.text = above;
    else
      above = field.text;
    return field;
  }

  // A text does not say how wide its cells were.
  void compare_width() {
    const auto here = table_.row(row_);
    const auto above = table_.row(heading_.last_row);
    if (here.empty() || here.front()->line == 0 || here.size() == above.size()) return;
    const FormPlace place = table_.place(row_, 1);
    const std::string n = std::to_string(here.size());
    const std::string m = std::to_string(above.size());
    diagnostics_.push_back(text::diagnose_file(
        Code::form_reading, form_.file,
        {describe(place, Language::zh) + "：这一行有 " + n + " 格，表头有 " + m + " 格，可能错位",
         describe(place, Language::en) + ": this row has " + n + " cells and its heading " + m +
             ": they may not stand under it"},
        {"用 .docx 或 .xlsx 导入，或补齐空格",
         "import the .docx or .xlsx instead, or add the blank cells"}));
    diagnostics_.back().line = place.line;
  }

  void keep() {
    compare_width();
    IndicatorRow out;
    const std::string block_above = block_;
    out.block = carried(Column::block, block_);
    if (block_ != block_above) type_.clear();
    out.type = carried(Column::type, type_);
    out.name = under(Column::name);
    out.op = under(Column::op);
    out.target = under(Column::target);
    out.unit = under(Column::unit);
    out.midterm_name = field_under(table_, row_, heading_.midterm_name);
    out.midterm_target = under(Column::midterm_target);
    out.actual = under(Column::actual);
    out.completion = under(Column::completion);
    out.weight = own(Column::weight);
    out.points = own(Column::points);
    out.reason = under(Column::reason);
    out.remedy = under(Column::remedy);
    out.rule = under(Column::rule);
    out.baseline = under(Column::baseline);
    out.calculation = under(Column::calculation);
    out.source = under(Column::source);
    out.note = under(Column::note);
    form_.indicators.push_back(std::move(out));
  }

  // Points that stand once for several rows are not each row's.
  [[nodiscard]] Field own(Column column) const { return under(column, false); }

  void pass_over() {
    const Field name = under(Column::name);
    if (table_.at(row_, name.place.column)->columns > 2 || is_footer(name.text)) return;
    diagnostics_.push_back(text::diagnose_file(
        Code::form_reading, form_.file,
        {describe(name.place, Language::zh) + "：“" + name.text +
             "”没有指标值也没有分值，未作为指标读入",
         describe(name.place, Language::en) + ": '" + name.text +
             "' has neither a target nor points and was not read as an indicator"},
        {"若是指标，补上指标值", "give it a target if it is one"}));
    diagnostics_.back().line = name.place.line;
  }

  const Table& table_;
  const IndicatorHeading& heading_;
  Form& form_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t row_ = 0;
  std::string block_, type_;
};

}  // namespace

void read_indicators(const Table& table, const IndicatorHeading& heading, std::size_t last,
                     Form& form, std::vector<Diagnostic>& diagnostics) {
  IndicatorRows(table, heading, form, diagnostics).read(last);
}

}  // namespace jixiao::forms
