#include "filing/calculation_totals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "filing/excel_formula.hpp"
#include "scoring/project_values.hpp"
#include "scoring/totals.hpp"
#include "value/decimals.hpp"

namespace jixiao::filing {

using ruleset::none;
using value::CellState;

namespace {

class TotalsWriter {
 public:
  TotalsWriter(const Calculation& calculation, const ProjectCells& head,
               std::span<const RowCells> rows, workbook::Sheet& sheet)
      : c_(calculation),
        head_(head),
        rows_(rows),
        sheet_(sheet),
        row_(rows.empty() ? head.next_row + 2 : rows.back().row + 2) {}

  void write() {
    blocks();
    base();
    adjustments();
    decided_total();
    rating();
    vetoes();
    outcome();
  }

 private:
  static constexpr std::size_t value_column = column_points;

  [[nodiscard]] bool ok() const { return c_.cards.state[0] == CellState::ok; }
  [[nodiscard]] double known(double x) const { return ok() ? x : std::nan(""); }
  [[nodiscard]] std::string here() const { return workbook::cell_name(row_, value_column); }

  void label(const std::string& name, bool bold = false) {
    workbook::Look look = text_look();
    look.bold = bold;
    sheet_.text(row_, 1, name, look);
    sheet_.merge(1, column_W - 1);
  }
  void explain(const std::string& words) {
    if (!words.empty()) sheet_.text(row_, column_formula, words, text_look());
  }
  // A line of one formula; its cell's name.
  std::string line(const std::string& name, const std::string& formula, double now,
                   bool bold = false) {
    label(name, bold);
    workbook::Look look = number_look();
    look.bold = bold;
    sheet_.formula(row_, value_column, {formula, now}, look);
    const std::string cell = here();
    ++row_;
    return cell;
  }

  // The cells of one column over a block's rows: they stand together.
  [[nodiscard]] std::string range_of(std::size_t block, std::size_t column) const {
    std::size_t first = 0, last = 0;
    for (const RowCells& row : rows_) {
      if (row.block != block) continue;
      if (first == 0) first = row.row;
      last = row.row;
    }
    return first == 0 ? std::string() : workbook::range_name({first, column, last - first + 1, 1});
  }

  void blocks() {
    sheet_.text(row_, 1, c_.say("块", "block"), heading_look());
    sheet_.merge(1, column_W - 1);
    sheet_.text(row_, column_W, c_.say("分值", "weight"), heading_look());
    sheet_.blank(row_, column_formula_result, heading_look());
    sheet_.text(row_, value_column, c_.say("得分", "points"), heading_look());
    ++row_;
    for (std::size_t b = 0; b < c_.rules.blocks.size(); ++b) {
      const ruleset::Block& block = c_.rules.blocks[b];
      const std::string points = range_of(b, column_points);
      label(c_.in(block.name));
      sheet_.number(row_, column_W, c_.cards.block_weights[b][0], number_look());
      std::string formula = points.empty() ? "0" : "SUM(" + points + ")";
      if (block.combine && !points.empty()) formula = folded(b);
      if (const double factor = c_.cards.block_factors[b][0]; factor != 1 && std::isfinite(factor))
        formula = "(" + formula + ")*" + excel_number(factor);
      if (c_.rules.block_rounding) {
        const double weight = c_.cards.block_weights[b][0];
        const value::Rounding rounding = value::beside_weight(*c_.rules.block_rounding, weight);
        formula = excel_rounding(rounding, formula);
        if (rounding(weight) > weight)
          formula = "MIN(" + excel_number(weight) + "," + formula + ")";
      }
      sheet_.formula(row_, value_column, {formula, c_.cards.block_points[b][0]}, number_look());
      if (block.combine)
        explain(block.combine->each.text() + "  →  " + block.combine->total.text());
      block_cells_.push_back(here());
      ++row_;
    }
  }

