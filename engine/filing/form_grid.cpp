#include <algorithm>

#include "filing/papers.hpp"
#include "filing/words.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {

std::size_t Grid::rows() const {
  std::size_t last = 0;
  for (const GridCell& cell : cells) last = std::max(last, cell.row + cell.rows - 1);
  return last;
}

namespace {

constexpr int point_digits = 4;

class FormLayout {
 public:
  explicit FormLayout(const SelfEvaluation& form)
      : form_(form), columns_(form.has_rules && !form.scoring ? 9 : 8) {
    grid_.widths = {9, 11, 20, 13, 13, 9, 9.5, 9, 9};
    // English words do not break
    if (!zh()) grid_.widths = {13.5, 13.5, 18, 13, 13, 10.5, 9, 9, 9};
    grid_.widths.resize(columns_);
    if (columns_ == 9) grid_.widths[7] = 18;
    grid_.widths.back() = columns_ == 9 ? 26 : zh() ? 33 : 28;
    if (form.scoring) grid_.widths[3] = grid_.widths[4] = 22;
  }

  Grid lay_out() {
    head();
    const bool any_money =
        std::any_of(form_.money.begin(), form_.money.end(), [](const auto& each) {
          return each.initial || each.adjusted || each.executed || each.weight;
        });
    if (!form_.scoring || any_money) money();
    if (!form_.scoring || !form_.goal.empty() || !form_.reached.empty()) goals();
    if (form_.scoring)
      scored_rows();
    else
      indicators();
    events();
    foot();
    return std::move(grid_);
  }

  [[nodiscard]] const FormRows& rows() const { return rows_; }

 private:
  [[nodiscard]] std::string in(const word::Label& label) const {
    return std::string(label.in(form_.language));
  }
  [[nodiscard]] bool zh() const { return form_.language == Language::zh; }

  GridCell& put(std::size_t column, std::size_t columns, Role role, std::string text) {
    grid_.cells.push_back({row_, column, 1, columns, role, std::move(text), {}, {}, false});
    return grid_.cells.back();
  }

  void put_number(std::size_t column, std::optional<double> x, int digits, Role role = Role::number,
                  std::string ending = {}) {
    GridCell& cell = put(column, 1, role, x ? value::plain(*x, digits) + ending : std::string());
    if (x && ending.empty()) cell.number = x;
    cell.format = digits == 2 ? "0.00" : "0.00##";
  }

  void head() {
    put(1, columns_, Role::title, in(form_.scoring ? word::scoring_title : word::form_title));
    ++row_;
    const std::string year = std::to_string(form_.year);
    put(1, columns_, Role::subtitle, zh() ? "（" + year + "年度）" : year);
    ++row_;
    if (form_.illustrative) {
      put(1, columns_, Role::banner,
          std::string(page::word::illustrative_banner.in(form_.language)));
      ++row_;
    }
    put(1, 2, Role::heading, in(word::project));
    put(3, columns_ - 2, Role::text, form_.project);
    ++row_;
    put(1, 2, Role::heading, in(word::department));
    put(3, 2, Role::text, form_.department);
    put(5, 2, Role::heading, in(word::unit));
    put(7, columns_ - 6, Role::text, form_.unit);
    ++row_;
  }

  void money() {
    GridCell& label = put(
        1, 1, Role::heading,
        in(word::money) + (zh() ? "（" + form_.money_unit + "）" : " (" + form_.money_unit + ")"));
    label.rows = form_.money.size() + 1;
    put(2, 1, Role::heading, "");
    const word::Label headings[] = {word::initial, word::adjusted, word::executed,
                                    word::weight,  word::rate,     word::points};
    for (std::size_t i = 0; i < 6; ++i)
      put(3 + i, i == 5 ? columns_ - 7 : 1, Role::heading, in(headings[i]));
    ++row_;
    rows_.money = row_;
    for (const MoneyLine& line : form_.money) {
      put(2, 1, Role::text, line.name);
      const auto scaled = [&](std::optional<double> yuan) {
        return yuan ? std::optional(*yuan / form_.money_scale) : yuan;
      };
      put_amount(3, scaled(line.initial));
      put_amount(4, scaled(line.adjusted));
      put_amount(5, scaled(line.executed));
      put_number(6, line.weight, point_digits);
      put_number(7, line.rate, 2, Role::number, "%");
      put_number(8, line.points, point_digits);
      grid_.cells.back().columns = columns_ - 7;
      ++row_;
    }
  }

  void put_amount(std::size_t column, std::optional<double> x) {
    put_number(column, x, 6);
    if (x) grid_.cells.back().text = value::plain(*x, 6, true);
    grid_.cells.back().format = "#,##0.00####";
  }

