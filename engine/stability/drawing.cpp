#include "stability/drawing.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "portfolio/rank.hpp"
#include "sampling/simplex.hpp"
#include "system/threads.hpp"

namespace jixiao::stability {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t piece = 64;  // draws between two words of progress

std::optional<sampling::Simplex> simplex_of(const Question& question,
                                            std::vector<Diagnostic>& diagnostics) {
  std::vector<double> lows, highs;
  double total = 0;
  for (const Weight& weight : question.weights) {
    lows.push_back(weight.low);
    highs.push_back(weight.high);
    total += weight.nominal;
  }
  return sampling::Simplex::in_ranges(std::move(lows), std::move(highs), total,
                                      question.weights_place, diagnostics);
}

// One thread's part.
class Counter {
 public:
  Counter(const Question& question, const std::vector<double>& ranks, const Standings& nominal)
      : question_(question),
        ranks_(ranks),
        nominal_(nominal),
        scorer_(question, Decided::as_printed) {
    Seen none;
    none.bands.assign(question.rules->bands.size(), 0);
    none.best_rank = none.lowest = none.flip_distance = infinite;
    none.worst_rank = none.highest = -infinite;
    seen.members.assign(question.members.size(), none);
  }

  void count(std::uint64_t index, const std::vector<double>& weights) {
    scorer_.score(weights, standings_);
    const std::vector<double> ranks = portfolio::ranks(standings_.totals);
    const double far = distance(question_, weights);
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      if (std::isnan(ranks[i]) || std::isnan(ranks_[i])) continue;
      Seen& one = seen.members[i];
      one.best_rank = std::min(one.best_rank, ranks[i]);
      one.worst_rank = std::max(one.worst_rank, ranks[i]);
      one.lowest = std::min(one.lowest, standings_.totals[i]);
      one.highest = std::max(one.highest, standings_.totals[i]);
      seen.shifts += static_cast<std::uint64_t>(std::abs(ranks[i] - ranks_[i]));
      ++seen.ranked;
      const std::size_t band = standings_.bands[i];
      if (band == ruleset::none) continue;
      ++one.bands[band];
      if (band == nominal_.bands[i]) continue;
      if (far < one.flip_distance || (far == one.flip_distance && index < one.flip_draw))
        one.flip_distance = far, one.flip_draw = index, one.flip_band = band;
    }
    ++seen.draws;
  }

  Drawn seen;

 private:
  const Question& question_;
  const std::vector<double>& ranks_;
  const Standings& nominal_;
  WeightedScorer scorer_;
  Standings standings_;
};

void add(const Drawn& part, Drawn& all) {
  for (std::size_t i = 0; i < part.members.size(); ++i) {
    const Seen& from = part.members[i];
    Seen& to = all.members[i];
    for (std::size_t b = 0; b < from.bands.size(); ++b) to.bands[b] += from.bands[b];
    to.best_rank = std::min(to.best_rank, from.best_rank);
    to.worst_rank = std::max(to.worst_rank, from.worst_rank);
    to.lowest = std::min(to.lowest, from.lowest);
    to.highest = std::max(to.highest, from.highest);
    if (from.flip_distance < to.flip_distance ||
        (from.flip_distance == to.flip_distance && from.flip_draw < to.flip_draw))
      to.flip_distance = from.flip_distance, to.flip_draw = from.flip_draw,
      to.flip_band = from.flip_band;
  }
  all.draws += part.draws;
  all.shifts += part.shifts;
  all.ranked += part.ranked;
}

}  // namespace

double distance(const Question& question, std::span<const double> weights) {
  double far = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    far = std::max(far, std::abs(weights[i] - question.weights[i].nominal));
  return far;
}

std::vector<double> drawn_weights(const Question& question, std::uint64_t draw) {
  std::vector<Diagnostic> ignored;
  std::vector<double> weights(question.weights.size());
  if (const auto simplex = simplex_of(question, ignored))
    simplex->draw(numeric::Stream(question.seed, numeric::Purpose::weights), draw, 0, weights);
  return weights;
}

std::optional<Drawn> draw(const Question& question, const std::vector<double>& ranks,
                          const Standings& nominal, const Watch& watch,
                          std::vector<Diagnostic>& diagnostics) {
  const auto simplex = simplex_of(question, diagnostics);
  if (!simplex) return std::nullopt;
  const numeric::Stream stream(question.seed, numeric::Purpose::weights);
  tbb::enumerable_thread_specific<Counter> counters(
      [&] { return Counter(question, ranks, nominal); });
  std::atomic<std::size_t> done{0};
  std::atomic<bool> stopped{false};
  const auto most = static_cast<unsigned>(system::thread_count(0));
  tbb::task_arena arena(
      static_cast<int>(watch.threads == 0 ? most : std::min(watch.threads, most)));
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, question.draws, piece),
                      [&](const tbb::blocked_range<std::size_t>& range) {
                        std::vector<double> weights(question.weights.size());
                        // A range may be most of the draws: whoever waits wants to be heard within
                        // each.
                        for (std::size_t begin = range.begin(); begin < range.end();
                             begin += piece) {
                          const std::size_t end = std::min(begin + piece, range.end());
                          for (std::size_t i = begin; i < end; ++i) {
                            if (watch.stop != nullptr && watch.stop->load()) {
                              stopped = true;
                              return;
                            }
                            simplex->draw(stream, i, 0, weights);
                            counters.local().count(i, weights);
                          }
                          const std::size_t now = done += end - begin;
                          if (watch.progress) watch.progress(now, question.draws);
                        }
                      });
  });
  Drawn out = Counter(question, ranks, nominal).seen;
  for (const Counter& counter : counters) add(counter.seen, out);
  out.complete = !stopped;
  return out;
}

}  // namespace jixiao::stability
