#include <algorithm>
#include <cmath>

#include "audit/claims.hpp"
#include "document/document.hpp"
#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/scale.hpp"
#include "forms/understanding.hpp"

namespace jixiao::audit {

AuditPlace audit_place(const forms::FormPlace& place) {
  AuditPlace out;
  if (place.row == 0) return out;
  out.table = place.table;
  out.row = place.transposed ? place.column : place.row;
  out.column = place.transposed ? place.row : place.column;
  out.sheet = place.sheet;
  out.line = place.line;
  out.where = {forms::describe(place, Language::zh), forms::describe(place, Language::en)};
  return out;
}

namespace {

using forms::Field;

PrintedText words_of(const Field& field) {
  return {field.text, audit_place(field.place), field.on_form()};
}

int decimals_of(const std::string& text) {
  const std::size_t point = text.rfind('.');
  int out = 0;
  for (std::size_t at = point;
       point != std::string::npos && ++at < text.size() && text[at] >= '0' && text[at] <= '9';)
    ++out;
  return out;
}

Number number_of(const Field& field) {
  Number out{words_of(field), {}, 0};
  const std::string words = forms::folded(field.text);
  out.decimals = decimals_of(words);
  out.value = forms::points_of(field.text);
  return out;
}

// A rate in percent points, whether it is printed as 95%, 95 or 0.95.
Number claimed_rate(const Field& field) {
  Number out{words_of(field), {}, 0};
  const auto read = value::read_field(forms::folded(field.text));
  if (!read || read->kind != value::Kind::number || read->low != read->high ||
      !(read->unit.is_percent() || read->unit.is_number()))
    return out;
  out.decimals = decimals_of(forms::folded(field.text));
  out.value = read->low;
  if (!read->unit.is_percent() && read->low <= 1.5) {
    out.value = read->low * 100;
    out.decimals = std::max(0, out.decimals - 2);
  }
  return out;
}

class FormClaims {
 public:
  FormClaims(const forms::Form& form, const forms::Draft& draft)
      : form_(form), draft_(draft), scale_(forms::scale_of(form)) {}

  Claims read() {
    out_.file = form_.file;
    out_.project = form_.project.text;
    out_.unit = form_.unit.text;
    out_.year = draft_.year.text.empty() ? 0 : std::stoi(draft_.year.text);
    out_.year_place = audit_place(form_.year.place);
    out_.reports = draft_.reports;
    out_.rules = draft_.rules;
    out_.total = number_of(form_.total);
    out_.rating = words_of(form_.rating);
    out_.annual_goal = words_of(form_.annual_goal);
    out_.midterm_goal = words_of(form_.midterm_goal);
    out_.reached_goal = words_of(form_.reached_goal);
    out_.period_from = words_of(form_.period_from);
    out_.period_to = words_of(form_.period_to);
    read_money();
    read_rows();
    read_levels();
    read_events();
    read_sums();
    out_.whole = form_.map.rows_lost == 0 && !form_.map.unsure_columns && !scale_.unsure;
    if (scale_.part == 0 && out_.total.value) *out_.total.value *= scale_.points;
    return std::move(out_);
  }

 private:
  // In 元, by the unit of its heading where it has none of its own.
  Number amount(const Field& field) {
    Number out{words_of(field), {}, decimals_of(forms::folded(field.text))};
    if (forms::says_nothing(field.text)) return out;
    const auto read = value::read_field(forms::folded(field.text));
    if (read && read->kind == value::Kind::number && read->low == read->high &&
        read->unit.is_money()) {
      out.value = read->low;
    } else {
      out.value = value::read_number(forms::folded(field.text), exponent());
    }
    return out;
  }

  [[nodiscard]] int exponent() const {
    const auto unit = value::Unit::parse(form_.heading_unit.text);
    if (unit && unit->is_money()) return unit->exponent();
    // What the importer took it for.
    for (const forms::Entry* entry :
         {&draft_.money.initial, &draft_.money.adjusted, &draft_.money.executed}) {
      const auto read = value::read_field(entry->text);
      if (read && read->unit.is_money()) return read->unit.exponent();
    }
    return 0;
  }

