#include "scoring/statistics.hpp"

#include <algorithm>
#include <cmath>

#include "scoring/evaluation.hpp"
#include "scoring/loops.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::scoring {

using formula::Column;
using ruleset::RuleSet;
using ruleset::Statistic;
using ruleset::StatisticGroup;
using ruleset::StatisticKind;
using value::CellState;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void put_cells(const CellColumn& cells, std::span<double> out) {
  std::copy(cells.values.begin(), cells.values.end(), out.begin());
  if (loops::all_ok(cells.states)) return;
  for (std::size_t p = 0; p < out.size(); ++p) {
    if (cells.states[p] != CellState::ok) out[p] = missing;
  }
}

// The outcome names of a statistic's formula: points count only where they are all there.
class OutcomeColumns {
 public:
  OutcomeColumns(const RuleSet& rules, const Batch& batch, const Scorecards& cards)
      : rules_(rules), batch_(batch), cards_(cards) {}

  void put(std::size_t name, std::span<double> out) const {
    if (name == rules_.total_name()) {
      std::copy(cards_.total.begin(), cards_.total.end(), out.begin());
      mask(cards_.state, out);
    } else if (name > rules_.total_name()) {
      const Outcomes& outcomes = cards_.fixed[name - rules_.total_name() - 1];
      std::copy(outcomes.points.begin(), outcomes.points.end(), out.begin());
      mask(outcomes.state, out);
    } else {
      put_block(name - rules_.first_block_name(), out);
    }
  }

 private:
  static void mask(const std::vector<CellState>& states, std::span<double> out) {
    for (std::size_t p = 0; p < out.size(); ++p) {
      if (states[p] != CellState::ok) out[p] = missing;
    }
  }
  static bool takes_away(CellState state) {
    return state == CellState::missing || state == CellState::error;
  }
  void put_block(std::size_t block, std::span<double> out) const {
    std::copy(cards_.block_points[block].begin(), cards_.block_points[block].end(), out.begin());
    for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
      if (rules_.indicators[f].block != block) continue;
      for (std::size_t p = 0; p < out.size(); ++p) {
        if (takes_away(cards_.fixed[f].state[p])) out[p] = missing;
      }
    }
    for (std::size_t row = 0; row < batch_.rows.size(); ++row) {
      if (batch_.rows.block[row] == block && takes_away(cards_.rows.state[row]))
        out[batch_.rows.project[row]] = missing;
    }
  }

  const RuleSet& rules_;
  const Batch& batch_;
  const Scorecards& cards_;
};

void put_given(const RuleSet& rules, const Batch& batch, std::size_t name, std::span<double> out) {
  switch (name) {
    case ruleset::project_B0: return put_cells(batch.initial, out);
    case ruleset::project_B: return put_cells(batch.adjusted, out);
    case ruleset::project_E: return put_cells(batch.executed, out);
    case ruleset::project_year:
      std::transform(batch.year.begin(), batch.year.end(), out.begin(),
                     [](double year) { return year == no_year ? missing : year; });
      return;
    default: put_cells(batch.inputs[name - rules.first_input_name()], out);
  }
}

const StatisticGroup* group_of(const std::vector<StatisticGroup>& groups, double key) {
  const auto at = std::lower_bound(
      groups.begin(), groups.end(), key,
      [](const StatisticGroup& group, double wanted) { return group.key < wanted; });
  return at != groups.end() && at->key == key ? &*at : nullptr;
}

// A project of the table stands where its value stands in it, any other as if it had been added.
// `bound`: how far x may be off; values of the table that are no farther from it than both may be
// are equal to it.
double own_value(const Statistic& statistic, const StatisticGroup& group, double x, double bound) {
  if (std::isnan(x)) return missing;
  if (statistic.is == StatisticKind::share)
    return group.value == 0 ? missing : 100 * (x / group.value);
  if (!std::isfinite(bound)) bound = 0;
  const auto first = std::lower_bound(group.ordered.begin(), group.ordered.end(), x - 2 * bound);
  const auto last = std::upper_bound(first, group.ordered.end(), x + 2 * bound);
  const auto below = static_cast<double>(first - group.ordered.begin());
  const auto above = static_cast<double>(group.ordered.end() - last);
  if (statistic.is == StatisticKind::rank) return 1 + (statistic.smallest_first ? below : above);
  const bool is_there = first != last;
  const double others = static_cast<double>(group.ordered.size()) - (is_there ? 1 : 0);
  return others > 0 ? 100 * below / others : missing;
}

// The values a statistic is of, one a project; NaN where there is none. `bounds`: how far each may
// be off, or empty.
void put_values(const RuleSet& rules, const Statistic& statistic, const Batch& batch,
                const Scorecards* cards, Workspace& workspace, std::span<double> out,
                std::span<double> bounds) {
  if (const auto only = statistic.of.variable(); only && *only < rules.first_block_name()) {
    std::fill(bounds.begin(), bounds.end(), 0.0);
    put_given(rules, batch, *only, out);
    return;
  }
  const Workspace::ScratchScope scratch(workspace);
  std::vector<Column> columns(rules.total_name() + 1 + rules.indicators.size());
  std::vector<std::span<const double>> named;
  for (const std::size_t name : statistic.of.used()) {
    const std::span<double> column = workspace.numbers(out.size());
    if (name < rules.first_block_name()) {
      put_given(rules, batch, name, column);
    } else {
      OutcomeColumns(rules, batch, *cards).put(name, column);
    }
    columns[name] = Column::of(column);
    if (statistic.of.needs(name)) named.push_back(column);
  }
  statistic.of.evaluate(columns, out);
  if (!bounds.empty()) statistic.of.bounds(columns, bounds);
  for (std::size_t p = 0; p < out.size(); ++p) {
    const bool known = std::isfinite(out[p]) && std::none_of(named.begin(), named.end(),
                                                             [&](std::span<const double> column) {
                                                               return std::isnan(column[p]);
                                                             });
    if (!known) out[p] = missing;
  }
}

