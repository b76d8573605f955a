#include "scoring/totals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "scoring/evaluation.hpp"
#include "scoring/loops.hpp"
#include "value/decimals.hpp"
#include "value/edge.hpp"

namespace jixiao::scoring {

using ruleset::none;
using value::CellState;

namespace {

// Events come in project order: each project takes its own from where the last one stopped.
class EventCursor {
 public:
  explicit EventCursor(std::span<const Event> all) : rest_(all) {}

  [[nodiscard]] bool is_done() const { return rest_.empty(); }
  [[nodiscard]] std::size_t project() const { return rest_.front().project; }
  std::span<const Event> of(std::size_t project) {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count].project == project) ++count;
    const auto own = rest_.first(count);
    rest_ = rest_.subspan(count);
    return own;
  }

 private:
  std::span<const Event> rest_;
};

class Adder {
 public:
  Adder(const ruleset::RuleSet& rules, const Batch& batch, Workspace& workspace, Scorecards& cards)
      : rules_(rules), batch_(batch), workspace_(workspace), cards_(cards), n_(batch.projects) {}

  void add_up() {
    cards_.state.assign(n_, CellState::ok);
    judge_states();
    sum_blocks();
    sum_totals();
    // Adding nothing is an addition, too: it makes -0 an ordinary zero, as an adjustment of nothing
    // would.
    const double* const base = cards_.base.data();
    loops::sum({&base, 1}, cards_.total);
    adjust();
    decide();
    apply_vetoes();
  }

 private:
  [[nodiscard]] bool counts_as_zero(CellState state) const {
    return state == CellState::missing && rules_.missing == ruleset::MissingPolicy::zero;
  }
  [[nodiscard]] bool counts(CellState state) const {
    return state != CellState::not_applicable ||
           rules_.not_applicable == ruleset::NotApplicablePolicy::full;
  }

  // A project is as good as the worst of its indicators. What does not apply is no flaw; what is
  // missing only under one policy.
  void judge_states() {
    const auto judged = [this](CellState state) {
      return state == CellState::not_applicable || counts_as_zero(state) ? CellState::ok : state;
    };
    for (const Outcomes& fixed : cards_.fixed) {
      if (loops::all_ok(fixed.state)) continue;
      for (std::size_t p = 0; p < n_; ++p)
        cards_.state[p] = value::worse(cards_.state[p], judged(fixed.state[p]));
    }
    if (loops::all_ok(cards_.rows.state)) return;
    for (std::size_t row = 0; row < batch_.rows.size(); ++row) {
      CellState& state = cards_.state[batch_.rows.project[row]];
      state = value::worse(state, judged(cards_.rows.state[row]));
    }
  }

  // In file order: the rule set's indicators first, then the project's own.
  void sum_blocks() {
    const bool any_fold = std::any_of(rules_.blocks.begin(), rules_.blocks.end(),
                                      [](const auto& block) { return block.combine.has_value(); });
    if (any_fold) {
      sum_folded_blocks();
    } else {
      sum_plain_blocks();
    }
    for (std::size_t b = 0; b < cards_.block_points.size(); ++b) {
      const WeightColumn& factor = cards_.block_factors[b];
      if (factor.is_uniform() && factor[0] == 1) continue;
      for (std::size_t p = 0; p < n_; ++p) cards_.block_points[b][p] *= factor[p];
    }
    if (!rules_.block_rounding) return;
    for (std::size_t b = 0; b < cards_.block_points.size(); ++b) {
      const WeightColumn& weights = cards_.block_weights[b];
      for (std::size_t p = 0; p < n_; ++p) {
        double& points = cards_.block_points[b][p];
        const double exact = points;
        points = value::beside_weight(*rules_.block_rounding, weights[p])(exact, value::summed);
        if (exact <= weights[p]) points = std::min(points, weights[p]);
      }
    }
  }

  void sum_plain_blocks() {
    for (std::size_t b = 0; b < cards_.block_points.size(); ++b) {
      columns_.clear();
      for (std::size_t f = 0; f < cards_.fixed.size(); ++f) {
        if (rules_.indicators[f].block == b) columns_.push_back(cards_.fixed[f].points.data());
      }
      cards_.block_points[b].resize(n_);
      loops::sum(columns_, cards_.block_points[b]);
    }
    if (batch_.rows.size() == 0) return;
    for (std::size_t p = 0; p < n_; ++p) add_rows(p);
  }

  // What does not count has no points. The running sum stays in a register while the rows stay in
  // one block.
  void add_rows(std::size_t project) {
    std::size_t row = batch_.row_begin[project];
    const std::size_t end = batch_.row_begin[project + 1];
    while (row < end) {
      const std::uint32_t block = batch_.rows.block[row];
      double& sum = cards_.block_points[block][project];
      double running = sum;
      for (; row < end && batch_.rows.block[row] == block; ++row)
        running += cards_.rows.points[row];
      sum = running;
    }
  }