  // each(P, W) over the rows that count, then total(S, N, V). Written out, row by row.
  std::string folded(std::size_t b) const {
    const ruleset::Fold& fold = *c_.rules.blocks[b].combine;
    std::string sum, weights;
    std::size_t count = 0;
    for (const RowCells& row : rows_) {
      if (row.block != b || !row.counts) continue;
      const std::array<std::string, 2> operands{workbook::cell_name(row.row, column_points),
                                                workbook::cell_name(row.row, column_W)};
      const auto each = to_excel(fold.each, {{"P", "W"}, nullptr}, operands);
      if (!each) return excel_number(c_.cards.block_points[b][0]);
      sum += (sum.empty() ? "" : "+") + *each;
      weights += (weights.empty() ? "" : "+") + operands[1];
      ++count;
    }
    if (count == 0) return "0";
    const std::array<std::string, 3> operands{"(" + sum + ")", std::to_string(count),
                                              "(" + weights + ")"};
    const auto total = to_excel(fold.total, {{"S", "N", "V"}, nullptr}, operands);
    if (!total) return excel_number(c_.cards.block_points[b][0]);
    std::string points;
    for (const RowCells& row : rows_) {
      if (row.block == b && row.counts)
        points += (points.empty() ? "" : ",") + workbook::cell_name(row.row, column_points);
    }
    return "IF(COUNT(" + points + ")<" + std::to_string(count) + ",0," + *total + ")";
  }

  // The cells of the project names: money, inputs, blocks, total.
  [[nodiscard]] std::vector<std::string> project_cells(const std::string& total) const {
    std::vector<std::string> out = head_.names;
    out.insert(out.end(), block_cells_.begin(), block_cells_.end());
    out.push_back(total);
    return out;
  }

  // Blank until every indicator that counts has its points.
  [[nodiscard]] std::string when_complete(const std::string& formula) const {
    if (rows_.empty()) return formula;
    const std::size_t expected = static_cast<std::size_t>(
        std::count_if(rows_.begin(), rows_.end(), [](const RowCells& row) { return row.counts; }));
    const std::string all = workbook::range_name(
        {rows_.front().row, column_points, rows_.back().row - rows_.front().row + 1, 1});
    return "IF(COUNT(" + all + ")<" + std::to_string(expected) + ",\"\"," + formula + ")";
  }
  static std::string unless_blank(const std::string& cell, const std::string& formula) {
    return "IF(" + cell + "=\"\",\"\"," + formula + ")";
  }

  void base() {
    double sum = 0;
    for (const auto& points : c_.cards.block_points) sum += points[0];
    std::string formula = block_cells_.empty()
                              ? "0"
                              : "SUM(" + block_cells_.front() + ":" + block_cells_.back() + ")";
    if (c_.rules.combine) {
      formula::Scope scope = c_.rules.project_scope;
      scope.variables.pop_back();
      std::vector<std::string> cells = project_cells("");
      cells.pop_back();
      formula = to_excel(*c_.rules.combine, scope, cells).value_or(excel_number(c_.cards.base[0]));
      sum = scoring::evaluate_known(
          *c_.rules.combine, scoring::project_values(c_.rules, c_.binding.batch, c_.cards, 0));
      explain(c_.rules.combine->text());
    }
    const double factor = ok() && sum != 0 ? c_.cards.base[0] / sum : 1;
    const std::string cell =
        line(c_.say("各块合计", "blocks together"), when_complete(formula), known(sum));
    base_ = cell;
    if (std::abs(factor - 1) < 1e-12) return;
    label(c_.say("不适用的部分按比例折算", "rescaled for what does not apply"));
    sheet_.number(row_, value_column, factor, number_look());
    const std::string by = here();
    ++row_;
    base_ = line(c_.say("折算后", "rescaled"), unless_blank(cell, cell + "*" + by),
                 known(c_.cards.base[0]));
  }

  void adjustments() {
    std::array<std::string, 2> spent;
    std::string sum;
    for (std::size_t i = 0; i < c_.cards.adjustments.size(); ++i) {
      const scoring::AppliedAdjustment& applied = c_.cards.adjustments[i];
      const ruleset::Adjustment& rule = c_.rules.adjustments[applied.which];
      label(c_.in(rule.name));
      sheet_.number(row_, column_W, applied.n, given_look());
      std::vector<std::string> cells = project_cells(base_);
      cells.push_back(workbook::cell_name(row_, column_W));
      formula::Scope scope = c_.rules.project_scope;
      scope.variables.push_back("n");
      for (const auto& param : rule.params) {
        scope.variables.push_back(param.name);
        cells.push_back(excel_number(param.value));
      }
      const auto points = to_excel(rule.points, scope, cells);
      std::string formula = "MAX(0," + points.value_or(excel_number(std::abs(applied.points))) +
                            ")";
      if (rule.limit) formula = "MIN(" + formula + "," + excel_number(*rule.limit) + ")";
      const bool bonus = rule.kind == ruleset::AdjustmentKind::bonus;
      const auto& limit = bonus ? c_.rules.bonus_limit : c_.rules.penalty_limit;
      std::string& before = spent[bonus ? 0 : 1];
      if (limit)
        formula = "MIN(" + formula + "," + excel_number(*limit) +
                  (before.empty() ? "" : (bonus ? "-(" : "+(") + before + ")") + ")";
      if (!bonus) formula = "(-" + formula + ")";
      sheet_.formula(row_, value_column, {formula, applied.points}, number_look());
      explain(rule.points.text());
      before += (before.empty() ? "" : "+") + here();
      sum += "+" + here();
      ++row_;
    }
    adjusted_ = base_ + sum;
  }

