#include "allocation/cheapest.hpp"

#include <algorithm>
#include <limits>

namespace jixiao::allocation {
namespace {

// How far all choices are looked at: partials held, and partials times options, all parts together.
// Of few parts they are worth waiting for; of many there is the bound.
struct Effort {
  std::size_t partials, work;
};
constexpr std::size_t few_parts = 20;

constexpr Effort effort_of(std::size_t parts) {
  return parts <= few_parts ? Effort{4'000'000, 60'000'000} : Effort{1'000'000, 6'000'000};
}

struct Partial {
  double cost = 0;
  double gain = 0;
  double penalty = 0;      // what it costs beyond the price of its gain
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

// From the cheapest option of a part to a dearer one on the upper hull of its options.
struct Segment {
  double cost = 0, gain = 0;
  std::size_t part = 0, option = 0;  // the dearer one
};

// Along the hull of a part what is gained for the cost falls from segment to segment.
void add_hull(const std::vector<Option>& options, std::size_t part, std::vector<Segment>& out) {
  std::vector<std::size_t> hull{0};
  for (std::size_t o = 1; o < options.size(); ++o) {
    while (hull.size() > 1) {
      const Option &a = options[hull[hull.size() - 2]], &b = options[hull.back()], &c = options[o];
      if ((b.gain - a.gain) * (c.cost - b.cost) > (c.gain - b.gain) * (b.cost - a.cost)) break;
      hull.pop_back();
    }
    hull.push_back(o);
  }
  for (std::size_t h = 1; h < hull.size(); ++h) {
    const Option &a = options[hull[h - 1]], &b = options[hull[h]];
    out.push_back({b.cost - a.cost, b.gain - a.gain, part, hull[h]});
  }
}

class CheapestSearch {
 public:
  CheapestSearch(std::vector<std::vector<Option>> options, double enough)
      : offers_(std::move(options)), enough_(enough), count_(offers_.size()) {
    to_come_.assign(count_ + 1, 0), least_gain_.assign(count_ + 1, 0),
        least_cost_.assign(count_ + 1, 0);
    for (std::size_t k = count_; k-- > 0;) {
      to_come_[k] = to_come_[k + 1] + offers_[k].back().gain;
      least_gain_[k] = least_gain_[k + 1] + offers_[k].front().gain;
      least_cost_[k] = least_cost_[k + 1] + offers_[k].front().cost;
    }
  }

  [[nodiscard]] bool is_possible() const { return to_come_[0] >= enough_; }

  std::optional<Choice> run(double wanted) {
    by_price();
    if (auto found = every(wanted)) return found;
    return bargain_of(plan_, plan_cost_ <= bound_ * (1 + 1e-12), bound_);
  }

 private:
  // The options that gain most for their cost, until that is enough: a choice, and by its price a
  // bound for all others.
  void by_price() {
    std::vector<Segment> segments;
    for (std::size_t k = 0; k < count_; ++k) add_hull(offers_[k], k, segments);
    std::stable_sort(segments.begin(), segments.end(), [](const Segment& a, const Segment& b) {
      return a.cost * b.gain < b.cost * a.gain;
    });
    plan_.assign(count_, 0);
    double gain = least_gain_[0];
    for (const Segment& segment : segments) {
      if (gain >= enough_) break;
      plan_[segment.part] = segment.option;
      gain += segment.gain;
      price_ = segment.cost / segment.gain;
    }
    bound_ = price_ * enough_;
    lowest_.assign(count_, std::numeric_limits<double>::infinity());
    for (std::size_t k = 0; k < count_; ++k) {
      for (const Option& option : offers_[k])
        lowest_[k] = std::min(lowest_[k], option.cost - price_ * option.gain);
      bound_ += lowest_[k];
    }
    bound_ = std::max(bound_, least_cost_[0]);
    trim();
    plan_cost_ = cost_of(plan_);
  }

  // Takes back what is more than enough, the largest saving first.
  void trim() {
    double gain = 0;
    for (std::size_t k = 0; k < count_; ++k) gain += offers_[k][plan_[k]].gain;
    for (std::size_t round = 0; round < count_ && gain > enough_; ++round) {
      double most = 0;
      std::size_t part = count_, to = 0;
      for (std::size_t k = 0; k < count_; ++k) {
        const Option& own = offers_[k][plan_[k]];
        const double may_fall_to = own.gain - (gain - enough_);
        const auto at = std::lower_bound(
            offers_[k].begin(), offers_[k].end(), may_fall_to,
            [](const Option& option, double least) { return option.gain < least; });
        const auto o = static_cast<std::size_t>(at - offers_[k].begin());
        if (o < plan_[k] && own.cost - at->cost > most)
          most = own.cost - at->cost, part = k, to = o;
      }
      if (part == count_ || round > 200) return;
      gain += offers_[part][to].gain - offers_[part][plan_[part]].gain;
      plan_[part] = to;
    }
  }

