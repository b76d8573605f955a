#include "scenario/cut.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jixiao::scenario {
namespace {

// Rounds shares that add up to `whole` down to whole yuan and hands the yuan left over to the
// largest fractions that may still give.
void round_to_yuan(std::vector<double>& shares, double whole, std::span<const CutItem> items) {
  if (std::floor(whole) != whole) return;
  std::vector<double> fractions(shares.size());
  double sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double nearest = std::nearbyint(shares[i]);
    const double down = std::abs(shares[i] - nearest) < 1e-6 ? nearest : std::floor(shares[i]);
    fractions[i] = shares[i] - down;
    shares[i] = down;
    sum += down;
  }
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return fractions[a] > fractions[b]; });
  for (const std::size_t i : order) {
    if (sum >= whole) break;
    if (shares[i] + 1 > items[i].amount - items[i].keep) continue;
    shares[i] += 1;
    sum += 1;
  }
}

std::vector<double> less(std::span<const CutItem> items, const std::vector<double>& shares) {
  std::vector<double> out;
  for (std::size_t i = 0; i < items.size(); ++i) out.push_back(items[i].amount - shares[i]);
  return out;
}

double can_give(const CutItem& item) { return std::max(0.0, item.amount - item.keep); }

bool is_enough(double available, double cut) {
  return available >= cut - 1e-9 * std::max(1.0, cut);
}

}  // namespace

std::optional<std::vector<double>> cut_pro_rata(std::span<const CutItem> items, double cut) {
  double available = 0;
  for (const CutItem& item : items) available += can_give(item);
  if (!is_enough(available, cut)) return std::nullopt;
  std::vector<double> shares(items.size(), 0);
  std::vector<bool> full(items.size(), false);
  for (std::size_t i = 0; i < items.size(); ++i) full[i] = can_give(items[i]) <= 0;
  // Every round either ends it or fills one more item.
  for (std::size_t round = 0; round <= items.size(); ++round) {
    double rest = cut, base = 0;
    for (std::size_t i = 0; i < items.size(); ++i)
      (full[i] ? rest : base) += full[i] ? -shares[i] : items[i].amount;
    bool filled = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (full[i]) continue;
      shares[i] = rest * items[i].amount / base;
      if (shares[i] < can_give(items[i])) continue;
      shares[i] = can_give(items[i]);
      full[i] = filled = true;
    }
    if (!filled) break;
  }
  round_to_yuan(shares, cut, items);
  return less(items, shares);
}

std::optional<std::vector<double>> cut_by_priority(std::span<const CutItem> items,
                                                   std::span<const std::size_t> order, double cut) {
  std::vector<double> shares(items.size(), 0);
  double rest = cut;
  for (const std::size_t i : order) {
    shares[i] = std::min(rest, can_give(items[i]));
    rest -= shares[i];
  }
  if (!is_enough(cut - rest, cut)) return std::nullopt;
  return less(items, shares);
}

}  // namespace jixiao::scenario
