#include "allocation/cheapest.hpp"

#include <algorithm>
#include <limits>

namespace jixiao::allocation {
namespace {

constexpr std::size_t most_partials = 4'000'000;  // held before the beaten ones are thrown out

struct Partial {
  double cost = 0;
  double gain = 0;
  std::size_t before = 0;  // index among the partials of the parts before
  std::size_t option = 0;
};

// Leaves what no cheaper one beats: cost and gain both rise.
template <class One>
void keep_unbeaten(std::vector<One>& all) {
  std::stable_sort(all.begin(), all.end(), [](const One& a, const One& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.gain > b.gain;
  });
  double best = -std::numeric_limits<double>::infinity();
  std::erase_if(all, [&](const One& one) {
    if (one.gain <= best) return true;
    best = one.gain;
    return false;
  });
}

}  // namespace

std::optional<Choice> cheapest(std::span<const std::vector<Option>> parts, double wanted,
                               double slack) {
  const std::size_t count = parts.size();
  std::vector<std::vector<Option>> options(parts.begin(), parts.end());
  // What the parts from k on can still gain at most, and what their cheapest options gain and cost.
  std::vector<double> to_come(count + 1, 0), least_gain(count + 1, 0), least_cost(count + 1, 0);
  double known = 0;  // cost of a choice that gains enough
  for (std::size_t k = count; k-- > 0;) {
    keep_unbeaten(options[k]);
    to_come[k] = to_come[k + 1] + options[k].back().gain;
    least_gain[k] = least_gain[k + 1] + options[k].front().gain;
    least_cost[k] = least_cost[k + 1] + options[k].front().cost;
    known += options[k].back().cost;
  }
  if (to_come[0] < wanted - slack) return std::nullopt;
  std::vector<std::vector<Partial>> layers{{Partial{}}};
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<Partial> next;
    for (std::size_t p = 0; p < layers.back().size(); ++p) {
      const Partial& partial = layers.back()[p];
      for (std::size_t o = 0; o < options[k].size(); ++o) {
        const double cost = partial.cost + options[k][o].cost;
        if (cost + least_cost[k + 1] > known * (1 + 1e-12)) break;  // options are by rising cost
        const double gain = partial.gain + options[k][o].gain;
        if (gain + to_come[k + 1] < wanted - slack) continue;
        if (gain + least_gain[k + 1] >= wanted - slack) known = cost + least_cost[k + 1];
        next.push_back({cost, std::min(gain, wanted), p, o});  // more than enough is no better than
                                                               // enough
      }
      if (next.size() > most_partials) keep_unbeaten(next);
    }
    keep_unbeaten(next);
    layers.push_back(std::move(next));
  }
  const auto found = std::find_if(layers.back().begin(), layers.back().end(),
                                  [&](const Partial& p) { return p.gain >= wanted - slack; });
  if (found == layers.back().end()) return std::nullopt;
  Choice out{found->cost, 0, std::vector<std::size_t>(count)};
  for (std::size_t k = count, at = static_cast<std::size_t>(found - layers.back().begin());
       k-- > 0;) {
    const Partial& partial = layers[k + 1][at];
    out.which[k] = options[k][partial.option].which;
    out.gain += options[k][partial.option].gain;
    at = partial.before;
  }
  return out;
}

}  // namespace jixiao::allocation
