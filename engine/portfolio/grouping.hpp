// One roll-up column while the projects come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "portfolio/names.hpp"
#include "portfolio/running_sum.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::portfolio {

// What a project brings to its group. Amounts are NaN where they are not given.
struct Standing {
  double total;  // NaN without
  std::uint32_t band;
  double initial, adjusted, executed;
};

// Amounts of some projects, added up in their order.
class Spending {
 public:
  void add(const Standing& standing);
  [[nodiscard]] double initial() const { return initial_.value(); }
  [[nodiscard]] double adjusted() const { return adjusted_.value(); }
  [[nodiscard]] double executed() const { return executed_.value(); }
  [[nodiscard]] double execution() const;  // percent over projects with both amounts; NaN without

 private:
  RunningSum initial_, adjusted_, executed_;
  RunningSum adjusted_of_both_, executed_of_both_;
};

// Each sum is made in the order of the projects. Memory: about 300 bytes, 8 more a band, and the
// name for each group; a column that turns out to hold too many different values is given up and
// forgotten.
class Grouping {
 public:
  static constexpr std::size_t most_groups = 100'000;
  static constexpr std::size_t most_name_bytes = std::size_t{64} << 20;

  Grouping(const ruleset::RuleSet& rules, std::string column, RollUpWeight weight)
      : rules_(&rules), column_(std::move(column)), weight_(weight) {}
  // Returns the number of the group, for move(); any number once the column is given up.
  std::uint32_t add(std::string_view name, const Standing& standing);
  // A project of that group has another rating after all.
  void move(std::uint32_t group, std::uint32_t from, std::uint32_t to);
  [[nodiscard]] RollUp roll_up(Ties ties) const;

 private:
  struct Sums {
    std::uint32_t number = 0;
    std::size_t projects = 0;
    std::size_t scored = 0;
    std::size_t unweighted = 0;
    RunningSum weighted, weights;
    double lowest = 0, highest = 0;
    Spending spending;
    std::vector<std::size_t> bands;
  };
  void add(Sums& of, const Standing& standing) const;
  Sums* group(std::string_view name);  // null once the column is given up
  [[nodiscard]] double weight_of(const Standing& standing) const;
  [[nodiscard]] Group group(const std::string& name, const Sums& sums) const;

  const ruleset::RuleSet* rules_;
  std::string column_;
  RollUpWeight weight_;
  ByName<Sums> groups_;
  std::vector<Sums*> by_number_;
  std::size_t name_bytes_ = 0;
  bool refused_ = false;
};

}  // namespace jixiao::portfolio
