#include "batch/record_writer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scoring/loops.hpp"
#include "scoring/most_lost.hpp"
#include "scoring/reasons.hpp"
#include "system/short_hash.hpp"
#include "table/marks.hpp"
#include "value/nan.hpp"
#include "value/rounding.hpp"
#include "value/unit.hpp"

namespace jixiao::batch {

using value::CellState;

namespace {

using value::nan;
constexpr int decimals = 9;  // of sums of points, which no rule set rounds

double amount(const scoring::CellColumn& column, std::size_t project) {
  return column.states[project] == CellState::ok ? column.values[project] : nan;
}

std::string reason_of_error(Language language) {
  return language == Language::zh ? "无法计分，见错误表" : "no points: see the table of errors";
}

std::string actual_of(const PieceContent& piece, std::size_t row) {
  const OwnRow& own = piece.rows[row];
  return own.own_actual ? value::show(piece.batch.rows.actual.values[row], own.read->unit)
                        : own.read->actual_shown;
}

std::string fixed_target(const scoring::MethodRows& method_rows, std::size_t i) {
  const value::Cell target = method_rows.fixed_target(i);
  return target.ok() ? value::show(target.value, method_rows.fixed().unit) : std::string();
}

std::string target_of(const PieceContent& piece, std::size_t row) {
  const OwnRow& own = piece.rows[row];
  if (!own.own_target) return own.read->target_shown;
  return shown(piece.batch.rows.target[row], piece.batch.rows.upper[row], own.read->unit);
}

bool is_plain_start(std::string_view name) {
  constexpr std::string_view formula_starts = "=+-@\t\r '";
  return !name.empty() && !table::has_special(name) &&
         formula_starts.find(name.front()) == std::string_view::npos;
}

void put_execution(table::TextBuffer& to, const portfolio::Standings& standings,
                   std::size_t project) {
  if (standings.adjusted.empty() || standings.executed.empty()) return;
  const double adjusted = standings.adjusted[project];
  const double executed = standings.executed[project];
  if (!std::isnan(executed) && adjusted > 0) to.put_fixed(100 * executed / adjusted, 2);
}

// "name -1.25"
void put_loss(table::TextBuffer& to, std::string_view name, double points) {
  if (is_plain_start(name)) {
    to.put(name);
    to.put(" -");
    return to.put_plain(points, 4);
  }
  std::string text(name);
  text += " -";
  table::append_plain(text, points, 4);
  to.put_cell(text);
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
      fixed_actuals_(rules.indicators.size()),
      fixed_targets_(rules.indicators.size()) {
  for (const auto& band : rules.bands)
    table::append_cell(band_cells_.emplace_back(), in(band.label, language));
  for (const auto& indicator : rules.indicators) {
    const std::string& name = in(indicator.name, language);
    loss_starts_.push_back(is_plain_start(name) ? name + " -" : std::string());
  }
  if (!scoring::has_formulas(rules)) return;
  formula_names_.push_back(in(scoring::name_of_formula(rules, ruleset::none), language));
  for (std::size_t b = 0; b < rules.blocks.size(); ++b)
    formula_names_.push_back(in(scoring::name_of_formula(rules, b), language));
}

std::string_view RecordWriter::indicator_at(const PieceContent& piece, std::size_t project,
                                            std::uint32_t which) const {
  if (which > scoring::MostLost::total_formula - formula_names_.size())
    return formula_names_[scoring::MostLost::total_formula - which];
  if (which < rules_.indicators.size()) return in(rules_.indicators[which].name, language_);
  return piece.cell(
      role_indicator,
      piece.rows[piece.batch.row_begin[project] + which - rules_.indicators.size()].record);
}

void RecordWriter::append_points(std::string& to, double points,
                                 const std::optional<value::Rounding>& rounding) const {
  // Points held to a weight with more decimals than points have are printed as they were decided.
  const bool is_rounded = rounding && (*rounding)(points) == points;
  is_rounded ? table::append_fixed(to, points, rounding->digits) : table::append_number(to, points);
}

// How many indicators of each project have no result.
void RecordWriter::count_missing(const PieceContent& piece, const scoring::Scorecards& cards) {
  missing_.assign(piece.projects.size(), 0);
  for (const auto& outcomes : cards.fixed) {
    for (std::size_t p = 0; p < missing_.size(); ++p)
      missing_[p] += outcomes.state[p] == CellState::missing ? 1 : 0;
  }
  for (std::size_t row = 0; row < piece.batch.rows.size(); ++row) {
    if (cards.rows.state[row] == CellState::missing) ++missing_[piece.batch.rows.project[row]];
  }
}

// The vetoes of each project that has a total, by name.
void RecordWriter::name_vetoes(const PieceContent& piece, const scoring::Scorecards& cards) {
  if (rules_.vetoes.empty()) return;
  vetoes_.assign(piece.projects.size(), {});
  for (const scoring::AppliedVeto& veto : cards.vetoes) {
    std::string& names = vetoes_[veto.project];
    if (scored_[veto.project] == 0) continue;
    names += (names.empty()               ? ""
              : language_ == Language::zh ? "；"
                                          : "; ") +
             in(rules_.vetoes[veto.which].name, language_);
  }
}

// What the portfolio keeps of each project, column by column. `scored_` becomes which of them have
// a total.
void RecordWriter::stand(const PieceContent& piece, const scoring::Scorecards& cards, Scored& out) {
  const std::size_t n = piece.projects.size();
  portfolio::Standings& standings = out.standings;
  standings.blocks.resize(rules_.blocks.size());
  standings.groups.resize(plan_.grouped.size());
  standings.project = piece.projects;
  standings.total.resize(n);
  standings.band.resize(n);
  out.keys.resize(n);
  out.lines.resize(n);
  scored_.resize(n);
  for (std::size_t p = 0; p < n; ++p) {
    const bool scored = !piece.failed(p) && cards.state[p] == CellState::ok;
    scored_[p] = scored ? 1 : 0;
    out.failed += scored ? 0 : 1;
    standings.total[p] = scored ? cards.total[p] : nan;
    standings.band[p] = scored && cards.band[p] != ruleset::none
                            ? static_cast<std::uint32_t>(cards.band[p])
                            : portfolio::no_band;
    out.keys[p] = system::hash_of(piece.projects[p]);
    out.lines[p] = piece.cells.line(piece.first_record(p));
  }
  // Where nobody has an amount, nobody needs a column of them.
  const auto take_amounts = [n](const scoring::CellColumn& from, std::vector<double>& to) {
    to.resize(scoring::loops::has(from.states, CellState::ok) ? n : 0);
    if (to.empty()) return;
    for (std::size_t p = 0; p < n; ++p) to[p] = amount(from, p);
  };
  take_amounts(piece.batch.initial, standings.initial);
  take_amounts(piece.batch.adjusted, standings.adjusted);
  take_amounts(piece.batch.executed, standings.executed);
  for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
    standings.blocks[b].resize(n);
    for (std::size_t p = 0; p < n; ++p)
      standings.blocks[b][p] = scored_[p] != 0 ? cards.block_points[b][p] : nan;
  }
  for (std::size_t g = 0; g < plan_.grouped.size(); ++g) {
    const auto cells = piece.cells.text(plan_.grouped[g]);
    standings.groups[g].resize(n);
    for (std::size_t p = 0; p < n; ++p) standings.groups[g][p] = cells[piece.first_record(p)];
  }
}

void RecordWriter::rank_losses(const PieceContent& piece, std::span<const scoring::MostLost> lost,
                               portfolio::Standings& standings) const {
  standings.lost_most.resize(scoring::MostLost::places);
  standings.lost_points.resize(scoring::MostLost::places);
  for (std::size_t k = 0; k < scoring::MostLost::places; ++k) {
    standings.lost_most[k].resize(piece.projects.size());
    standings.lost_points[k].resize(piece.projects.size());
    for (std::size_t p = 0; p < piece.projects.size(); ++p) {
      const bool somebody = scored_[p] != 0 && lost[p].indicator[k] != scoring::MostLost::nobody;
      standings.lost_most[k][p] = somebody ? indicator_at(piece, p, lost[p].indicator[k])
                                           : std::string_view();
      standings.lost_points[k][p] = somebody ? lost[p].points[k] : 0;
    }
  }
}

void RecordWriter::write_projects(const PieceContent& piece, const scoring::Scorecards& cards,
                                  std::span<const scoring::MostLost> lost, Scored& out) {
  stand(piece, cards, out);
  rank_losses(piece, lost, out.standings);
  count_missing(piece, cards);
  name_vetoes(piece, cards);
  const portfolio::Standings& standings = out.standings;
  out.late_at.clear();
  table::TextBuffer& to = out.rows;
  const auto fill_later = [&] { out.late_at.push_back(static_cast<std::uint32_t>(to.size())); };
  const auto put_rating = [&](std::size_t p) {
    if (standings.band[p] != portfolio::no_band) to.put(band_cells_[standings.band[p]]);
  };
  for (std::size_t p = 0; p < piece.projects.size(); ++p) {
    const std::size_t first = piece.first_record(p);
    const bool scored = scored_[p] != 0;
    bool begun = false;
    for (const auto& [cell, which] : plan_.output) {
      if (begun) to.put(',');
      begun = true;
      switch (cell) {
        case OutputCell::project: to.put_cell(piece.projects[p]); break;
        case OutputCell::carried: to.put_cell(piece.cells.text(which)[first]); break;
        case OutputCell::total:
          if (scored) put_points(to, cards.total[p]);
          break;
        case OutputCell::rating: plan_.is_forced ? fill_later() : put_rating(p); break;
        case OutputCell::rating_earned: put_rating(p); break;
        case OutputCell::moved: fill_later(); break;
        case OutputCell::veto: to.put_cell(vetoes_[p]); break;
        case OutputCell::rank: fill_later(); break;
        case OutputCell::execution: put_execution(to, standings, p); break;
        case OutputCell::block:
          if (scored) to.put_plain(cards.block_points[which][p], decimals);
          break;
        case OutputCell::lost_most:
          if (scored && lost[p].indicator[which] != scoring::MostLost::nobody) {
            write_loss(to, standings.lost_most[which][p], lost[p], which);
          }
          break;
        case OutputCell::missing:
          missing_[p] == 0 ? to.put('0') : to.put_number(static_cast<double>(missing_[p]));
          break;
        case OutputCell::errors: to.put_cell(piece.errors(p)); break;
      }
    }
    to.put('\n');
    out.row_ends.push_back(static_cast<std::uint32_t>(to.size()));
  }
}

void RecordWriter::put_points(table::TextBuffer& to, double points) const {
  rules_.total_rounding ? to.put_fixed(points, rules_.total_rounding->digits)
                        : to.put_number(points);
}

void RecordWriter::write_loss(table::TextBuffer& to, std::string_view name,
                              const scoring::MostLost& lost, std::size_t k) const {
  const std::uint32_t which = lost.indicator[k];
  const bool known = which < loss_starts_.size() && !loss_starts_[which].empty();
  if (!known) return put_loss(to, name, lost.points[k]);
  to.put(loss_starts_[which]);
  to.put_plain(lost.points[k], 4);
}

// Why points were lost, before the records that say so are written: method by method, one per
// method.
void RecordWriter::tell(const PieceContent& piece, const scoring::Scorecards& cards,
                        std::span<const scoring::MethodRows> row_sets) {
  reasons_.assign(piece.rows.size(), {});
  for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
    fixed_reasons_[f].assign(piece.projects.size(), {});
    fixed_actuals_[f].assign(piece.projects.size(), {});
    fixed_targets_[f].assign(piece.projects.size(), {});
  }
  std::vector<double> values;
  for (const scoring::MethodRows& method_rows : row_sets) {
    const bool fixed = method_rows.is_fixed();
    const scoring::Outcomes& outcomes = fixed ? cards.fixed[method_rows.fixed_index()] : cards.rows;
    const auto table = method_rows.table(outcomes);
    for (std::size_t i = 0; i < method_rows.size(); ++i) {
      const std::size_t slot = method_rows.slot(i);
      std::string& reason = fixed ? fixed_reasons_[method_rows.fixed_index()][slot]
                                  : reasons_[slot];
      const value::Unit& unit = fixed ? method_rows.fixed().unit : piece.rows[slot].read->unit;
      const value::Cell actual = method_rows.actual(i);
      std::string actual_shown;
      if (fixed && actual.ok())
        actual_shown =
            value::show(value::Rounding{2, value::RoundingMode::half_up}(actual.value), unit);
      switch (outcomes.state[slot]) {
        case CellState::missing: reason = in(scoring::reason_of_missing(), language_); break;
        case CellState::not_applicable:
          reason = in(scoring::reason_of_not_applicable(), language_);
          break;
        case CellState::error: reason = reason_of_error(language_); break;
        case CellState::ok:
          if (outcomes.lost(slot) <= 0) break;
          values.clear();
          for (const auto& column : table) values.push_back(column[i]);
          if (!fixed) actual_shown = actual_of(piece, slot);
          reason =
              in(scoring::reason(method_rows.method(), outcomes.outside[slot], {values, unit},
                                 {unit, actual_shown,
                                  fixed ? fixed_target(method_rows, i)
                                        : piece.rows[slot].read->sign + target_of(piece, slot)}),
                 language_);
      }
      if (fixed) fixed_actuals_[method_rows.fixed_index()][slot] = std::move(actual_shown);
      if (fixed) fixed_targets_[method_rows.fixed_index()][slot] = fixed_target(method_rows, i);
    }
  }
}

void RecordWriter::write_indicators(const PieceContent& piece, const scoring::Scorecards& cards,
                                    std::span<const scoring::MethodRows> row_sets, Scored& out) {
  std::string& to = out.indicators;
  tell(piece, cards, row_sets);
  for (std::size_t p = 0; p < piece.projects.size(); ++p) {
    for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
      const auto& indicator = rules_.indicators[f];
      const std::string target = indicator.has_target ? fixed_targets_[f][p] : std::string();
      const double reported = p < piece.reported_of_fixed[f].size() ? piece.reported_of_fixed[f][p]
                                                                    : nan;
      write_indicator(
          to, {piece.projects[p], in(indicator.name, language_), rules_.blocks[indicator.block].id,
               rules_.methods[indicator.method].id, target, fixed_actuals_[f][p], cards.fixed[f], p,
               reported, fixed_reasons_[f][p]});
    }
    for (std::size_t row = piece.batch.row_begin[p]; row < piece.batch.row_begin[p + 1]; ++row) {
      const OwnRow& own = piece.rows[row];
      const std::string actual = actual_of(piece, row);
      const std::string target = target_of(piece, row);
      write_indicator(to, {piece.projects[p], piece.cell(role_indicator, own.record),
                           rules_.blocks[piece.batch.rows.block[row]].id,
                           rules_.methods[piece.batch.rows.method[row]].id, target, actual,
                           cards.rows, row, own.reported, reasons_[row]});
    }
    out.indicator_ends.push_back(static_cast<std::uint32_t>(to.size()));
  }
}

