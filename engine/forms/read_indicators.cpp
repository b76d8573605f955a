#include <algorithm>
#include <vector>

#include "forms/form_rows.hpp"
#include "forms/placing.hpp"
#include "forms/understanding.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"

namespace jixiao::forms {
namespace {

using text::Code;

constexpr std::size_t most_indicators = 5000;  // as a project

// What a row under the headings is.
enum class RowKind { blank, heading, indicator, more, event, sum, section, text, lost };

class IndicatorRows {
 public:
  IndicatorRows(const Table& table, const IndicatorHeading& heading, Form& form,
                std::vector<Diagnostic>& diagnostics)
      : table_(table), heading_(heading), form_(form), diagnostics_(diagnostics) {}

  void read(std::size_t first, std::size_t last) {
    reading_ = form_.map.tables.size();
    form_.map.tables.push_back(reading_of(table_, heading_));
    if (first <= heading_.first_row && !form_.indicators.empty()) {
      // A table that goes on where the last one ended.
      block_ = form_.indicators.back().block.text;
      type_ = form_.indicators.back().type.text;
    }
    for (row_ = first;
         row_ <= last && row_ <= table_.rows() && form_.indicators.size() < most_indicators;
         ++row_) {
      TableReading& reading = form_.map.tables[reading_];
      switch (kind_of_row()) {
        case RowKind::heading: reading.repeated.push_back(row_); break;
        case RowKind::indicator:
          reading.rows.push_back(row_);
          keep();
          break;
        case RowKind::event:
          reading.events.push_back(row_);
          keep_event();
          break;
        case RowKind::sum:
          reading.sums.push_back(row_);
          read_sum();
          break;
        case RowKind::more:
          reading.rows.push_back(row_);
          keep_more();
          break;
        case RowKind::section: reading.sections.push_back(row_); break;
        case RowKind::lost: pass_over(); break;
        default: break;
      }
    }
  }

 private:
  [[nodiscard]] Field under(Column column, bool merged = true) const {
    return field_under(table_, row_, heading_.of(column), merged);
  }