  [[nodiscard]] double cost_of(const std::vector<std::size_t>& plan) const {
    double sum = 0;
    for (std::size_t k = 0; k < count_; ++k) sum += offers_[k][plan[k]].cost;
    return sum;
  }

  [[nodiscard]] Choice bargain_of(const std::vector<std::size_t>& plan, bool exact,
                                  double bound) const {
    Choice out;
    for (std::size_t k = 0; k < count_; ++k) {
      const Option& option = offers_[k][plan[k]];
      out.cost += option.cost;
      out.gain += option.gain;
      out.which.push_back(option.which);
    }
    out.exact = exact;
    out.bound = exact ? out.cost : bound;
    return out;
  }

  // All choices that may be the cheapest, part by part; nothing when there are too many.
  std::optional<Choice> every(double wanted) {
    const Effort effort = effort_of(count_);
    double known = plan_cost_;
    std::vector<std::vector<Partial>> layers{{Partial{}}};
    std::size_t work = 0, held = 0;
    for (std::size_t k = 0; k < count_; ++k) {
      const double gap = known * (1 + 1e-12) - bound_ + 1e-9 * std::max(1.0, known);
      std::vector<std::pair<std::size_t, double>> viable;  // options, and what they cost beyond the
                                                           // price of their gain
      for (std::size_t o = 0; o < offers_[k].size(); ++o) {
        const double penalty = offers_[k][o].cost - price_ * offers_[k][o].gain - lowest_[k];
        if (penalty <= gap) viable.emplace_back(o, penalty);
      }
      work += viable.size() * layers.back().size();
      if (work > effort.work || held > effort.partials) return std::nullopt;
      std::vector<Partial> next;
      for (std::size_t p = 0; p < layers.back().size(); ++p) {
        const Partial& partial = layers.back()[p];
        for (const auto& [o, penalty] : viable) {
          const double cost = partial.cost + offers_[k][o].cost;
          if (cost + least_cost_[k + 1] > known * (1 + 1e-12)) break;  // options are by rising cost
          if (partial.penalty + penalty > gap) continue;
          const double gain = partial.gain + offers_[k][o].gain;
          if (gain + to_come_[k + 1] < enough_) continue;
          if (gain + least_gain_[k + 1] >= enough_)
            known = std::min(known, cost + least_cost_[k + 1]);
          // more than enough is no better than enough
          next.push_back({cost, std::min(gain, wanted), partial.penalty + penalty, p, o});
        }
        if (next.size() > effort.partials) keep_unbeaten(next);
      }
      keep_unbeaten(next);
      held += next.size();
      layers.push_back(std::move(next));
    }
    const auto found = std::find_if(layers.back().begin(), layers.back().end(),
                                    [&](const Partial& p) { return p.gain >= enough_; });
    if (found == layers.back().end()) return std::nullopt;
    std::vector<std::size_t> plan(count_);
    for (std::size_t k = count_, at = static_cast<std::size_t>(found - layers.back().begin());
         k-- > 0;) {
      plan[k] = layers[k + 1][at].option;
      at = layers[k + 1][at].before;
    }
    return bargain_of(plan, true, 0);
  }

  std::vector<std::vector<Option>> offers_;
  double enough_;
  std::size_t count_;
  // What the parts from k on can still gain at most, and what their cheapest options gain and cost.
  std::vector<double> to_come_, least_gain_, least_cost_;
  double price_ = 0;               // of one unit of gain, where what is bought by it becomes enough
  std::vector<double> lowest_;     // of each part: the least cost less the price of the gain
  std::vector<std::size_t> plan_;  // a choice that gains enough
  double plan_cost_ = 0, bound_ = 0;
};

}  // namespace

std::optional<Choice> cheapest(std::span<const std::vector<Option>> parts, double wanted,
                               double slack) {
  std::vector<std::vector<Option>> options(parts.begin(), parts.end());
  for (auto& own : options) keep_unbeaten(own);
  CheapestSearch search(std::move(options), wanted - slack);
  return search.is_possible() ? search.run(wanted) : std::nullopt;
}

}  // namespace jixiao::allocation
