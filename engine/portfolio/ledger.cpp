#include "portfolio/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "portfolio/distribution.hpp"
#include "portfolio/earlier.hpp"
#include "portfolio/edges.hpp"
#include "portfolio/grouping.hpp"
#include "portfolio/losses.hpp"
#include "portfolio/rank.hpp"
#include "portfolio/running_sum.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::portfolio {
namespace {

double cell(const std::vector<double>& column, std::size_t i) {
  return i < column.size() ? column[i] : std::nan("");
}

double percent_of(std::size_t part, std::size_t whole) {
  return whole > 0 ? 100 * static_cast<double>(part) / static_cast<double>(whole) : std::nan("");
}

}  // namespace

void Standings::clear() {
  for (auto* columns : {&groups, &lost_most}) {
    for (auto& column : *columns) column.clear();
  }
  for (auto* columns : {&blocks, &lost_points}) {
    for (auto& column : *columns) column.clear();
  }
  for (auto* column : {&total, &initial, &adjusted, &executed}) column->clear();
  project.clear();
  band.clear();
}

struct Ledger::State {
  State(const ruleset::RuleSet& rule_set, const PortfolioRequest& asked, std::string input_name,
        std::optional<ruleset::Distribution> limits)
      : rules(&rule_set),
        input(std::move(input_name)),
        ties(asked.ties),
        bands(rule_set.bands.size()),
        blocks(rule_set.blocks.size()),
        near(rule_set, asked.near) {
    for (const std::string& column : asked.roll_up)
      groupings.emplace_back(rule_set, column, asked.weight);
    if (!asked.earlier.empty()) earlier.emplace(rule_set, asked.earlier);
    if (!limits) return;
    // The roll-up whose column the limits hold within, or a column behind those of the roll-ups.
    const auto same = std::find(asked.roll_up.begin(), asked.roll_up.end(), limits->by);
    by = static_cast<std::size_t>(same - asked.roll_up.begin());
    forced.emplace(rule_set, *std::move(limits));
  }

  struct BlockSum {
    RunningSum points;
    std::size_t projects = 0;
  };

  void add(const Standings& piece, std::size_t i) {
    const Standing standing{piece.total[i], cell_of_band(piece, i), cell(piece.initial, i),
                            cell(piece.adjusted, i), cell(piece.executed, i)};
    totals.add(standing.total);
    note_fixed_rating(standing.total, standing.band);
    spending.add(standing);
    for (std::size_t g = 0; g < groupings.size(); ++g) {
      const bool given = g < piece.groups.size() && i < piece.groups[g].size();
      const std::uint32_t group =
          groupings[g].add(given ? piece.groups[g][i] : std::string_view(), standing);
      if (forced) groups.push_back(group);
    }
    if (forced) {
      const bool given = by < piece.groups.size() && i < piece.groups[by].size();
      forced->add(standing.total, standing.band,
                  given && !forced->by().empty() ? piece.groups[by][i] : std::string_view());
    }
    const std::uint32_t then =
        earlier ? earlier->add(piece.project[i], standing.total, standing.band, totals.size() - 1)
                : no_band;
    if (forced && earlier) bands_then.push_back(then);
    if (std::isnan(standing.total)) return;
    if (standing.band < bands.size()) ++bands[standing.band];
    for (std::size_t k = 0; k < std::min(piece.lost_most.size(), piece.lost_points.size()); ++k) {
      if (i < piece.lost_most[k].size())
        losses.add(piece.lost_most[k][i], cell(piece.lost_points[k], i));
    }
    // Where versions have edges of their own, those of this rule set are not theirs.
    if (!rules->versions) near.add(piece.project[i], standing.total, standing.band);
  }

  // Ratings are counted as the limits leave them.
  void force() {
    if (!forced) return;
    forced->apply();
    for (const MovedRating& moved : forced->moved()) {
      --bands[moved.from];
      ++bands[moved.to];
      for (std::size_t g = 0; g < groupings.size(); ++g)
        groupings[g].move(groups[moved.project * groupings.size() + g], moved.from, moved.to);
      if (earlier) earlier->move(bands_then[moved.project], moved.project, moved.from, moved.to);
    }
    groups = {};
    bands_then = {};
  }

  // A rating that is not the one of the total was fixed by a veto.
  void note_fixed_rating(double total, std::uint32_t band) {
    if ((rules->vetoes.empty() && !rules->versions) || std::isnan(total) || band >= bands.size() ||
        rules->band_of(total) == band)
      return;
    fixed_ratings.push_back({totals.size() - 1, band});
  }