void put_column(const RuleSet& rules, const Statistic& statistic,
                const std::vector<StatisticGroup>& groups, Batch& batch, const Scorecards* cards,
                Workspace& workspace) {
  const std::size_t n = batch.projects;
  CellColumn& to = batch.inputs[statistic.input];
  const Workspace::ScratchScope scratch(workspace);
  std::span<double> values;
  std::span<double> bounds;
  if (ruleset::is_own(statistic.is)) {
    values = workspace.numbers(n);
    if (statistic.is != StatisticKind::share) bounds = workspace.numbers(n);
    put_values(rules, statistic, batch, cards, workspace, values, bounds);
  }
  if (values.empty() && statistic.by == ruleset::none) {
    const StatisticGroup* group = group_of(groups, 0);
    const bool known = group != nullptr && std::isfinite(group->value);
    to.values.assign(n, known ? group->value : 0);
    to.states.assign(n, known ? CellState::ok : CellState::missing);
    return;
  }
  const std::span<double> keys = workspace.numbers(n);
  statistic_groups(rules, statistic, batch, keys);
  to.values.assign(n, 0);
  to.states.assign(n, CellState::missing);
  for (std::size_t p = 0; p < n; ++p) {
    const StatisticGroup* group = group_of(groups, keys[p]);
    if (group == nullptr) continue;
    const double x = values.empty()
                         ? group->value
                         : own_value(statistic, *group, values[p], bounds.empty() ? 0 : bounds[p]);
    if (!std::isfinite(x)) continue;
    to.values[p] = x;
    to.states[p] = CellState::ok;
  }
}

}  // namespace

void statistic_values(const RuleSet& rules, const Statistic& statistic, const Batch& batch,
                      const Scorecards* cards, Workspace& workspace, std::span<double> out) {
  put_values(rules, statistic, batch, cards, workspace, out, {});
}

void statistic_groups(const RuleSet& rules, const Statistic& statistic, const Batch& batch,
                      std::span<double> out) {
  if (statistic.by == ruleset::none) {
    std::fill(out.begin(), out.end(), 0.0);
  } else {
    put_given(rules, batch, statistic.by, out);
  }
}

void fill_statistics(const RuleSet& rules, const ruleset::StatisticTable* table, unsigned stages,
                     Batch& batch) {
  if (rules.statistics.empty()) return;
  const std::size_t n = batch.projects;
  unsigned last = 0;
  for (const Statistic& statistic : rules.statistics) {
    batch.inputs[statistic.input].values.assign(n, 0);
    batch.inputs[statistic.input].states.assign(n, CellState::missing);
    last = std::max(last, statistic.stage);
  }
  if (table == nullptr) return;
  Workspace workspace;
  for (unsigned stage = 0; stage <= last && stage < stages; ++stage) {
    Scorecards cards;
    const bool scored =
        std::any_of(rules.statistics.begin(), rules.statistics.end(), [&](const Statistic& one) {
          return one.stage == stage && ruleset::is_own(one.is) && one.names_outcome;
        });
    if (scored) cards = evaluate(rules, batch);
    for (std::size_t s = 0; s < rules.statistics.size(); ++s) {
      if (rules.statistics[s].stage == stage)
        put_column(rules, rules.statistics[s], table->of[s], batch, scored ? &cards : nullptr,
                   workspace);
    }
  }
}

void fill_statistics(const RuleSet& rules, Batch& batch) {
  fill_statistics(rules, rules.statistic_table.get(), every_stage, batch);
}

Diagnostic statistics_needed(const RuleSet& rules) {
  const Statistic& first = rules.statistics.front();
  const std::string more_zh =
      rules.statistics.size() > 1 ? " 等 " + std::to_string(rules.statistics.size()) + " 个" : "";
  const std::string more_en = rules.statistics.size() > 1
                                  ? " and " + std::to_string(rules.statistics.size() - 1) + " more"
                                  : "";
  return text::diagnose(
      text::Code::statistic_needed, first.place,
      {"规则集 " + rules.id + " 要用整张表的统计量（" + first.id + more_zh +
           "），这里没有给出；一个项目自己的统计量没有意义",
       "the rule set " + rules.id + " scores by statistics of a whole table (" + first.id +
           more_en + ") and none are given; those of one project would mean nothing"},
      {"先统计：jixiao survey 表 --rules " + rules.id +
           " -o statistics.toml，再加 --statistics statistics.toml；或用 batch 为整张表计分",
       "survey the table first: jixiao survey TABLE --rules " + rules.id +
           " -o statistics.toml, then add --statistics statistics.toml; or score the whole table "
           "with batch"});
}

bool statistics_follow_inputs(const RuleSet& rules) {
  return std::any_of(rules.statistics.begin(), rules.statistics.end(),
                     [](const Statistic& one) { return ruleset::is_own(one.is); });
}

}  // namespace jixiao::scoring
