#include "scoring/most_lost.hpp"

#include <algorithm>
#include <cmath>

#include "scoring/loops.hpp"
#include "value/rounding.hpp"

namespace jixiao::scoring {

using value::CellState;

namespace {

constexpr double no_one = MostLost::nobody;

class Finder {
 public:
  Finder(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards,
         Workspace& workspace)
      : rules_(rules),
        batch_(batch),
        cards_(cards),
        n_(batch.projects),
        lost_(workspace.numbers(std::max(n_, batch.rows.size()))) {
    for (std::size_t place = 0; place < MostLost::places; ++place) {
      top_three_.points[place] = workspace.numbers(n_).data();
      top_three_.which[place] = workspace.numbers(n_).data();
      std::fill_n(top_three_.points[place], n_, 0.0);
      std::fill_n(top_three_.which[place], n_, no_one);
    }
  }

  void find(std::vector<MostLost>& out) {
    for (std::size_t f = 0; f < cards_.fixed.size(); ++f) {
      lose(cards_.fixed[f]);
      loops::insert(lost_.first(n_), static_cast<double>(f), top_three_);
    }
    lose(cards_.rows);
    out.resize(n_);
    for (std::size_t p = 0; p < n_; ++p) {
      for (std::size_t place = 0; place < MostLost::places; ++place) {
        out[p].points[place] = top_three_.points[place][p];
        out[p].indicator[place] = static_cast<std::uint32_t>(top_three_.which[place][p]);
      }
      for (std::size_t row = batch_.row_begin[p]; row < batch_.row_begin[p + 1]; ++row)
        insert(out[p], static_cast<std::uint32_t>(cards_.fixed.size() + row - batch_.row_begin[p]),
               lost_[row]);
    }
    if (has_formulas(rules_)) find_formulas(out);
  }

 private:
  // Into lost_: nothing where nothing was scored.
  void lose(const Outcomes& outcomes) {
    const std::size_t slots = outcomes.points.size();
    loops::lose(outcomes.unrounded, outcomes.points.data(), outcomes.weight.column(), lost_.data());
    if (loops::all_ok(outcomes.state)) return;
    for (std::size_t i = 0; i < slots; ++i) {
      const CellState state = outcomes.state[i];
      const bool scored =
          state == CellState::ok ||
          (state == CellState::missing && rules_.missing == ruleset::MissingPolicy::zero);
      if (!scored) lost_[i] = 0;
    }
  }

  // `lost_` holds what the rows lost.
  void find_formulas(std::vector<MostLost>& out) {
    const std::size_t blocks = rules_.blocks.size();
    std::vector<double> in_block(blocks * n_, 0);
    for (std::size_t p = 0; p < n_; ++p) {
      for (std::size_t row = batch_.row_begin[p]; row < batch_.row_begin[p + 1]; ++row)
        in_block[p * blocks + batch_.rows.block[row]] += lost_[row];
    }
    for (std::size_t f = 0; f < cards_.fixed.size(); ++f) {
      lose(cards_.fixed[f]);
      for (std::size_t p = 0; p < n_; ++p)
        in_block[p * blocks + rules_.indicators[f].block] += lost_[p];
    }
    for (std::size_t p = 0; p < n_; ++p) {
      if (cards_.state[p] != CellState::ok) continue;
      const auto lost =
          lost_by_formulas(rules_, cards_, p, std::span(in_block).subspan(p * blocks, blocks));
      for (std::size_t b = 0; b < blocks; ++b) insert(out[p], MostLost::block_formula(b), lost[b]);
      insert(out[p], MostLost::total_formula, lost[blocks]);
    }
  }

  // What loops::place does for columns.
  static void insert(MostLost& most, std::uint32_t indicator, double lost) {
    std::size_t at = MostLost::places;
    while (at > 0 && lost > most.points[at - 1]) --at;
    if (at == MostLost::places) return;
    for (std::size_t later = MostLost::places - 1; later > at; --later) {
      most.points[later] = most.points[later - 1];
      most.indicator[later] = most.indicator[later - 1];
    }
    most.points[at] = lost;
    most.indicator[at] = indicator;
  }

  const ruleset::RuleSet& rules_;
  const Batch& batch_;
  const Scorecards& cards_;
  std::size_t n_;
  std::span<double> lost_;
  loops::TopThree top_three_{};
};

}  // namespace

bool has_formulas(const ruleset::RuleSet& rules) {
  return rules.combine || std::any_of(rules.blocks.begin(), rules.blocks.end(),
                                      [](const auto& block) { return block.combine.has_value(); });
}

std::vector<double> lost_by_formulas(const ruleset::RuleSet& rules, const Scorecards& cards,
                                     std::size_t project, std::span<const double> lost_in_block) {
  constexpr double nothing = 5e-7;  // of points that were added up in another order
  const std::size_t blocks = rules.blocks.size();
  const auto left = [](double lost) {
    return lost > nothing ? value::Rounding{9, value::RoundingMode::half_up}(lost) : 0;
  };
  std::vector<double> out(blocks + 1, 0);
  double whole = 0;
  for (const WeightColumn& weight : cards.block_weights) whole += weight[project];
  const bool adds_up = std::abs(whole - rules.scale) < 1e-6 * std::max(rules.scale, 1.0);
  double lost = 0;
  for (std::size_t b = 0; b < blocks; ++b) {
    if (rules.blocks[b].combine && adds_up)
      out[b] =
          left(cards.block_weights[b][project] - cards.block_points[b][project] - lost_in_block[b]);
    lost += lost_in_block[b] + out[b];
  }
  if (rules.combine) out[blocks] = left(rules.scale - cards.base[project] - lost);
  return out;
}

void find_most_lost(const ruleset::RuleSet& rules, const Batch& batch, const Scorecards& cards,
                    Workspace& workspace, std::vector<MostLost>& out) {
  const Workspace::ScratchScope scratch(workspace);
  Finder(rules, batch, cards, workspace).find(out);
}

}  // namespace jixiao::scoring