  // By rating first, then by total: the same as by total, but for those whose rating a veto fixed.
  [[nodiscard]] RankColumn ranks_by_rating() const {
    const std::span<const double> all = totals.all();
    std::vector<RankedStanding> standings;
    standings.reserve(all.size());
    auto fixed = fixed_ratings.begin();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool is_fixed = fixed != fixed_ratings.end() && fixed->project == i;
      if (!std::isnan(all[i]))
        standings.push_back({is_fixed ? fixed->band : rules->band_of(all[i]), all[i] + 0.0, i});
      if (is_fixed) ++fixed;
    }
    return RankColumn(portfolio::ranks(std::move(standings), all.size(), ties));
  }

  // Block by block: each has a sum of its own.
  void add_blocks(const Standings& piece) {
    for (std::size_t b = 0; b < std::min(blocks.size(), piece.blocks.size()); ++b) {
      BlockSum sum = blocks[b];
      for (std::size_t i = 0; i < std::min(piece.size(), piece.blocks[b].size()); ++i) {
        const double points = piece.blocks[b][i];
        if (std::isnan(piece.total[i]) || std::isnan(points)) continue;
        sum.points.add(points);
        ++sum.projects;
      }
      blocks[b] = sum;
    }
  }

  static std::uint32_t cell_of_band(const Standings& piece, std::size_t i) {
    return i < piece.band.size() ? piece.band[i] : no_band;
  }

  const ruleset::RuleSet* rules;
  std::string input;
  Ties ties;
  Totals totals;
  struct FixedRating {
    std::size_t project;  // as counted by `totals`
    std::uint32_t band;
  };
  std::vector<FixedRating> fixed_ratings;
  std::optional<ForcedRatings> forced;
  std::size_t by = 0;                     // which of a piece's groups the limits hold within
  std::vector<std::uint32_t> groups;      // [project][grouping], with limits
  std::vector<std::uint32_t> bands_then;  // [project], with limits and an earlier table
  std::vector<std::size_t> bands;
  std::vector<BlockSum> blocks;
  Spending spending;
  std::vector<Grouping> groupings;
  NearEdges near;
  Losses losses;
  std::optional<Earlier> earlier;
};

Ledger::Ledger(const ruleset::RuleSet& rules, const PortfolioRequest& request, std::string input,
               std::vector<Diagnostic>& diagnostics)
    : state_(std::make_unique<State>(rules, request, std::move(input),
                                     limits_of(rules, request, diagnostics))) {}
Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;

bool Ledger::add_earlier(std::string_view project, double total, std::string_view rating) {
  return !state_->earlier || state_->earlier->remember(project, total, rating);
}

void Ledger::add(const Standings& piece) {
  for (std::size_t i = 0; i < piece.size(); ++i) state_->add(piece, i);
  state_->add_blocks(piece);
}

void Ledger::close() {
  state_->totals.count();
  state_->force();
}

std::uint32_t Ledger::band(std::size_t project) const { return state_->forced->band(project); }

const ForcedRatings* Ledger::forced() const { return state_->forced ? &*state_->forced : nullptr; }

RankColumn Ledger::ranks() const {
  if (state_->fixed_ratings.empty() || state_->ties == Ties::none)
    return state_->totals.ranks(state_->ties);
  return state_->ranks_by_rating();
}

Portfolio Ledger::portfolio() const {
  const State& state = *state_;
  const ruleset::RuleSet& rules = *state.rules;
  Portfolio out;
  out.rules = rules.id;
  out.rules_version = rules.version;
  out.rules_title = rules.title;
  out.input = state.input;
  out.scale = rules.scale;
  out.digits = rules.total_rounding ? rules.total_rounding->digits : 4;
  const auto& total_counts = state.totals.total_counts();
  const Spread spread = total_counts ? spread_of(*total_counts) : spread_of(state.totals.all());
  out.projects = state.totals.size();
  out.scored = spread.scored;
  out.failed = out.projects - out.scored;
  out.mean = spread.mean;
  out.deviation = spread.deviation;
  out.lowest = spread.lowest;
  out.highest = spread.highest;
  out.initial = state.spending.initial();
  out.adjusted = state.spending.adjusted();
  out.executed = state.spending.executed();
  out.execution = state.spending.execution();
  for (std::size_t b = 0; b < rules.bands.size(); ++b) {
    const ruleset::Band& band = rules.bands[b];
    out.bands.push_back({band.id, band.label, state.bands[b],
                         percent_of(state.bands[b], out.scored),
                         band.only_veto ? std::nan("") : band.range.low,
                         band.only_veto ? std::nan("") : band.range.high});
  }
  if (state.forced) {
    out.forced = state.forced->shares();
    out.forced_by = state.forced->by();
    out.forced_ties = state.forced->ties();
  }
  out.quantiles = total_counts ? quantiles_of(*total_counts) : quantiles_of(state.totals.all());
  Histogram histogram = total_counts ? histogram_of(*total_counts, spread, rules.scale)
                                     : histogram_of(state.totals.all(), spread, rules.scale);
  out.histogram = std::move(histogram.bins);
  out.histogram_low = histogram.low;
  out.histogram_high = histogram.high;
  for (std::size_t b = 0; b < rules.blocks.size(); ++b) {
    const State::BlockSum& sum = state.blocks[b];
    const double mean = sum.projects > 0 ? sum.points.value() / static_cast<double>(sum.projects)
                                         : std::nan("");
    out.blocks.push_back({rules.blocks[b].id, rules.blocks[b].name, mean});
  }
  for (const Grouping& grouping : state.groupings)
    out.roll_ups.push_back(grouping.roll_up(state.ties));
  out.near_edges = state.near.nearest();
  out.lost_most = state.losses.most();
  if (state.earlier) out.change = state.earlier->change();
  return out;
}

}  // namespace jixiao::portfolio