  // scoring::decided_total() as a formula of `x`.
  [[nodiscard]] std::string decided(const std::string& x) const {
    const value::Rounding rounding = c_.rules.decided_rounding();
    if (!c_.rules.total_range) return excel_rounding(rounding, x);
    const auto held = [range = *c_.rules.total_range](std::string out) {
      if (std::isfinite(range.high)) out = "MIN(" + out + "," + excel_number(range.high) + ")";
      if (std::isfinite(range.low)) out = "MAX(" + out + "," + excel_number(range.low) + ")";
      return out;
    };
    const std::string out = excel_rounding(rounding, held(x));
    const auto may_pass = [&](double end) { return std::isfinite(end) && rounding(end) != end; };
    const bool passes = may_pass(c_.rules.total_range->low) || may_pass(c_.rules.total_range->high);
    return passes ? held(out) : out;
  }

  void decided_total() {
    const double now = c_.cards.vetoes.empty() ? c_.cards.total[0]
                                               : c_.cards.vetoes.front().total_before;
    total_ =
        line(c_.say("总分", "total"), unless_blank(base_, decided(adjusted_)), known(now), true);
  }

  // The bands that totals reach, from the lowest up.
  [[nodiscard]] std::vector<std::size_t> bands() const {
    std::vector<std::size_t> out;
    for (std::size_t b = 0; b < c_.rules.bands.size(); ++b) {
      if (!c_.rules.bands[b].only_veto) out.push_back(b);
    }
    std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
      return c_.rules.bands[a].range.low < c_.rules.bands[b].range.low;
    });
    return out;
  }

  // Where each rating begins, as a small table a LOOKUP reads; nested conditions where one does not
  // begin with its lower end.
  void rating() {
    const std::vector<std::size_t> all = bands();
    if (all.empty()) return;
    bool simple = true;
    for (const std::size_t b : all) {
      const auto& range = c_.rules.bands[b].range;
      simple = simple && (range.low_closed || std::isinf(range.low));
    }
    ++row_;
    label(c_.say("等级的下限", "where each rating begins"));
    sheet_.blank(row_, value_column, heading_look());
    ++row_;
    const std::size_t first = row_;
    for (const std::size_t b : all) {
      const auto& range = c_.rules.bands[b].range;
      label(c_.in(c_.rules.bands[b].label) + " " + range.text());
      sheet_.text(row_, column_formula_result, c_.in(c_.rules.bands[b].label), text_look());
      workbook::Look look = number_look();
      look.format = "0.00##;\"—\"";  // no lower end: a number no total is below
      sheet_.number(row_, value_column, std::isinf(range.low) ? -1e9 : range.low, look);
      ++row_;
    }
    if (simple) {
      const auto fixed = [&](std::size_t column) {
        return workbook::cell_name(first, column, true) + ":" +
               workbook::cell_name(row_ - 1, column, true);
      };
      lookup_ = [thresholds = fixed(value_column),
                 labels = fixed(column_formula_result)](const std::string& total) {
        return "LOOKUP(" + total + "," + thresholds + "," + labels + ")";
      };
      return;
    }
    lookup_ = [this, all](const std::string& total) {
      std::string out = "\"\"";
      for (const std::size_t b : all) {
        const auto& range = c_.rules.bands[b].range;
        const std::string above = std::isinf(range.low) ? "TRUE"
                                                        : total + (range.low_closed ? ">=" : ">") +
                                                              excel_number(range.low);
        out = "IF(" + above + ",\"" + c_.in(c_.rules.bands[b].label) + "\"," + out + ")";
      }
      return out;
    };
  }

