#include "batch/record_writer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "batch/text_hash.hpp"
#include "scoring/reasons.hpp"
#include "table/marks.hpp"
#include "value/rounding.hpp"
#include "value/unit.hpp"

namespace jixiao::batch {

using value::CellState;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr int decimals = 9;  // of sums of points, which no rule set rounds

double amount(const scoring::CellColumn& column, std::size_t project) {
  return column.states[project] == CellState::ok ? column.values[project] : nan;
}

std::size_t missing_of(const PieceContent& piece, const scoring::Scorecards& cards, std::size_t p) {
  std::size_t count = 0;
  for (const auto& outcomes : cards.fixed) count += outcomes.state[p] == CellState::missing ? 1 : 0;
  for (std::size_t row = piece.batch.row_begin[p]; row < piece.batch.row_begin[p + 1]; ++row)
    count += cards.rows.state[row] == CellState::missing ? 1 : 0;
  return count;
}

std::string reason_of_error(Language language) {
  return language == Language::zh ? "无法计分，见错误表" : "no points: see the table of errors";
}

std::string actual_of(const PieceContent& piece, std::size_t row) {
  const OwnRow& own = piece.rows[row];
  return own.plain_actual ? value::show(piece.batch.rows.actual.values[row], own.read->unit) : own.read->actual_shown;
}

std::string target_of(const PieceContent& piece, std::size_t row) {
  const OwnRow& own = piece.rows[row];
  if (!own.plain_target) return own.read->target_shown;
  return shown(piece.batch.rows.target[row], piece.batch.rows.upper[row], own.read->unit);
}

// "name -1.25"
void append_loss(std::string& to, std::string_view name, double points) {
  constexpr std::string_view formula_starts = "=+-@\t\r '";
  if (!name.empty() && !table::has_special(name) && formula_starts.find(name.front()) == std::string_view::npos) {
    to += name;
    to += " -";
    return table::append_plain(to, points, 4);
  }
  std::string text(name);
  text += " -";
  table::append_plain(text, points, 4);
  table::append_neutral(to, text);
}

}  // namespace

// One record of the indicator table.
struct RecordWriter::IndicatorCells {
  std::string_view project, name, block, method, target, actual;
  const scoring::Outcomes& outcomes;
  std::size_t slot = 0;
  double reported = 0;
  std::string_view reason;
};

RecordWriter::RecordWriter(const ruleset::RuleSet& rules, const Plan& plan, Language language)
    : rules_(rules),
      plan_(plan),
      language_(language),
      fixed_reasons_(rules.indicators.size()),
      fixed_actuals_(rules.indicators.size()) {}

std::string_view RecordWriter::indicator_at(const PieceContent& piece, std::size_t project, std::uint32_t which) const {
  if (which < rules_.indicators.size()) return in(rules_.indicators[which].name, language_);
  return piece.cell(role_indicator, piece.rows[piece.batch.row_begin[project] + which - rules_.indicators.size()].record);
}

void RecordWriter::append_points(std::string& to, double points, const std::optional<value::Rounding>& rounding) const {
  rounding ? table::append_fixed(to, points, rounding->digits) : table::append_number(to, points);
}

void RecordWriter::write_projects(const PieceContent& piece, const scoring::Scorecards& cards, std::span<const scoring::MostLost> lost,
                                  Scored& out) {
  portfolio::Standings& standings = out.standings;
  standings.blocks.resize(rules_.blocks.size());
  standings.groups.resize(plan_.grouped.size());
  standings.lost_most.resize(scoring::MostLost::places);
  standings.lost_points.resize(scoring::MostLost::places);
  std::string& to = out.rows;
  for (std::size_t p = 0; p < piece.projects.size(); ++p) {
    const std::size_t first = piece.first_record(p);
    const bool scored = !piece.failed(p) && cards.state[p] == CellState::ok;
    const bool rated = scored && cards.band[p] != ruleset::none;
    const double adjusted = amount(piece.batch.adjusted, p);
    const double executed = amount(piece.batch.executed, p);
    out.keys.push_back(hash_of(piece.projects[p]));
    out.lines.push_back(piece.cells.line(first));
    out.failed += scored ? 0 : 1;
    standings.project.push_back(piece.projects[p]);
    standings.total.push_back(scored ? cards.total[p] : nan);
    standings.band.push_back(rated ? static_cast<std::uint32_t>(cards.band[p]) : portfolio::no_band);
    standings.initial.push_back(amount(piece.batch.initial, p));
    standings.adjusted.push_back(adjusted);
    standings.executed.push_back(executed);
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) standings.blocks[b].push_back(scored ? cards.block_points[b][p] : nan);
    for (std::size_t g = 0; g < plan_.grouped.size(); ++g) standings.groups[g].push_back(piece.cells.text(plan_.grouped[g])[first]);

    table::append_neutral(to, piece.projects[p]);
    for (const std::size_t c : plan_.carried) {
      to += ',';
      table::append_neutral(to, piece.cells.text(c)[first]);
    }
    to += ',';
    if (scored) append_points(to, cards.total[p], rules_.total_rounding);
    to += ',';
    if (rated) table::append_cell(to, in(rules_.bands[cards.band[p]].label, language_));
    to += ',';
    out.rank_at.push_back(to.size());
    if (plan_.with_ranks) to += ',';
    if (!std::isnan(executed) && adjusted > 0) table::append_fixed(to, 100 * executed / adjusted, 2);
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      to += ',';
      if (scored) table::append_plain(to, cards.block_points[b][p], decimals);
    }
    write_losses(piece, p, lost[p], scored, out);
    to += ',';
    table::append_number(to, static_cast<double>(missing_of(piece, cards, p)));
    to += ',';
    table::append_neutral(to, piece.errors(p));
    to += '\n';
  }
}

