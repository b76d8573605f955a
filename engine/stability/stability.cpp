#include "stability/stability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "portfolio/rank.hpp"
#include "scoring/totals.hpp"
#include "stability/box_simplex.hpp"
#include "stability/drawing.hpp"
#include "stability/weighted_scorer.hpp"

namespace jixiao::stability {
namespace {

constexpr std::size_t probes = 24;   // drawn weights at which linearity is checked
constexpr double exactly = 1e-9;     // of full marks: what sums of doubles may miss
constexpr double nearest_to = 1e-7;  // of full marks: how near a flipping weight is found

// How far a printed total may be from the unrounded one.
double rounding_slack(const ruleset::RuleSet& rules, const scoring::Batch& batch) {
  const auto step = [](const std::optional<value::Rounding>& rounding) {
    if (!rounding) return 0.0;
    const bool to_nearest = rounding->mode == value::RoundingMode::half_up ||
                            rounding->mode == value::RoundingMode::half_even;
    return (to_nearest ? 0.5 : 1.0) * std::pow(10.0, -rounding->digits);
  };
  std::size_t most_rows = 0;
  for (std::size_t p = 0; p < batch.projects; ++p)
    most_rows = std::max(most_rows, batch.row_begin[p + 1] - batch.row_begin[p]);
  return static_cast<double>(most_rows + rules.indicators.size()) * step(rules.indicator_rounding) +
         static_cast<double>(rules.blocks.size()) * step(rules.block_rounding) +
         step(rules.total_rounding);
}

class Answering {
 public:
  Answering(const Question& question, const Watch& watch)
      : question_(question),
        watch_(watch),
        rules_(*question.rules),
        printed_(question, Decided::as_printed),
        smooth_(question, Decided::unrounded),
        count_(question.weights.size()) {
    for (const Weight& weight : question.weights) {
      nominal_weights_.push_back(weight.nominal);
      lows_.push_back(weight.low);
      highs_.push_back(weight.high);
      total_ += weight.nominal;
    }
    for (const auto& batch : question.batches) {
      for (std::size_t p = 0; p < batch.projects; ++p)
        slack_.push_back(rounding_slack(rules_, batch));
    }
  }

  std::optional<StabilityAnswer> run(std::vector<Diagnostic>& diagnostics) {
    printed_.score(nominal_weights_, nominal_);
    const std::vector<double> ranks = portfolio::ranks(nominal_.totals);
    const auto drawn = draw(question_, ranks, nominal_, watch_, diagnostics);
    if (!drawn) return std::nullopt;
    find_gains();
    StabilityAnswer out;
    out.complete = drawn->complete;
    Stability& stability = out.stability;
    stability.draws = drawn->draws;
    stability.mean_rank_shift = drawn->ranked > 0 ? static_cast<double>(drawn->shifts) /
                                                        static_cast<double>(drawn->ranked)
                                                  : 0;
    for (std::size_t i = 0; i < question_.members.size(); ++i) {
      stability.projects.push_back(describe(i, ranks[i], drawn->members[i], drawn->draws));
      stability.certain += stability.projects.back().certain ? 1 : 0;
    }
    return out;
  }

 private:
  // What one unit of each weight is worth, from transfers that keep the sum; and whether that says
  // all there is to say.
  void find_gains() {
    const std::size_t members = question_.members.size();
    gains_.assign(members, std::vector<double>(count_, 0));
    linear_.assign(members, true);
    Standings at, there;
    smooth_.score(nominal_weights_, at);
    smooth_totals_ = at.totals;
    const auto giver = static_cast<std::size_t>(
        std::max_element(nominal_weights_.begin(), nominal_weights_.end()) -
        nominal_weights_.begin());
    const double moved = nominal_weights_[giver] / 2;
    for (std::size_t w = 0; w < count_; ++w) {
      if (w == giver) continue;
      std::vector<double> weights = nominal_weights_;
      weights[w] += moved;
      weights[giver] -= moved;
      smooth_.score(weights, there);
      for (std::size_t i = 0; i < members; ++i)
        gains_[i][w] = (there.totals[i] - at.totals[i]) / moved;
    }
    for (std::size_t probe = 0; probe < probes; ++probe) {
      const std::vector<double> weights = drawn_weights(question_, probe);
      smooth_.score(weights, there);
      for (std::size_t i = 0; i < members; ++i) {
        if (!(std::abs(there.totals[i] - predicted(i, weights)) <=
              exactly * std::max(1.0, rules_.scale)))
          linear_[i] = false;
      }
    }
    // A veto that depends on the score makes steps no probe need meet.
    const bool steps = std::any_of(rules_.vetoes.begin(), rules_.vetoes.end(),
                                   [](const auto& veto) { return veto.when.has_value(); });
    if (steps) linear_.assign(members, false);
    std::size_t first = 0;
    for (const auto& batch : question_.batches) {
      for (const auto& event : batch.vetoes) linear_[first + event.project] = false;
      first += batch.projects;
    }
  }

  [[nodiscard]] double predicted(std::size_t member, std::span<const double> weights) const {
    double out = smooth_totals_[member];
    for (std::size_t w = 0; w < count_; ++w)
      out += gains_[member][w] * (weights[w] - nominal_weights_[w]);
    return out;
  }