  // Blocks whose points are no plain sum.
  void sum_folded_blocks() {
    for (auto& points : cards_.block_points) points.resize(n_);
    for (std::size_t p = 0; p < n_; ++p) {
      folds_.assign(rules_.blocks.size(), {});
      for (std::size_t f = 0; f < cards_.fixed.size(); ++f)
        fold(rules_.indicators[f].block, cards_.fixed[f], p);
      for (std::size_t row = batch_.row_begin[p]; row < batch_.row_begin[p + 1]; ++row)
        fold(batch_.rows.block[row], cards_.rows, row);
      for (std::size_t b = 0; b < folds_.size(); ++b) {
        double points = folds_[b].sum;
        if (const auto& combine = rules_.blocks[b].combine)
          points = folds_[b].count > 0 ? combine->total.evaluate(std::array{
                                             folds_[b].sum, folds_[b].count, folds_[b].weights})
                                       : 0;
        cards_.block_points[b][p] = points;
      }
    }
  }

  // What weighs nothing adds nothing, even where 0*ln(0) has no value.
  void fold(std::size_t block, const Outcomes& outcomes, std::size_t slot) {
    if (!counts(outcomes.state[slot])) return;
    const double weight = outcomes.weight[slot];
    double points = outcomes.points[slot];
    if (const auto& combine = rules_.blocks[block].combine) {
      points = combine->each.evaluate(std::array{points, weight});
      if (!std::isfinite(points) && weight == 0 && combine->weighs()) points = 0;
    }
    folds_[block].sum += points;
    folds_[block].count += 1;
    folds_[block].weights += weight;
  }

  void sum_totals() {
    const WeightColumn& factors = cards_.factor;
    cards_.base.resize(n_);
    if (rules_.combine) {
      evaluate_known(rules_, batch_, &cards_, *rules_.combine, workspace_, cards_.base);
    } else {
      columns_.clear();
      for (const auto& points : cards_.block_points) columns_.push_back(points.data());
      loops::sum(columns_, cards_.base);
    }
    if (!factors.is_uniform()) {
      for (std::size_t p = 0; p < n_; ++p) cards_.base[p] *= factors[p];
    } else if (factors[0] != 1) {
      loops::scale(cards_.base, factors[0]);
    }
    cards_.total.resize(n_);
    if (loops::all_finite(cards_.base) && loops::all_ok(cards_.state)) return;
    for (std::size_t p = 0; p < n_; ++p) {
      if (!std::isfinite(cards_.base[p])) cards_.state[p] = CellState::error;
      if (cards_.state[p] != CellState::ok) cards_.base[p] = 0;
    }
  }

  void adjust() {
    for (EventCursor events{batch_.adjustments}; !events.is_done();) {
      const std::size_t project = events.project();
      const auto own = events.of(project);
      if (cards_.state[project] == CellState::ok)
        cards_.total[project] = cards_.base[project] + adjustment(project, own);
    }
  }

  // Adjustments of one project, each within its own limit, all of a kind within the common one, in
  // the order of the rule set.
  double adjustment(std::size_t project, std::span<const Event> reported) {
    std::array<double, 2> spent{0, 0};
    double sum = 0;
    own_events_.assign(reported.begin(), reported.end());
    std::stable_sort(own_events_.begin(), own_events_.end(),
                     [](const Event& a, const Event& b) { return a.which < b.which; });
    for (const Event& event : own_events_) {
      const ruleset::Adjustment& rule = rules_.adjustments[event.which];
      std::vector<double> values = project_values(rules_, batch_, cards_, project);
      values.push_back(event.n);
      for (const auto& param : rule.params) values.push_back(param.value);
      double points = evaluate_known(rule.points, values);
      if (!std::isfinite(points)) {
        cards_.state[project] = CellState::error;
        points = 0;
      }
      const double by_formula = points;
      points = std::max(0.0, points);
      if (rule.limit) points = std::min(points, *rule.limit);
      const auto kind = static_cast<std::size_t>(rule.kind);
      const auto& limit = rule.kind == ruleset::AdjustmentKind::bonus ? rules_.bonus_limit
                                                                      : rules_.penalty_limit;
      if (limit) points = std::min(points, *limit - spent[kind]);
      spent[kind] += points;
      const double change = rule.kind == ruleset::AdjustmentKind::bonus ? points : -points;
      sum += change;
      cards_.adjustments.push_back({project, event.which, event.n, change, by_formula});
    }
    return sum;
  }