void RecordWriter::write_losses(const PieceContent& piece, std::size_t p, const scoring::MostLost& lost, bool scored, Scored& out) const {
  for (std::size_t k = 0; k < scoring::MostLost::places; ++k) {
    const bool somebody = scored && lost.indicator[k] != scoring::MostLost::nobody;
    const std::string_view name = somebody ? indicator_at(piece, p, lost.indicator[k]) : std::string_view();
    out.standings.lost_most[k].push_back(name);
    out.standings.lost_points[k].push_back(somebody ? lost.points[k] : 0);
    out.rows += ',';
    if (somebody) append_loss(out.rows, name, lost.points[k]);
  }
}

// Why points were lost, before the records that say so are written: strip by strip, one a method.
void RecordWriter::tell(const PieceContent& piece, const scoring::Scorecards& cards, std::span<const scoring::Strip> strips) {
  reasons_.assign(piece.rows.size(), {});
  for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
    fixed_reasons_[f].assign(piece.projects.size(), {});
    fixed_actuals_[f].assign(piece.projects.size(), {});
  }
  std::vector<double> values;
  for (const scoring::Strip& strip : strips) {
    const bool fixed = strip.is_fixed();
    const scoring::Outcomes& outcomes = fixed ? cards.fixed[strip.fixed_index()] : cards.rows;
    const auto table = strip.table(outcomes);
    for (std::size_t i = 0; i < strip.size(); ++i) {
      const std::size_t slot = strip.slot(i);
      std::string& reason = fixed ? fixed_reasons_[strip.fixed_index()][slot] : reasons_[slot];
      const value::Unit& unit = fixed ? strip.fixed().unit : piece.rows[slot].read->unit;
      const value::Cell actual = strip.actual(i);
      std::string actual_shown;
      if (fixed && actual.ok()) actual_shown = value::show(value::Rounding{2, value::RoundingMode::half_up}(actual.value), unit);
      switch (outcomes.state[slot]) {
        case CellState::missing: reason = in(scoring::reason_of_missing(), language_); break;
        case CellState::not_applicable: reason = in(scoring::reason_of_not_applicable(), language_); break;
        case CellState::error: reason = reason_of_error(language_); break;
        case CellState::ok:
          if (outcomes.lost(slot) <= 0) break;
          values.clear();
          for (const auto& column : table) values.push_back(column[i]);
          if (!fixed) actual_shown = actual_of(piece, slot);
          reason = in(scoring::reason(strip.method(), outcomes.outside[slot], {values, unit},
                                      {unit, actual_shown, fixed ? value::show(strip.fixed().target, unit) : piece.rows[slot].read->sign + target_of(piece, slot)}),
                      language_);
      }
      if (fixed) fixed_actuals_[strip.fixed_index()][slot] = std::move(actual_shown);
    }
  }
}

void RecordWriter::write_indicators(const PieceContent& piece, const scoring::Scorecards& cards, std::span<const scoring::Strip> strips,
                                    std::string& to) {
  tell(piece, cards, strips);
  for (std::size_t p = 0; p < piece.projects.size(); ++p) {
    for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
      const auto& indicator = rules_.indicators[f];
      const std::string target = indicator.has_target ? value::show(indicator.target, indicator.unit) : std::string();
      const double reported = p < piece.reported_of_fixed[f].size() ? piece.reported_of_fixed[f][p] : nan;
      write_indicator(to, {piece.projects[p], in(indicator.name, language_), rules_.blocks[indicator.block].id,
                           rules_.methods[indicator.method].id, target, fixed_actuals_[f][p], cards.fixed[f], p, reported,
                           fixed_reasons_[f][p]});
    }
    for (std::size_t row = piece.batch.row_begin[p]; row < piece.batch.row_begin[p + 1]; ++row) {
      const OwnRow& own = piece.rows[row];
      const std::string actual = actual_of(piece, row);
      const std::string target = target_of(piece, row);
      write_indicator(to, {piece.projects[p], piece.cell(role_indicator, own.record), rules_.blocks[piece.batch.rows.block[row]].id,
                           rules_.methods[piece.batch.rows.method[row]].id, target, actual, cards.rows, row, own.reported,
                           reasons_[row]});
    }
  }
}

void RecordWriter::write_indicator(std::string& to, const IndicatorCells& cells) const {
  const scoring::Outcomes& outcomes = cells.outcomes;
  const bool ok = outcomes.state[cells.slot] == CellState::ok;
  table::append_neutral(to, cells.project);
  to += ',';
  table::append_neutral(to, cells.name);
  for (const std::string_view id : {cells.block, cells.method}) to += ',', to += id;
  for (const std::string_view text : {cells.target, cells.actual}) to += ',', table::append_neutral(to, text);
  to += ',';
  table::append_plain(to, outcomes.weight[cells.slot], decimals);
  to += ',';
  if (ok) append_points(to, outcomes.points[cells.slot], rules_.indicator_rounding);
  to += ',';
  if (ok) table::append_plain(to, outcomes.lost(cells.slot), decimals);
  to += ',';
  table::append_number(to, cells.reported);
  to += ',';
  if (ok && !std::isnan(cells.reported)) table::append_plain(to, outcomes.points[cells.slot] - cells.reported, decimals);
  to += ',';
  table::append_neutral(to, cells.reason);
  to += '\n';
}

}  // namespace jixiao::batch