  // Whether a cell stands under that heading alone: one that reaches over the name as well is a
  // remark.
  [[nodiscard]] bool has(Column column) const {
    const Field value = under(column);
    if (value.blank()) return false;
    const DocumentCell* cell = table_.at(row_, value.place.column);
    if (cell->row != row_ && (column == Column::weight || column == Column::points)) return false;
    const Field name = under(Column::name);
    if (name.on_form() && cell == table_.at(row_, name.place.column)) return false;
    for (const Column level : {Column::block, Column::type}) {
      const Field above = under(level);
      if (above.on_form() && cell == table_.at(row_, above.place.column)) return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<const DocumentCell*> words_of_row() const {
    std::vector<const DocumentCell*> out;
    for (const DocumentCell* cell : table_.row(row_)) {
      if (!cell->text.empty()) out.push_back(cell);
    }
    return out;
  }

  // The label of a sum: whichever of the first cells has one.
  [[nodiscard]] Field sum_label() const {
    for (const Column column : {Column::block, Column::type, Column::name}) {
      if (const Field named = under(column, false); is_sum(named.text)) return named;
    }
    const auto cells = words_of_row();
    if (!cells.empty() && is_sum(cells.front()->text))
      return field_of(table_, row_, cells.front()->column);
    return {};
  }

  RowKind kind_of_row() {
    const auto cells = words_of_row();
    if (cells.empty()) return RowKind::blank;
    if (const auto again = indicator_heading(table_, row_)) return RowKind::heading;
    const bool name = !under(Column::name).blank() && !reaches_over_values();
    const bool target = has(Column::target) ||
                        (has(Column::op) && !heading_.of(Column::target).there());
    const bool actual = has(Column::actual);
    const bool weight = has(Column::weight), points = has(Column::points);
    const bool numbers = is_number(under(Column::weight, false)) ||
                         is_number(under(Column::points, false));
    if (sum_label().on_form() && !target) return RowKind::sum;
    const bool footer = std::any_of(cells.begin(), cells.end(),
                                    [](const DocumentCell* cell) { return is_footer(cell->text); });
    if (footer && !(numbers && (target || actual))) return RowKind::text;
    if ((target || actual || weight || points || has(Column::rule)) && event_of_row())
      return RowKind::event;
    if (heading_.scoring) {
      if (const auto kind = kind_of_scored_row(name, weight, points)) return *kind;
    }
    if (name && (target || actual || weight || points || has(Column::op)))
      return RowKind::indicator;
    const bool own_level = !under(Column::block, false).blank() ||
                           !under(Column::type, false).blank();
    // The name stands once for several rows, or an indicator is named by its level.
    if (!name && ((target && (actual || weight || points)) || (weight && points && actual)))
      return RowKind::indicator;
    if (!name && own_level && (numbers)) {
      const Field block = under(Column::block, false);
      if (block_of(block.text) == "execution") return RowKind::indicator;
      return RowKind::sum;  // a block with its points
    }
    if (cells.size() == 1 && is_section(cells.front()->text)) return RowKind::section;
    // A name of its own, and nothing to hold it against.
    const Field own_name = under(Column::name, false);
    if (name && !own_name.blank() && table_.at(row_, own_name.place.column)->columns <= 2)
      return RowKind::lost;
    if (cells.size() <= 2 && !numbers && !(target || actual)) return RowKind::text;
    if (is_wide(*cells.front())) return RowKind::text;
    return stands_under_headings(cells) ? RowKind::lost : RowKind::text;
  }

  // A row of a scoring table: a name with its points, each of its key points in a row of its own,
  // or more of the rule of the row above.
  [[nodiscard]] std::optional<RowKind> kind_of_scored_row(bool name, bool weight,
                                                          bool points) const {
    const bool own_name = !under(Column::name, false).blank() && !reaches_over_values();
    const bool own_level = !under(Column::block, false).blank() ||
                           !under(Column::type, false).blank();
    const bool rule = has(Column::rule), words = rule || has(Column::calculation);
    const bool pointed = own_name && pointed_name(under(Column::name).text).has_value();
    if (own_name &&
        (weight || points || pointed || (words && !heading_.of(Column::weight).there())))
      return RowKind::indicator;
    const bool again = name || (!own_level && !name_.empty());
    if (!own_name && (weight || points) && (rule || (!own_level && again)))
      return RowKind::indicator;
    const bool follows = !form_.indicators.empty() &&
                         form_.indicators.back().name.place.table == table_.number();
    if (!own_name && !own_level && words && follows) return RowKind::more;
    return std::nullopt;
  }

  // More of the rule: kept beside the row it goes on with.
  void keep_more() {
    IndicatorRow& row = form_.indicators.back();
    for (const HeadingCell& cell : heading_.cells) {
      const Field field = field_under(table_, row_, cell.range, false);
      if (field.blank()) continue;
      if (cell.role == Column::rule && cell.kept_because.empty())
        row.more_rule.push_back(field);
      else
        row.others.push_back({cell.text, field});
    }
  }

  // A level's words in this row, else those above.
  [[nodiscard]] std::string level_words(Column level) const {
    const Field own = under(level);
    if (!own.blank()) return own.text;
    if (level == Column::block) return block_;
    return under(Column::block).blank() || under(Column::block).text == block_ ? type_
                                                                               : std::string();
  }

  [[nodiscard]] std::optional<EventHeading> event_of_row() const {
    for (const Column level : {Column::block, Column::type}) {
      if (const auto found = event_heading(level_words(level))) return found;
    }
    // 加分项：获省级表彰, where the name alone says so.
    const std::string name = folded(under(Column::name).text);
    const std::size_t colon = name.find(':');
    if (colon != std::string::npos || !heading_.of(Column::block).there())
      return event_heading(name.substr(0, colon));
    return std::nullopt;
  }

  void keep_event() {
    EventRow out;
    const EventHeading heading = *event_of_row();
    const std::string block_above = block_;
    out.block = carried(Column::block, block_);
    if (block_ != block_above) type_.clear();
    std::string type = type_;
    const Field level = carried(Column::type, type);
    if (heading_.of(Column::type).there()) type_ = type;
    if (!event_heading(out.block.text) && event_heading(level.text)) out.block = level;
    out.name = under(Column::name);
    if (reaches_over_values() || out.name.blank()) {
      const FormPlace place = out.name.on_form() ? out.name.place : out.block.place;
      out.name = {out.block.text, place};
    }
    out.rule = under(Column::rule);
    if (out.rule.blank()) out.rule = under(Column::target);
    out.actual = under(Column::actual);
    out.weight = own(Column::weight);
    out.points = own(Column::points);
    out.reason = under(Column::reason);
    if (const Field note = under(Column::note); out.reason.blank() && !note.blank())
      out.reason = note;
    if (heading == EventHeading::veto) {
      out.kind = EventKind::veto;
    } else if (heading == EventHeading::either) {
      const auto negative = [](const Field& field) { return folded(field.text).starts_with("-"); };
      const bool takes = has_any(out.rule.text, "扣|减分") && !has_any(out.rule.text, "加|奖");
      out.kind = negative(out.weight) || negative(out.points) || takes ? EventKind::penalty
                                                                       : EventKind::bonus;
      out.told = takes || negative(out.weight) || has_any(out.rule.text, "加|奖") ||
                 negative(out.points);
    } else {
      out.kind = heading == EventHeading::penalty ? EventKind::penalty : EventKind::bonus;
    }
    for (const Column other : {Column::op, Column::target, Column::unit, Column::completion,
                               Column::remedy, Column::source, Column::calculation, Column::note}) {
      const Field field = under(other);
      const auto is = [&](const Field& used) {
        return used.place.row == field.place.row && used.place.column == field.place.column;
      };
      if (!field.blank() && !is(out.rule) && !is(out.reason) && !is(out.name))
        out.others.push_back({words_for(other).zh, field});
    }
    for (const HeadingCell& cell : heading_.cells) {
      if (cell.role && cell.kept_because.empty()) continue;
      const Field field = field_under(table_, row_, cell.range, false);
      if (!field.blank() && field.place.column != out.name.place.column)
        out.others.push_back({cell.text, field});
    }
    form_.events.push_back(std::move(out));
  }

  [[nodiscard]] bool is_wide(const DocumentCell& cell) const {
    const Field name = under(Column::name);
    return cell.columns > 2 && name.on_form() && &cell == table_.at(row_, name.place.column);
  }

  // A remark under the table reaches over the columns of the name and of the values.
  [[nodiscard]] bool reaches_over_values() const {
    const Field name = under(Column::name);
    const DocumentCell* cell = table_.at(row_, name.place.column);
    if (cell == nullptr) return false;
    for (const Column column : {Column::target, Column::actual, Column::weight, Column::points}) {
      const ColumnRange range = heading_.of(column);
      if (range.there() && table_.at(row_, range.from) == cell) return true;
    }
    return false;
  }

  [[nodiscard]] bool stands_under_headings(const std::vector<const DocumentCell*>& cells) const {
    std::size_t under_values = 0;
    for (const Column column : {Column::target, Column::actual, Column::weight, Column::points})
      under_values += has(column) ? 1 : 0;
    return under_values > 0 && cells.size() > 1;
  }

  // A block's or type's name in a row of its own.
  bool is_section(const std::string& words) {
    if (words.size() > 60 || is_footer(words) ||
        (block_of(words).empty() && type_of(words).empty()))
      return false;
    if (!has_any(bare(words), "指标|产出|效益|满意|成本")) return false;
    if (!type_of(words).empty() && !has_any(bare(words), "产出|效益指标|满意度指标") &&
        !block_.empty()) {
      type_ = words;
    } else {
      block_ = words;
      type_.clear();
    }
    return true;
  }

  void read_sum() {
    Field label = sum_label();
    if (!label.on_form())
      label = !under(Column::block, false).blank() ? under(Column::block, false)
                                                   : under(Column::type, false);
    PrintedSum sum{label, under(Column::weight), under(Column::points)};
    // Where the row has no such cells, as in a text, its numbers are the points, or the weight and
    // the points.
    const bool exact = table_.has_exact_columns();
    const bool placed = is_number(sum.weight) && (is_number(sum.points) || exact);
    if (const std::vector<Field> numbers = numbers_right_of(label);
        !numbers.empty() && !placed && !(exact && is_number(sum.points)) &&
        !heading_cell_over(numbers)) {
      sum.points = numbers.back();
      sum.weight = numbers.size() > 1 ? numbers.front() : Field{};
    }
    if (!is_number(sum.points) && !is_number(sum.weight)) {
      // 总分：96.6 in one cell.
      const std::string words = folded(label.text);
      const std::size_t colon = words.find(':');
      if (colon != std::string::npos && value::read_number(number_of(words.substr(colon + 1)))) {
        sum.points = label;
        sum.points.text = number_of(words.substr(colon + 1));
      }
    }
    const bool total = is_sum(label.text) && folded(label.text).find("小计") == std::string::npos &&
                       !is_subtotal(label.text);
    // 合计, then bonuses, then 总分: the last of them is the total.
    const bool after_events = !form_.events.empty() && form_.total.on_form() &&
                              form_.events.back().name.place.row > form_.total.place.row &&
                              form_.events.back().name.place.table == form_.total.place.table;
    if (total && (!form_.total.on_form() || after_events)) form_.total = sum.points;
    keep_second_sums(sum);
    form_.sums.push_back(std::move(sum));
  }

  static std::string number_of(std::string words) {
    if (words.ends_with("分")) words.resize(words.size() - std::string_view("分").size());
    return words;
  }

  static bool is_subtotal(const std::string& text) {
    return has_any(bare(text), "产出|效益|满意|成本|小计") || folded(text) == "subtotal" ||
           event_heading(text).has_value();
  }

  // The row is as long as its heading: a number under another heading is not the points.
  [[nodiscard]] bool heading_cell_over(const std::vector<Field>& numbers) const {
    if (!table_.has_exact_columns()) return false;
    const ColumnRange weight = heading_.of(Column::weight), points = heading_.of(Column::points);
    if (!weight.there() && !points.there()) return false;
    return std::any_of(numbers.begin(), numbers.end(), [&](const Field& each) {
      const auto in = [&](const ColumnRange& range) {
        return range.there() && each.place.column >= range.from && each.place.column <= range.to;
      };
      return in(weight) || in(points);
    });
  }

  // Totals of the columns that are kept aside.
  void keep_second_sums(PrintedSum& sum) {
    for (const HeadingCell& cell : heading_.cells) {
      if (cell.role && cell.kept_because.empty()) continue;
      const Field field = field_under(table_, row_, cell.range, false);
      if (!field.blank() && field.place.column != sum.name.place.column)
        sum.others.push_back({cell.text, field});
    }
  }

  static bool is_number(const Field& field) {
    std::string words = folded(field.text);
    words = number_of(std::move(words));
    if (words.ends_with("%")) words.pop_back();
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
    // Records of a file end early where their last cells are blank.
    if (table_.has_exact_columns() && here.size() < above.size()) return;
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
    if (reaches_over_values()) out.name = {};
    name_row(out);
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
    if (heading_.scoring) read_levels(out);
    out.baseline = under(Column::baseline);
    out.calculation = under(Column::calculation);
    out.source = under(Column::source);
    out.note = under(Column::note);
    for (const HeadingCell& cell : heading_.cells) {
      if ((cell.role && cell.kept_because.empty()) || cell.level) continue;
      const Field field = field_under(table_, row_, cell.range, false);
      if (!field.blank() && field.place.column != out.name.place.column)
        out.others.push_back({cell.text, field});
    }
    // An adjusted target that is blank was not adjusted.
    if (out.target.blank()) take_other(Column::target, out.target, out.others);
    if (is_long_term())
      form_.longterm.push_back(std::move(out));
    else
      form_.indicators.push_back(std::move(out));
  }

  // What a scoring table prints of its levels, and points inside names where no column has them.
  void read_levels(IndicatorRow& out) {
    out.block_weight = field_under(table_, row_, heading_.block_weight);
    out.type_weight = field_under(table_, row_, heading_.type_weight);
    out.block_points = field_under(table_, row_, heading_.block_points);
    out.type_points = field_under(table_, row_, heading_.type_points);
    for (const auto& [level, weight] :
         {std::pair{&out.block, &out.block_weight}, std::pair{&out.type, &out.type_weight}}) {
      const auto pointed = pointed_name(level->text);
      if (pointed && weight->blank()) *weight = {pointed->points, level->place};
    }
    if (heading_.of(Column::weight).there()) return;
    if (const auto pointed = pointed_name(out.name.text))
      out.weight = {pointed->points, out.name.place};
  }

  void take_other(Column role, Field& field, std::vector<SecondValue>& others) {
    for (const HeadingCell& cell : heading_.cells) {
      if (cell.role != role || cell.kept_because.empty() || !cell.year.empty() ||
          cell.variant == Variant::longterm)
        continue;
      const auto found = std::find_if(others.begin(), others.end(), [&](const SecondValue& each) {
        return each.heading == cell.text;
      });
      if (found == others.end()) continue;
      field = found->field;
      others.erase(found);
      return;
    }
  }

  // A name that stands once for several rows is each row's; without one, the row has its level's.
  void name_row(IndicatorRow& out) {
    const DocumentCell* cell = out.name.on_form() ? table_.at(row_, out.name.place.column)
                                                  : nullptr;
    const bool own_name = !out.name.blank() && cell != nullptr && cell->row == row_;
    if (heading_.scoring && !own_name && !name_.empty() && under(Column::type, false).blank() &&
        under(Column::block, false).blank() && has(Column::rule)) {
      // One of the key points of the name above, with points of its own.
      out.name.text = name_ + "：" + short_text(under(Column::rule).text, 90);
      if (!out.name.on_form()) out.name.place = under(Column::rule).place;
      return;
    }
    if (!out.name.blank()) {
      name_ = out.name.text;
      return;
    }
    const Field own_type = under(Column::type, false), own_block = under(Column::block, false);
    const bool new_level = !own_type.blank() || !own_block.blank();
    std::string taken = new_level ? (!own_type.blank() ? own_type.text : own_block.text) : name_;
    if (taken.empty()) taken = !out.type.blank() ? out.type.text : out.block.text;
    if (!out.name.on_form())
      out.name.place = !own_type.blank()    ? own_type.place
                       : !own_block.blank() ? own_block.place
                                            : under(Column::target).place;
    out.name.text = taken;
    if (block_of(out.block.text) == "execution") return;
    form_.map.doubts.push_back(
        {out.name.place,
         {"这一行没有名称，用“" + taken + "”", "the row has no name: '" + taken + "' is used"},
         {"写上 name", "write the name"},
         false});
  }

  // The block of the long-term indicators beside that of the year's, named at the left or by its
  // heading.
  [[nodiscard]] bool is_long_term() const {
    if (heading_.longterm) return true;
    const std::size_t first = heading_.of(Column::block).there() ? heading_.of(Column::block).from
                                                                 : heading_.of(Column::name).from;
    for (std::size_t column = 1; column < first; ++column) {
      const DocumentCell* cell = table_.at(row_, column);
      if (cell == nullptr || cell->text.empty()) continue;
      const std::string words = bare(cell->text);
      if (has_any(words, "长期|中期|实施期|规划期") && has_any(words, "指标|目标") &&
          !has_any(words, "年度|当年"))
        return true;
    }
    return false;
  }

  // Points that stand once for several rows are not each row's.
  [[nodiscard]] Field own(Column column) const { return under(column, false); }

  void pass_over() {
    const Field name = under(Column::name);
    const auto cells = words_of_row();
    const Field at = !name.blank() ? name : field_of(table_, row_, cells.front()->column);
    std::string words;
    for (const DocumentCell* cell : cells) words += (words.empty() ? "" : " | ") + cell->text;
    words = short_text(words, 200);
    if (stands_under_headings(cells)) ++form_.map.rows_lost;
    const Text why =
        name.blank()
            ? Text{"没有名称，未作为指标读入", "has no name and was not read as an indicator"}
            : Text{"没有指标值也没有分值，未作为指标读入",
                   "has neither a target nor points and was not read as an indicator"};
    diagnostics_.push_back(text::diagnose_file(
        Code::form_reading, form_.file,
        {describe(at.place, Language::zh) + "：“" + (name.blank() ? words : name.text) + "”" +
             why.zh,
         describe(at.place, Language::en) + ": '" + (name.blank() ? words : name.text) + "' " +
             why.en},
        name.blank()
            ? Text{"若是指标，补上名称与指标值", "give it a name and a target if it is one"}
            : Text{"若是指标，补上指标值", "give it a target if it is one"}));
    diagnostics_.back().line = at.place.line;
  }

  const Table& table_;
  const IndicatorHeading& heading_;
  Form& form_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t row_ = 0;
  std::size_t reading_ = 0;  // in form_.map.tables
  std::string block_, type_, name_;
};

}  // namespace

void read_indicators(const Table& table, const IndicatorHeading& heading, std::size_t last,
                     Form& form, std::vector<Diagnostic>& diagnostics) {
  IndicatorRows(table, heading, form, diagnostics).read(heading.last_row + 1, last);
}

bool goes_on(const Table& table, const IndicatorHeading& heading) {
  Form trial;
  std::vector<Diagnostic> nothing;
  IndicatorRows(table, heading, trial, nothing).read(1, table.rows());
  // Another table of as many columns has words where this one has weights and points.
  std::size_t numbers = 0;
  for (const IndicatorRow& row : trial.indicators) {
    for (const Field* field : {&row.weight, &row.points}) {
      if (says_nothing(field->text)) continue;
      if (!points_of(field->text)) return false;
      ++numbers;
    }
  }
  for (const PrintedSum& sum : trial.sums) numbers += points_of(sum.points.text) ? 1 : 0;
  return numbers > 0 && trial.map.rows_lost == 0;
}

void read_on(const Table& table, const IndicatorHeading& heading, Form& form,
             std::vector<Diagnostic>& diagnostics) {
  IndicatorRows(table, heading, form, diagnostics).read(1, table.rows());
}

}  // namespace jixiao::forms
