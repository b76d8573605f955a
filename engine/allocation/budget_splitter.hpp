// One project's money, split over its items: exactly by steps where the total is a sum of parts, by
// search where it is not.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "allocation/effects.hpp"
#include "allocation/knapsack_table.hpp"
#include "allocation/plan_scorer.hpp"
#include "allocation/question.hpp"
#include "allocation/search.hpp"

namespace jixiao::allocation {

enum class Measured {
  yes,
  cost_only,
  no
};  // cost_only: an indicator follows it, but only ever rewards spending less

struct SplitItem {
  std::size_t index = 0;  // among the project's items
  double before = 0;      // yuan
  double least = 0, most = 0;
  double step = 0;
  bool is_protected = false;
  Measured measured = Measured::yes;
};

// A split and what it makes.
struct BudgetSplit {
  std::vector<double> amounts;  // yuan, an item each
  double spent = 0;
  double total = 0;             // as predicted by the parts, or as scored
  double bound = 0;             // no split in these steps has more
  std::size_t evaluations = 0;  // of a search
  bool exact = false;  // the bound holds for what can really be had, not for a looser question
};

class BudgetSplitter {
 public:
  // `money`: what is to be split, yuan; `most_money`: the most that best() and least() will be
  // asked for, at least `money`, yuan. Returns null, with diagnostics, for an unknown item, limits
  // upside down, a protected sum above the money or a step too fine.
  static std::unique_ptr<const BudgetSplitter> make(const RuleSet& rules, const Project& project,
                                                    const Question& question, double money,
                                                    double most_money,
                                                    std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] const std::vector<SplitItem>& items() const { return items_; }
  [[nodiscard]] const PlanScorer& scorer() const { return *scorer_; }
  [[nodiscard]] const Effects& effects() const { return *effects_; }
  [[nodiscard]] double step() const { return unit_; }
  // that no split leaves
  [[nodiscard]] const std::vector<CurveBounds>& curves() const { return curves_; }
  [[nodiscard]] double least_money() const;  // the smallest sum the limits allow
  [[nodiscard]] bool is_exact() const { return split_ != nullptr; }

  // Returns the best split of at most `money` yuan; nothing when no split keeps limits and
  // constraints.
  [[nodiscard]] std::optional<BudgetSplit> best(double money) const;
  // Returns the cheapest split, of at most `money` yuan, whose total reaches `wanted` points.
  [[nodiscard]] std::optional<BudgetSplit> least(double money, double wanted) const;
  // The best total for exactly the u-th step above the fixed money; -infinity: none. Only when
  // is_exact(). (Rounded up by less than 1e-6 points, so that it is a bound.)
  [[nodiscard]] double total_at(std::size_t units) const;
  [[nodiscard]] std::size_t units_of(double money) const;  // whole steps in it, beyond what is
                                                           // protected
  [[nodiscard]] double money_of(std::size_t units) const {
    return protected_ + static_cast<double>(units) * unit_;
  }
  [[nodiscard]] BudgetSplit at(std::size_t units) const;  // that split. Only where total_at() is
                                                          // finite

 private:
  friend class SplitterMaker;
  BudgetSplitter() = default;
  [[nodiscard]] BudgetSplit searched(const SearchedSplit& found) const;

  std::vector<SplitItem> items_;
  std::vector<CurveBounds> curves_;
  std::vector<Lever> levers_;            // of the items that are free, then the money itself
  std::vector<std::size_t> lever_item_;  // of each but the last
  std::unique_ptr<const PlanScorer> scorer_;
  std::unique_ptr<const Effects> effects_;
  std::vector<std::size_t> option_group_;  // group of each part of the split
  std::vector<std::vector<KnapsackItem>> options_;
  std::unique_ptr<const KnapsackTable> split_;  // null: searched
  std::vector<double> money_points_;  // of what follows the money alone, by units; NaN: not allowed
  Choices choices_;                   // of the free items, in units
  double unit_ = 1;                   // yuan
  double protected_ = 0;              // yuan
  double relaxed_ = 0;                // searched: no total is higher
};

}  // namespace jixiao::allocation
