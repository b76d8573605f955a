#include "allocation/search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace jixiao::allocation {
namespace {

constexpr std::size_t most_combinations_searched = 1'000'000;
constexpr std::size_t combinations_at_a_time = 4096;
constexpr std::size_t most_rounds = 2000;

// Levels, an item each: indices into the choices.
using Levels = std::vector<std::size_t>;

class Searcher {
 public:
  // `wanted`: nothing is gained by a higher total; fewer units are better then. Infinity: the best
  // total, most of the units.
  Searcher(const Search& search, std::size_t units, double wanted)
      : search_(search), most_(units), wanted_(wanted) {}

  SearchedSplit run() {
    std::size_t all = 1;
    for (const auto& own : search_.choices)
      all = own.size() > most_combinations_searched / all ? most_combinations_searched + 1
                                                          : all * own.size();
    if (all <= most_combinations_searched) {
      every(all);
    } else {
      climb(start(false));
      climb(start(true));
    }
    best_.exhaustive = all <= most_combinations_searched;
    if (!known_) best_.units.clear();
    return best_;
  }

 private:
  struct Rank {
    std::size_t violated = 0;
    double total = 0;    // higher is better
    double spent = 0;    // less is better for the least money, more for the best total
    double surplus = 0;  // of the least money: points beyond what is wanted, from which the next
                         // step can take
    double distance = 0;
  };

  [[nodiscard]] bool is_least() const { return std::isfinite(wanted_); }
  [[nodiscard]] std::size_t units(const Levels& levels) const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) sum += search_.choices[i][levels[i]];
    return sum;
  }

  [[nodiscard]] Rank rank(const Levels& levels, const Scored& scored) const {
    Rank out{scored.violated.size() + (std::isnan(scored.total) ? 1000U : 0U),
             std::min(scored.total, wanted_), 0, 0, 0};
    if (is_least()) out.surplus = scored.total - out.total;
    out.spent = static_cast<double>(units(levels)) * (is_least() ? 1 : -1);
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const double gap = static_cast<double>(search_.choices[i][levels[i]]) * search_.unit -
                         search_.before[i];
      out.distance += gap * gap / std::max(search_.before[i], search_.unit);
    }
    return out;
  }

  // On the way up a split that costs the same and leaves more to take from is a step forward.
  static bool is_better_place(const Rank& a, const Rank& b) {
    const bool alike = a.violated == b.violated && a.total == b.total && a.spent == b.spent;
    return alike && a.surplus != b.surplus ? a.surplus > b.surplus : is_better(a, b);
  }

  static bool is_better(const Rank& a, const Rank& b) {
    if (a.violated != b.violated) return a.violated < b.violated;
    if (a.total != b.total) return a.total > b.total;
    if (a.spent != b.spent) return a.spent < b.spent;
    return a.distance < b.distance;
  }

  // Scores some and keeps the best; its place among them, or their number when none is better than
  // what was known.
  std::size_t take(const std::vector<Levels>& all) {
    std::vector<std::vector<double>> values(search_.choices.size());
    for (const Levels& levels : all) {
      for (std::size_t i = 0; i < levels.size(); ++i)
        values[i].push_back(static_cast<double>(search_.choices[i][levels[i]]) * search_.unit);
    }
    const auto scored = search_.scorer.score(values);
    best_.evaluations += all.size();
    std::size_t found = all.size();
    for (std::size_t a = 0; a < all.size(); ++a) {
      const Rank own = rank(all[a], scored[a]);
      if (!any_ || is_better_place(own, here_)) here_ = own, any_ = true, found = a;
      const bool enough = !is_least() || scored[a].total >= wanted_;
      if (!scored[a].is_allowed() || !enough || (known_ && !is_better(own, best_rank_))) continue;
      known_ = true;
      best_rank_ = own;
      best_.scored = scored[a];
      best_.units.clear();
      for (std::size_t i = 0; i < all[a].size(); ++i)
        best_.units.push_back(search_.choices[i][all[a][i]]);
    }
    return found;
  }

  void every(std::size_t all) {
    std::vector<Levels> some;
    for (std::size_t index = 0; index < all; ++index) {
      Levels levels(search_.choices.size());
      std::size_t rest = index;
      for (std::size_t i = 0; i < levels.size(); ++i) {
        levels[i] = rest % search_.choices[i].size();
        rest /= search_.choices[i].size();
      }
      if (units(levels) <= most_) some.push_back(std::move(levels));
      if (some.size() == combinations_at_a_time) take(some), some.clear();
    }
    if (!some.empty()) take(some);
  }

  // In proportion to what there is, or as much as possible for the first items.
  [[nodiscard]] Levels start(bool greedy) const {
    const double all = std::accumulate(search_.before.begin(), search_.before.end(), 0.0);
    Levels levels(search_.choices.size(), 0);
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const auto& own = search_.choices[i];
      const double share = greedy || all <= 0
                               ? static_cast<double>(most_)
                               : static_cast<double>(most_) * search_.before[i] / all;
      while (levels[i] + 1 < own.size() && static_cast<double>(own[levels[i] + 1]) <= share) {
        ++levels[i];
        if (units(levels) <= most_) continue;
        --levels[i];
        break;
      }
    }
    return levels;
  }

  void climb(Levels at) {
    if (units(at) > most_) return;
    any_ = false;
    take({at});
    std::size_t longest = 1;
    for (const auto& own : search_.choices) longest = std::max(longest, own.size() / 2);
    for (std::size_t step = longest, round = 0; step > 0 && round < most_rounds; ++round) {
      std::vector<Levels> near = neighbours(at, step);
      const std::size_t better = near.empty() ? 0 : take(near);
      if (better < near.size()) {
        at = near[better];
      } else {
        step /= 2;
      }
    }
  }

  // One item more or less by `step` levels, or one more and another less.
  [[nodiscard]] std::vector<Levels> neighbours(const Levels& at, std::size_t step) const {
    std::vector<Levels> out;
    const auto up = [&](Levels& levels, std::size_t i) {
      levels[i] += step;
      return levels[i] < search_.choices[i].size();
    };
    const auto down = [&](Levels& levels, std::size_t i) {
      if (levels[i] < step) return false;
      levels[i] -= step;
      return true;
    };
    const auto add = [&](Levels levels, bool possible) {
      if (possible && units(levels) <= most_) out.push_back(std::move(levels));
    };
    for (std::size_t i = 0; i < at.size(); ++i) {
      Levels more = at, less = at;
      const bool can_rise = up(more, i);
      add(more, can_rise);
      if (!down(less, i)) continue;
      add(less, true);
      for (std::size_t j = 0; j < at.size(); ++j) {
        Levels shifted = less;
        if (j == i) continue;
        const bool possible = up(shifted, j);
        add(shifted, possible);
      }
    }
    return out;
  }

  const Search& search_;
  std::size_t most_;
  double wanted_;
  SearchedSplit best_;
  Rank best_rank_, here_;
  bool known_ = false, any_ = false;
};

}  // namespace

SearchedSplit search_best(const Search& search, std::size_t units) {
  return Searcher(search, units, std::numeric_limits<double>::infinity()).run();
}

SearchedSplit search_least(const Search& search, std::size_t units, double wanted) {
  return Searcher(search, units, wanted).run();
}

}  // namespace jixiao::allocation