  void goals() {
    GridCell& label = put(1, 1, Role::heading, in(word::goals));
    label.rows = 2;
    put(2, 3, Role::heading, in(word::expected));
    put(5, columns_ - 4, Role::heading, in(word::reached));
    ++row_;
    put(2, 3, Role::text, form_.goal);
    put(5, columns_ - 4, Role::text, form_.reached).draft = form_.reached_proposed;
    ++row_;
  }

  void indicators() {
    std::vector<word::Label> headings{word::level_1, word::level_2, word::level_3, word::target,
                                      word::actual,  word::weight,  word::points};
    if (form_.has_rules) headings.push_back(word::rule);
    headings.push_back(word::reason);
    for (std::size_t i = 0; i < headings.size(); ++i) put(i + 1, 1, Role::heading, in(headings[i]));
    ++row_;
    for (const IndicatorLine& line : form_.lines) {
      rows_.lines.push_back(row_);
      if (line.block_rows > 0) put(1, 1, Role::centred, line.block).rows = line.block_rows;
      if (line.type_rows > 0) put(2, 1, Role::centred, line.type).rows = line.type_rows;
      put(3, 1, Role::text, line.name);
      put(4, 1, Role::centred, line.target);
      put(5, 1, Role::centred, line.actual);
      put_number(6, line.weight, point_digits);
      put_number(7, line.points, point_digits);
      if (form_.has_rules) put(8, 1, Role::text, line.rule);
      put(columns_, 1, Role::text, line.reason).draft = line.proposed;
      ++row_;
    }
  }

  // A scoring table has the rule in place of target and result.
  void scored_rows() {
    const word::Label headings[] = {word::level_1, word::level_2, word::level_3, word::rule,
                                    word::weight,  word::points,  word::reason};
    std::size_t column = 1;
    for (const word::Label& heading : headings) {
      const std::size_t wide = column == 4 ? 2 : 1;
      put(column, wide, Role::heading, in(heading));
      column += wide;
    }
    ++row_;
    for (const IndicatorLine& line : form_.lines) {
      rows_.lines.push_back(row_);
      if (line.block_rows > 0) put(1, 1, Role::centred, line.block).rows = line.block_rows;
      if (line.type_rows > 0) put(2, 1, Role::centred, line.type).rows = line.type_rows;
      put(3, 1, Role::text, line.name);
      put(4, 2, Role::text, line.rule);
      put_number(6, line.weight, point_digits);
      put_number(7, line.points, point_digits);
      put(8, 1, Role::text, line.reason).draft = line.proposed;
      ++row_;
    }
  }

  void events() {
    for (const EventRow& event : form_.events) {
      put(1, 1, Role::centred, event.block);
      put(2, 1, Role::centred, "");
      put(3, 1, Role::text, event.name);
      put(4, form_.scoring ? 2 : 1, Role::text, event.rule);
      if (!form_.scoring) put(5, 1, Role::centred, event.count);
      put(6, 1, Role::number, event.limit);
      put(7, 1, Role::number, event.points);
      if (columns_ == 9) put(8, 1, Role::text, "");
      put(columns_, 1, Role::text, event.reason);
      ++row_;
    }
  }

  void foot() {
    for (const auto& [name, effect] : form_.adjustments) {
      put(1, 5, Role::heading, name);
      put(6, columns_ - 5, Role::text, effect);
      ++row_;
    }
    put(1, 5, Role::sum, in(word::total));
    put_number(6, form_.scale, 2, Role::sum);
    put_number(7, form_.total, form_.digits, Role::sum);
    if (form_.total) grid_.cells.back().text = value::fixed(*form_.total, form_.digits);
    put(8, columns_ - 7, Role::text, "");
    ++row_;
    if (!form_.rating.empty()) {
      put(1, 2, Role::heading, in(word::rating));
      put(3, columns_ - 2, Role::sum, form_.rating);
      ++row_;
    }
    put(1, 2, Role::heading, in(word::rules));
    put(3, columns_ - 2, Role::text,
        form_.rules + (zh() ? "（" + form_.rules_title + "）" : " (" + form_.rules_title + ")"));
    ++row_;
    for (const std::string& note : form_.notes) {
      put(1, columns_, Role::note, (zh() ? "说明：" : "Note: ") + note);
      ++row_;
    }
  }

  const SelfEvaluation& form_;
  std::size_t columns_;
  std::size_t row_ = 1;
  Grid grid_;
  FormRows rows_;
};

}  // namespace

Grid form_grid(const SelfEvaluation& form) { return FormLayout(form).lay_out(); }

FormRows form_rows(const SelfEvaluation& form) {
  FormLayout layout(form);
  layout.lay_out();
  return layout.rows();
}

}  // namespace jixiao::filing