void RecordWriter::write_indicator(std::string& to, const IndicatorCells& cells) const {
  const scoring::Outcomes& outcomes = cells.outcomes;
  const CellState state = outcomes.state[cells.slot];
  // What counts as full or as zero by the rule set's policy has points, too.
  const bool ok = state == CellState::ok ||
                  (state == CellState::not_applicable &&
                   rules_.not_applicable == ruleset::NotApplicablePolicy::full) ||
                  (state == CellState::missing && rules_.missing == ruleset::MissingPolicy::zero);
  table::append_cell(to, cells.project);
  to += ',';
  table::append_cell(to, cells.name);
  for (const std::string_view id : {cells.block, cells.method}) to += ',', to += id;
  for (const std::string_view text : {cells.target, cells.actual})
    to += ',', table::append_cell(to, text);
  to += ',';
  table::append_plain(to, outcomes.weight[cells.slot], decimals);
  to += ',';
  if (ok) append_points(to, outcomes.points[cells.slot], rules_.indicator_rounding);
  to += ',';
  if (ok) table::append_plain(to, outcomes.lost(cells.slot), decimals);
  to += ',';
  table::append_number(to, cells.reported);
  to += ',';
  if (ok && !std::isnan(cells.reported))
    table::append_plain(to, outcomes.points[cells.slot] - cells.reported, decimals);
  to += ',';
  table::append_cell(to, cells.reason);
  to += '\n';
}

}  // namespace jixiao::batch