  // Held to the rule set's range, rounded (to nine decimals where nothing is declared, so that a
  // sum is one number), rated. A project that is not ok keeps what there was before.
  void decide() {
    const auto hold = [this] {
      if (rules_.total_range)
        loops::clamp(cards_.total, rules_.total_range->low, rules_.total_range->high);
    };
    hold();
    if (!rules_.totals_for_slope) {
      rules_.decided_rounding().apply(cards_.total, value::summed);
      hold();  // a range that ends between two rounded totals
    }
    cards_.band.resize(n_);
    edges_.clear();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (std::size_t b = 0; b < rules_.bands.size(); ++b) {
      const auto& [low, high, low_closed, high_closed] = rules_.bands[b].range;
      if (rules_.bands[b].only_veto) continue;
      edges_.push_back({low_closed ? low : std::nextafter(low, infinity),
                        high_closed ? high : std::nextafter(high, -infinity), b});
    }
    loops::find_bands(cards_.total, edges_, cards_.band.data());
    if (loops::all_ok(cards_.state)) return;
    for (std::size_t p = 0; p < n_; ++p) {
      if (cards_.state[p] == CellState::ok) continue;
      cards_.total[p] = cards_.base[p];
      cards_.band[p] = none;
    }
  }

  // Every veto judges the total there was before any of them, so that their order decides nothing.
  // What is decided is the worst of what there was and of what each veto says.
  void apply_vetoes() {
    if (rules_.vetoes.empty()) return;
    const Workspace::ScratchScope scratch(workspace_);
    const std::span<double> happened = workspace_.numbers(n_);
    for (std::size_t v = 0; v < rules_.vetoes.size(); ++v) {
      const ruleset::Veto& veto = rules_.vetoes[v];
      std::fill(happened.begin(), happened.end(), 0.0);
      if (veto.when) evaluate_known(rules_, batch_, &cards_, *veto.when, workspace_, happened);
      for (const Event& event : batch_.vetoes) {
        if (event.which == v && event.n > 0) happened[event.project] = 1;
      }
      for (std::size_t p = 0; p < n_; ++p) {
        if (happened[p] == 0 || cards_.state[p] != CellState::ok) continue;
        if (std::isfinite(happened[p])) {
          cards_.vetoes.push_back({p, v, cards_.total[p], cards_.band[p]});
        } else {
          cards_.state[p] = CellState::error;  // a veto nobody can judge is not a veto that did not
                                               // happen
        }
      }
    }
    std::erase_if(cards_.vetoes, [&](const AppliedVeto& veto) {
      return cards_.state[veto.project] != CellState::ok;
    });
    std::stable_sort(cards_.vetoes.begin(), cards_.vetoes.end(),
                     [](const auto& a, const auto& b) { return a.project < b.project; });
    for (const AppliedVeto& veto : cards_.vetoes) limit_total(veto);
    for (const AppliedVeto& veto : cards_.vetoes) {  // of the total that all vetoes of the project
                                                     // left
      cards_.band[veto.project] =
          worse_band(veto.band_before, rules_.band_of(cards_.total[veto.project]));
    }
    for (const AppliedVeto& veto : cards_.vetoes) {
      std::size_t& band = cards_.band[veto.project];
      band = worse_band(band, rules_.vetoes[veto.which].rating);
    }
  }

  void limit_total(const AppliedVeto& applied) {
    const ruleset::Veto& veto = rules_.vetoes[applied.which];
    double& total = cards_.total[applied.project];
    for (const auto& most : {veto.total, veto.limit}) {
      if (most) total = std::min(total, decided_total(rules_, *most));
    }
  }

  // Bands stand from the best to the worst, those that only a veto gives last.
  static std::size_t worse_band(std::size_t a, std::size_t b) {
    if (a == none) return b;
    return b == none ? a : std::max(a, b);
  }

  struct BlockFold {
    double sum = 0;
    double count = 0;
    double weights = 0;
  };

  const ruleset::RuleSet& rules_;
  const Batch& batch_;
  Workspace& workspace_;
  Scorecards& cards_;
  std::size_t n_;
  std::vector<BlockFold> folds_;
  std::vector<Event> own_events_;
  std::vector<const double*> columns_;
  std::vector<loops::Edges> edges_;
};

}  // namespace

double decided_total(const ruleset::RuleSet& rules, double points) {
  const auto held = [&](double x) {
    return rules.total_range ? std::clamp(x, rules.total_range->low, rules.total_range->high) : x;
  };
  return rules.totals_for_slope ? held(points)
                                : held(rules.decided_rounding()(held(points), value::summed));
}

bool is_plain_sum(const ruleset::RuleSet& rules, const Batch& batch) {
  return !rules.combine && !rules.block_rounding && batch.adjustments.empty() &&
         batch.vetoes.empty() &&
         std::none_of(rules.blocks.begin(), rules.blocks.end(),
                      [](const auto& block) { return block.combine.has_value(); }) &&
         std::none_of(rules.vetoes.begin(), rules.vetoes.end(),
                      [](const auto& veto) { return veto.when.has_value(); });
}

void add_up(const ruleset::RuleSet& rules, const Batch& batch, Workspace& workspace,
            Scorecards& cards) {
  Adder(rules, batch, workspace, cards).add_up();
}

}  // namespace jixiao::scoring