  // Every veto judges the total there was before any of them; the total left is the least that any
  // of them leaves, the rating the worst.
  void vetoes() {
    struct FixedRating {
      std::size_t band;
      std::string happened;
    };
    std::vector<FixedRating> fixed;
    const std::string before_all = total_;
    double left_now = c_.cards.vetoes.empty() ? c_.cards.total[0]
                                              : c_.cards.vetoes.front().total_before;
    for (std::size_t v = 0; v < c_.rules.vetoes.size(); ++v) {
      const ruleset::Veto& veto = c_.rules.vetoes[v];
      const auto& applied = c_.cards.vetoes;
      const bool now = std::any_of(applied.begin(), applied.end(),
                                   [&](const auto& each) { return each.which == v; });
      const auto& events = c_.binding.batch.vetoes;
      const bool declared = std::any_of(events.begin(), events.end(), [&](const auto& each) {
        return each.which == v && each.n > 0;
      });
      if (!now && !veto.when) continue;
      std::optional<std::string> condition;
      if (!declared && veto.when)
        condition =
            to_excel_condition(*veto.when, c_.rules.project_scope, project_cells(before_all));
      const std::string happened = line(
          c_.say("一票否决：", "veto: ") + c_.in(veto.name),
          condition ? "IF(" + *condition + ",1,0)" : std::string(now ? "1" : "0"), now ? 1 : 0);
      if (veto.when) sheet_.text(row_ - 1, column_formula, veto.when->text(), text_look());
      std::string left = total_;
      for (const auto& most : {veto.total, veto.limit}) {
        if (!most) continue;
        left = "MIN(" + left + "," + excel_number(scoring::decided_total(c_.rules, *most)) + ")";
        if (now) left_now = std::min(left_now, scoring::decided_total(c_.rules, *most));
      }
      const std::string before = total_;
      if (left != before) {
        total_ = line(c_.say("否决后的总分", "total after it"),
                      unless_blank(before, "IF(" + happened + "=1," + left + "," + before + ")"),
                      known(left_now));
      }
      if (veto.rating != none) fixed.push_back({veto.rating, happened});
    }
    rating_ = lookup_ ? lookup_(total_) : std::string();
    if (!lookup_) return;
    std::stable_sort(fixed.begin(), fixed.end(),
                     [](const auto& a, const auto& b) { return a.band < b.band; });
    for (const FixedRating& one : fixed) {  // the worst of them is asked first
      const ruleset::Band& band = c_.rules.bands[one.band];
      std::string holds = one.happened + "=1";
      if (!band.only_veto && std::isfinite(band.range.high)) {
        const std::string above = total_ + (band.range.high_closed ? ">" : ">=") +
                                  excel_number(band.range.high);
        holds = "AND(" + holds + "," + above + ")";
      } else if (!band.only_veto) {
        continue;  // the best rating: nothing is above it
      }
      rating_ = "IF(" + holds + ",\"" + c_.in(band.label) + "\"," + rating_ + ")";
    }
  }

  void outcome() {
    ++row_;
    line(c_.say("最终得分", "final total"), unless_blank(total_, total_), known(c_.cards.total[0]),
         true);
    if (rating_.empty()) return;
    label(c_.say("等级", "rating"), true);
    workbook::Look look = number_look();
    look.bold = true;
    look.across = workbook::Across::centre;
    const std::size_t band = c_.cards.band[0];
    sheet_.formula(row_, value_column,
                   {unless_blank(total_, rating_),
                    ok() && band != none ? c_.in(c_.rules.bands[band].label) : std::string()},
                   look);
    ++row_;
  }

  const Calculation& c_;
  const ProjectCells& head_;
  std::span<const RowCells> rows_;
  workbook::Sheet& sheet_;
  std::size_t row_;
  std::vector<std::string> block_cells_;
  std::string base_, adjusted_, total_, rating_;
  std::function<std::string(const std::string&)> lookup_;
};

}  // namespace

void write_totals(const Calculation& calculation, const ProjectCells& head,
                  std::span<const RowCells> rows, workbook::Sheet& sheet) {
  TotalsWriter(calculation, head, rows, sheet).write();
}

}  // namespace jixiao::filing
