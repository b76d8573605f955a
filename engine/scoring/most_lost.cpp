#include "scoring/most_lost.hpp"

#include <utility>

namespace jixiao::scoring {

using value::CellState;

namespace {

void consider(MostLost& most, std::uint32_t indicator, double lost) {
  for (std::size_t place = 0; place < MostLost::places; ++place) {
    if (!(lost > most.points[place])) continue;
    std::swap(lost, most.points[place]);
    std::swap(indicator, most.indicator[place]);
  }
}

}  // namespace

void find_most_lost(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards, std::vector<MostLost>& out) {
  out.assign(batch.projects, {});
  const auto scored = [&](CellState state) {
    return state == CellState::ok || (state == CellState::missing && rules.missing == ruleset::MissingPolicy::zero);
  };
  for (std::size_t p = 0; p < batch.projects; ++p) {
    std::uint32_t indicator = 0;
    for (const Outcomes& outcomes : cards.fixed) {
      if (scored(outcomes.state[p])) consider(out[p], indicator, outcomes.lost(p));
      ++indicator;
    }
    for (std::size_t row = batch.row_begin[p]; row < batch.row_begin[p + 1]; ++row, ++indicator) {
      if (scored(cards.rows.state[row])) consider(out[p], indicator, cards.rows.lost(row));
    }
  }
}

}  // namespace jixiao::scoring
