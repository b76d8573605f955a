#include "scenario/cut.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "value/rounding.hpp"

namespace jixiao::scenario {
namespace {

constexpr double fen = 0.01;

double to_fen(double yuan) { return value::Rounding{2, value::RoundingMode::half_up}(yuan); }

// Rounds shares that add up to `whole` down to whole units and hands the units left over to the
// largest fractions that may still give.
void round_shares(std::vector<double>& shares, double whole, std::span<const CutItem> items,
                  CutRounding& rounding) {
  const double unit = std::floor(whole) == whole ? 1 : fen;
  const double units = std::round(to_fen(whole) / unit);
  std::vector<double> fractions(shares.size());
  std::vector<double> taken(shares.size());
  double sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double exact = shares[i] / unit;
    const double nearest = std::nearbyint(exact);
    taken[i] = std::abs(exact - nearest) < 1e-6 ? nearest : std::floor(exact);
    fractions[i] = exact - taken[i];
    sum += taken[i];
  }
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return fractions[a] > fractions[b] + 1e-9;
  });
  for (const std::size_t i : order) {
    if (sum >= units) break;
    if (to_fen((taken[i] + 1) * unit) > items[i].amount - items[i].keep) continue;
    taken[i] += 1;
    sum += 1;
    rounding.bearing.push_back(i);
  }
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = to_fen(taken[i] * unit);
  rounding.unit = unit;
  rounding.made = to_fen(sum * unit);
}

std::vector<double> less(std::span<const CutItem> items, const std::vector<double>& shares) {
  std::vector<double> out;
  for (std::size_t i = 0; i < items.size(); ++i)
    out.push_back(shares[i] == 0 ? items[i].amount : to_fen(items[i].amount - shares[i]));
  return out;
}

double can_give(const CutItem& item) { return std::max(0.0, item.amount - item.keep); }

bool is_enough(double available, double cut) {
  return available >= cut - 1e-9 * std::max(1.0, cut);
}

}  // namespace

std::optional<std::vector<double>> cut_pro_rata(std::span<const CutItem> items, double cut,
                                                CutRounding* rounding) {
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
  CutRounding done;
  round_shares(shares, cut, items, done);
  if (rounding != nullptr) *rounding = std::move(done);
  return less(items, shares);
}

std::optional<std::vector<double>> cut_by_priority(std::span<const CutItem> items,
                                                   std::span<const std::size_t> order, double cut) {
  std::vector<double> shares(items.size(), 0);
  double rest = to_fen(cut);
  for (const std::size_t i : order) {
    shares[i] = std::min(rest, can_give(items[i]));
    rest -= shares[i];
  }
  if (!is_enough(to_fen(cut) - rest, to_fen(cut))) return std::nullopt;
  return less(items, shares);
}

}  // namespace jixiao::scenario
