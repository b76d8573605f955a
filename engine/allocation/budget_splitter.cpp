#include "allocation/budget_splitter.hpp"
#include "value/edge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jixiao::allocation {

namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();
// More than what closeness and the last bits of sums can take off a worth.
constexpr double split_slack = 1e-7;

}  // namespace

double BudgetSplitter::least_money() const {
  double sum = 0;
  for (const SplitItem& item : items_) sum += item.is_protected ? item.before : item.least;
  return sum;
}

std::size_t BudgetSplitter::units_of(double money) const {
  const double units = value::floor_of((money - protected_) / unit_);
  return units < 0 ? 0 : static_cast<std::size_t>(units);
}

double BudgetSplitter::total_at(std::size_t units) const {
  if (units > split_->most() || !(split_->worth(units) > impossible)) return impossible;
  const double money = money_points_.empty() ? 0 : money_points_[units];
  return std::isnan(money)
             ? impossible
             : effects_->decided(effects_->rest() + money + split_->worth(units) + split_slack);
}

BudgetSplit BudgetSplitter::at(std::size_t units) const {
  BudgetSplit out;
  out.spent = money_of(units);
  out.bound = total_at(units);
  out.exact = true;
  for (const SplitItem& item : items_) out.amounts.push_back(item.before);
  const auto chosen = split_->choice(units);
  double points = effects_->rest() + (money_points_.empty() ? 0 : money_points_[units]);
  for (std::size_t p = 0; p < chosen.size(); ++p) {
    const Group& group = effects_->groups()[option_group_[p]];
    points += group.points[chosen[p]];
    const auto levels = levels_of(group, levers_, chosen[p]);
    for (std::size_t k = 0; k < levels.size(); ++k)
      out.amounts[lever_item_[group.levers[k]]] = levers_[group.levers[k]].levels[levels[k]];
  }
  out.total = effects_->decided(points);
  return out;
}

BudgetSplit BudgetSplitter::searched(const SearchedSplit& found) const {
  BudgetSplit out;
  for (const SplitItem& item : items_) out.amounts.push_back(item.before);
  for (std::size_t k = 0; k < found.units.size(); ++k)
    out.amounts[lever_item_[k]] = static_cast<double>(found.units[k]) * unit_;
  for (const double amount : out.amounts) out.spent += amount;
  out.total = found.scored.total;
  out.evaluations = found.evaluations;
  out.exact = found.exhaustive;
  return out;
}

std::optional<BudgetSplit> BudgetSplitter::best(double money) const {
  if (money < protected_) return std::nullopt;
  if (split_) {
    const std::size_t most = std::min(units_of(money), split_->most());
    double best = impossible;
    std::size_t units = 0;
    for (std::size_t u = 0; u <= most; ++u) {
      const double total = total_at(u);
      if (total > impossible && total >= best) best = total, units = u;
    }
    return best > impossible ? std::optional(at(units)) : std::nullopt;
  }
  std::vector<double> before;
  for (const std::size_t item : lever_item_) before.push_back(items_[item].before);
  const SearchedSplit found = search_best({*scorer_, choices_, unit_, before}, units_of(money));
  if (found.units.empty() && !choices_.empty()) return std::nullopt;
  BudgetSplit out = searched(found);
  out.bound = found.exhaustive ? out.total : relaxed_;
  return out;
}

std::optional<BudgetSplit> BudgetSplitter::least(double money, double wanted) const {
  if (money < protected_) return std::nullopt;
  if (split_) {
    const std::size_t most = std::min(units_of(money), split_->most());
    std::optional<std::size_t> first;  // that might do
    for (std::size_t u = 0; u <= most; ++u) {
      if (!(total_at(u) >= wanted)) continue;
      if (!first) first = u;
      BudgetSplit out = at(u);
      if (out.total < wanted) continue;
      out.bound = money_of(*first);
      return out;
    }
    return std::nullopt;
  }
  std::vector<double> before;
  for (const std::size_t item : lever_item_) before.push_back(items_[item].before);
  const SearchedSplit found =
      search_least({*scorer_, choices_, unit_, before}, units_of(money), wanted);
  if (found.units.empty()) return std::nullopt;
  BudgetSplit out = searched(found);
  out.bound = found.exhaustive ? out.spent : least_money();
  return out;
}

}  // namespace jixiao::allocation