  void read_money() {
    for (const forms::MoneyRow& row : form_.money) {
      out_.money.push_back({words_of(row.name), row.total, amount(row.initial),
                            amount(row.adjusted), amount(row.executed), number_of(row.weight),
                            claimed_rate(row.rate), number_of(row.points)});
      rescale(out_.money.back().weight, out_.money.back().points);
    }
    for (const forms::ItemRow& item : form_.items)
      out_.items.push_back({words_of(item.name), amount(item.amount)});
  }

  void read_rows() {
    std::size_t indicator = 0;
    for (const forms::IndicatorRow& printed : form_.indicators) {
      Row row;
      row.name = words_of(printed.name);
      row.block = words_of(printed.block);
      row.type = words_of(printed.type);
      row.target = words_of(printed.target);
      row.target.text = joined(printed.op.text, printed.target.text, printed.unit.text);
      row.actual = words_of(printed.actual);
      row.rule = words_of(printed.rule);
      if (forms::says_nothing(row.rule.text)) row.rule.text.clear();
      row.reason = words_of(printed.reason);
      if (forms::says_nothing(row.reason.text)) row.reason.text.clear();
      if (row.reason.text.empty() && !forms::says_nothing(printed.remedy.text))
        row.reason.text = printed.remedy.text;
      row.evidence = words_of(printed.source);
      if (forms::says_nothing(row.evidence.text)) row.evidence.text.clear();
      row.note = words_of(printed.note);
      row.weight = number_of(printed.weight);
      row.points = number_of(printed.points);
      rescale(row.weight, row.points);
      row.completion = claimed_rate(printed.completion);
      row.assessed = form_.scoring;
      if (form_.scoring)
        understand_assessed(row, indicator++);
      else if (forms::block_of(printed.block.text) == "execution")
        row.block_id = "execution";
      else
        understand(row, indicator++);
      out_.rows.push_back(std::move(row));
    }
  }

  void understand_assessed(Row& row, std::size_t indicator) {
    if (indicator >= draft_.indicators.size()) return;
    row.indicator = indicator;
    row.id = draft_.indicators[indicator].id;
    row.readable = !draft_.indicators[indicator].left_out;
    row.certain = false;  // nothing follows but sums
    row.rule.text.clear();
    // Without a column of reasons, words beside lost points are one.
    if (!row.reason.on_form && forms::may_be_reason(row.note.text)) row.reason.text = row.note.text;
  }

  // Rows of one block, then of one type, stand together.
  void read_levels() {
    if (!form_.scoring) return;
    for (const bool of_block : {true, false}) {
      for (std::size_t i = 0; i < out_.rows.size();) {
        const forms::IndicatorRow& first = form_.indicators[i];
        const auto same = [&](const forms::IndicatorRow& row) {
          return row.block.text == first.block.text &&
                 (of_block || row.type.text == first.type.text);
        };
        std::size_t behind = i + 1;
        while (behind < out_.rows.size() && same(form_.indicators[behind])) ++behind;
        LevelLine line;
        line.name = words_of(of_block ? first.block : first.type);
        line.weight = number_of(of_block ? first.block_weight : first.type_weight);
        line.points = number_of(of_block ? first.block_points : first.type_points);
        rescale(line.weight, line.points);
        line.first = i;
        line.behind = behind;
        if (line.name.there() && (line.weight.there() || line.points.there()))
          out_.levels.push_back(std::move(line));
        i = behind;
      }
    }
  }

  void read_events() {
    for (std::size_t i = 0; i < form_.events.size() && i < draft_.events.size(); ++i) {
      const forms::EventRow& printed = form_.events[i];
      const forms::DraftEvent& draft = draft_.events[i];
      EventLine line;
      line.kind = printed.kind;
      line.id = draft.id;
      line.block = words_of(printed.block);
      line.name = words_of(printed.name);
      line.rule = words_of(printed.rule);
      line.actual = words_of(printed.actual);
      line.reason = words_of(printed.reason);
      if (forms::says_nothing(line.reason.text)) line.reason.text.clear();
      line.most = number_of(printed.weight);
      line.points = number_of(printed.points);
      if (line.most.value) *line.most.value = std::abs(*line.most.value) * scale_.weight;
      if (line.points.value) *line.points.value *= scale_.points;
      line.certain = !guessed(draft.name) && !guessed(draft.count) && !guessed(draft.limit);
      line.by_rule = draft.points != "n" || draft.count.place.column != printed.points.place.column;
      out_.events.push_back(std::move(line));
    }
  }