  // The weights within `reach` of those there are, and in range, that make the member's total
  // largest or smallest.
  [[nodiscard]] std::optional<std::vector<double>> corner(std::size_t member, bool highest,
                                                          double reach) const {
    std::vector<double> gains = gains_[member], lows = lows_, highs = highs_;
    for (std::size_t w = 0; w < count_; ++w) {
      if (!highest) gains[w] = -gains[w];
      lows[w] = std::max(lows[w], nominal_weights_[w] - reach);
      highs[w] = std::min(highs[w], nominal_weights_[w] + reach);
    }
    return largest(gains, lows, highs, total_);
  }

  struct Corner {
    std::vector<double> weights;
    double total = 0;
    std::size_t band = ruleset::none;
  };
  Corner scored_corner(std::size_t member, bool highest, double reach) {
    Corner out;
    const auto weights = corner(member, highest, reach);
    out.weights = weights ? *weights : nominal_weights_;
    printed_.score(out.weights, scratch_);
    out.total = scratch_.totals[member];
    out.band = scratch_.bands[member];
    return out;
  }

  StableProject describe(std::size_t i, double rank, const Seen& seen, std::uint64_t draws) {
    StableProject out;
    out.id = question_.members[i].id;
    out.label = question_.members[i].label;
    out.total = nominal_.totals[i];
    const std::size_t band = nominal_.bands[i];
    if (band != ruleset::none) out.rating = rules_.bands[band].id;
    out.rank = rank;
    out.exact = linear_[i] && !std::isnan(out.total);
    if (std::isnan(out.total)) {
      out.lowest = out.highest = out.best_rank = out.worst_rank =
          std::numeric_limits<double>::quiet_NaN();
      return out;
    }
    out.best_rank = std::min(seen.best_rank, rank);
    out.worst_rank = std::max(seen.worst_rank, rank);
    for (const std::uint64_t count : seen.bands)
      out.shares.push_back(draws > 0 ? static_cast<double>(count) / static_cast<double>(draws) : 0);
    const double everything = std::numeric_limits<double>::infinity();
    const Corner low = scored_corner(i, false, everything),
                 high = scored_corner(i, true, everything);
    out.lowest = std::min({low.total, out.total, seen.lowest});
    out.highest = std::max({high.total, out.total, seen.highest});
    if (band == ruleset::none) return out;
    const bool flips = low.band != band || high.band != band || seen.flip_band != ruleset::none;
    if (flips) {
      describe_flip(i, band, low, high, seen, out);
      return out;
    }
    out.certain = true;
    // Both ends of what can be printed lie in the rating: proved. Else it was only not seen to
    // flip.
    const double least = predicted(i, low.weights) - slack_[i],
                 most = predicted(i, high.weights) + slack_[i];
    out.exact = out.exact && rules_.band_of(scoring::decided_total(rules_, least)) == band &&
                rules_.band_of(scoring::decided_total(rules_, most)) == band;
    return out;
  }

  // The least reach at which one of the corners has another rating, by halving; where totals are
  // not linear, the nearest draw.
  void describe_flip(std::size_t i, std::size_t band, const Corner& low, const Corner& high,
                     const Seen& seen, StableProject& out) {
    const auto put = [&](const std::vector<double>& weights, std::size_t to) {
      out.flips_to = rules_.bands[to].id;
      out.flip_distance = distance(question_, weights);
      out.flipping_weights.clear();
      for (std::size_t w = 0; w < count_; ++w)
        out.flipping_weights.emplace_back(question_.weights[w].name, weights[w]);
    };
    const bool by_corner = (low.band != band && low.band != ruleset::none) ||
                           (high.band != band && high.band != ruleset::none);
    double nearest = seen.flip_distance;
    if (by_corner) {
      for (const bool highest : {false, true}) {
        const Corner& end = highest ? high : low;
        if (end.band == band || end.band == ruleset::none) continue;
        double stays = 0, flips = distance(question_, end.weights);
        Corner found = end;
        while (flips - stays > nearest_to * std::max(1.0, rules_.scale)) {
          const double middle = (stays + flips) / 2;
          Corner tried = scored_corner(i, highest, middle);
          (tried.band != band ? flips : stays) = middle;
          if (tried.band != band) found = std::move(tried);
        }
        const double far = distance(question_, found.weights);
        if (out.flips_to.empty() || far < nearest) put(found.weights, found.band), nearest = far;
      }
    }
    if (seen.flip_band == ruleset::none ||
        (!out.flips_to.empty() && seen.flip_distance >= out.flip_distance))
      return;
    put(drawn_weights(question_, seen.flip_draw), seen.flip_band);
  }

  const Question& question_;
  const Watch& watch_;
  const ruleset::RuleSet& rules_;
  WeightedScorer printed_, smooth_;
  std::size_t count_;
  std::vector<double> nominal_weights_, lows_, highs_;
  double total_ = 0;
  Standings nominal_, scratch_;
  std::vector<double> smooth_totals_, slack_;
  std::vector<std::vector<double>> gains_;
  std::vector<bool> linear_;
};

}  // namespace

std::optional<StabilityAnswer> answer(const Question& question, const Watch& watch,
                                      std::vector<Diagnostic>& diagnostics) {
  return Answering(question, watch).run(diagnostics);
}

std::vector<RatingBand> bands_of(const ruleset::RuleSet& rules) {
  std::vector<RatingBand> out;
  for (const auto& band : rules.bands)
    out.push_back({band.id, band.label, band.only_veto ? std::nan("") : band.range.low});
  return out;
}

}  // namespace jixiao::stability
