#include "survey/accumulator.hpp"

#include <algorithm>
#include <cmath>

namespace jixiao::survey {

using ruleset::StatisticKind;

namespace {

bool adds(StatisticKind kind) {
  return kind == StatisticKind::mean || kind == StatisticKind::sum ||
         kind == StatisticKind::share || kind == StatisticKind::sd ||
         kind == StatisticKind::sd_population;
}

bool squares(StatisticKind kind) {
  return kind == StatisticKind::sd || kind == StatisticKind::sd_population;
}

// Between neighbours in proportion. Requires: `ordered` is not empty.
double quantile(const std::vector<double>& ordered, double at) {
  const double place = at * static_cast<double>(ordered.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  if (below + 1 >= ordered.size()) return ordered.back();
  const double part = place - static_cast<double>(below);
  return part == 0 ? ordered[below] : ordered[below] + part * (ordered[below + 1] - ordered[below]);
}

}  // namespace

void Accumulator::add(Group& group, double x) const {
  const StatisticKind is = statistic_->is;
  if (x == 0) x = 0;  // no sign
  group.low = group.count == 0 ? x : std::min(group.low, x);
  group.high = group.count == 0 ? x : std::max(group.high, x);
  ++group.count;
  if (adds(is)) group.sum.add(x);
  if (squares(is)) group.squares.add_square(x);
  if (ruleset::needs_order(is)) group.values.push_back(x);
}

void Accumulator::add(std::span<const double> values, std::span<const double> groups) {
  Group* group = nullptr;
  double key = std::nan("");
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (std::isnan(groups[p])) continue;
    if (groups[p] != key) {
      key = groups[p];
      group = &groups_[key];
    }
    if (std::isnan(values[p])) {
      ++group->without;
    } else {
      add(*group, values[p]);
    }
  }
}

void Accumulator::add(const Accumulator& other) {
  for (const auto& [key, from] : other.groups_) {
    Group& to = groups_[key];
    if (from.count > 0) {
      to.low = to.count == 0 ? from.low : std::min(to.low, from.low);
      to.high = to.count == 0 ? from.high : std::max(to.high, from.high);
    }
    to.count += from.count;
    to.without += from.without;
    to.sum.add(from.sum);
    to.squares.add(from.squares);
    to.values.insert(to.values.end(), from.values.begin(), from.values.end());
  }
}

void Accumulator::add(const ruleset::StatisticGroup& part) {
  Group& to = groups_[part.key];
  const bool extreme = statistic_->is == StatisticKind::min || statistic_->is == StatisticKind::max;
  if (extreme && part.count > 0) {
    to.low = to.count == 0 ? part.value : std::min(to.low, part.value);
    to.high = to.count == 0 ? part.value : std::max(to.high, part.value);
  }
  to.count += part.count;
  to.without += part.without;
  to.sum.add(part.sum);
  to.squares.add(part.squares);
  to.values.insert(to.values.end(), part.ordered.begin(), part.ordered.end());
}

double Accumulator::value_of(const Group& group) const {
  const double nothing = std::nan("");
  const auto n = static_cast<double>(group.count);
  switch (statistic_->is) {
    case StatisticKind::count: return n;
    case StatisticKind::sum:
    case StatisticKind::share: return group.count == 0 ? nothing : group.sum.rounded();
    case StatisticKind::min: return group.count == 0 ? nothing : group.low;
    case StatisticKind::max: return group.count == 0 ? nothing : group.high;
    case StatisticKind::mean: return group.count == 0 ? nothing : group.sum.rounded() / n;
    case StatisticKind::sd:
    case StatisticKind::sd_population: {
      const double others = statistic_->is == StatisticKind::sd ? n - 1 : n;
      if (group.count == 0 || others == 0) return nothing;
      if (!std::isfinite(group.squares.rounded())) return nothing;
      // n * sum of squares - square of the sum, without error until it is rounded
      numeric::ExactSum spread = group.squares.times(n);
      spread.add(group.sum.times(group.sum).negated());
      return std::sqrt(spread.rounded() / n / others);
    }
    case StatisticKind::median:
    case StatisticKind::quantile:
      return group.values.empty() ? nothing : quantile(group.values, statistic_->at);
    case StatisticKind::rank:
    case StatisticKind::percent_rank: return nothing;
  }
  return nothing;
}

std::vector<ruleset::StatisticGroup> Accumulator::groups(bool as_part) {
  std::vector<ruleset::StatisticGroup> out;
  for (auto& [key, group] : groups_) {
    std::sort(group.values.begin(), group.values.end());
    ruleset::StatisticGroup made;
    made.key = key;
    made.count = group.count;
    made.without = group.without;
    made.value = value_of(group);
    if (as_part || ruleset::is_own(statistic_->is)) made.ordered = group.values;
    if (as_part) made.sum = group.sum.parts(), made.squares = group.squares.parts();
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace jixiao::survey