  // Weights and points as parts of 100.
  void rescale(Number& weight, Number& points) const {
    if (points.value) {
      if (scale_.unsure)
        points.value.reset();
      else if (scale_.part == 0)
        *points.value *= scale_.points;
      else if (weight.value)
        points.value = scale_.points_of(*points.value, *weight.value);
    }
    if (weight.value) *weight.value *= scale_.weight;
  }

  [[nodiscard]] bool guessed(const forms::Entry& entry) const {
    return std::any_of(entry.questions.begin(), entry.questions.end(), [&](std::size_t index) {
      return draft_.questions[index].sure != forms::Sure::likely;
    });
  }

  static std::string joined(const std::string& op, const std::string& target,
                            const std::string& unit) {
    const std::string sign = forms::bare(op);
    const bool worded = forms::has_any(sign, "定性|正向|反向|逆向|负向");
    std::string out = worded || forms::says_nothing(op) || forms::folded(target).starts_with(sign)
                          ? target
                          : op + target;
    const bool bare_number = value::read_number(forms::folded(target)).has_value();
    if (bare_number && !forms::says_nothing(unit)) out += unit;
    return out;
  }

  void understand(Row& row, std::size_t indicator) {
    if (indicator >= draft_.indicators.size()) return;
    const forms::DraftIndicator& draft = draft_.indicators[indicator];
    row.indicator = indicator;
    row.id = draft.id;
    row.block_id = draft.block.text == row.block.text ? forms::block_of(row.block.text)
                                                      : draft.block.text;
    row.type_id = draft.type.text;
    row.graded = draft.graded;
    row.readable = !draft.left_out;
    row.rule_unread = draft.rule_unread;
    row.rule_aside = draft.rule_aside;
    row.certain = row.readable && !draft.rule_unread && !form_.map.unsure_columns &&
                  !scale_.unsure && !guessed(draft.target) && !guessed(draft.actual) &&
                  !guessed(draft.weight) && !guessed(draft.rule);
    if (!row.readable) return;
    const auto aim = value::read_field(draft.target.text, out_.year);
    if (aim && !draft.target.unwritten && !draft.graded) {
      row.aim = aim;
      row.aim_signed = aim->direction.has_value();
      if (!aim->direction && aim->kind == value::Kind::number)
        row.aim->direction = draft.direction == "at_most" ? value::Direction::at_most
                                                          : value::Direction::at_least;
    }
    const auto reached = value::read_field(draft.actual.text, out_.year);
    if (reached && (reached->kind == value::Kind::number || reached->kind == value::Kind::date ||
                    reached->kind == value::Kind::yes_no))
      row.reached = reached;
  }

  void read_sums() {
    std::size_t first = 0;
    for (const forms::PrintedSum& sum : form_.sums) {
      SumLine line;
      line.name = words_of(sum.name);
      line.weight = number_of(sum.weight);
      line.points = number_of(sum.points);
      line.first = line.behind = first;
      line.of_events = forms::event_heading(sum.name.text).has_value();
      if (line.weight.value) *line.weight.value *= scale_.weight;
      if (line.points.value) *line.points.value *= scale_.points;
      if (scale_.part > 0) line.points.value.reset();  // of points that are out of ten
      line.subtotal = !line.of_events &&
                      (forms::folded(sum.name.text).find("小计") != std::string::npos ||
                       forms::folded(sum.name.text) == "subtotal" ||
                       !forms::block_of(sum.name.text).empty());
      while (line.behind < out_.rows.size() &&
             out_.rows[line.behind].name.place.table == line.name.place.table &&
             out_.rows[line.behind].name.place.row < line.name.place.row)
        ++line.behind;
      if (line.subtotal) first = line.behind;
      out_.sums.push_back(std::move(line));
    }
  }

  const forms::Form& form_;
  const forms::Draft& draft_;
  forms::Scale scale_;
  Claims out_;
};

}  // namespace

Claims claims_of_form(const forms::Form& form, const forms::Draft& draft) {
  return FormClaims(form, draft).read();
}

}  // namespace jixiao::audit
