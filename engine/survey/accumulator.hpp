// What a survey has seen of one statistic: any projects, in any order, in any number of parts.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "numeric/exact_sum.hpp"
#include "ruleset/statistic.hpp"

namespace jixiao::survey {

class Accumulator {
 public:
  explicit Accumulator(const ruleset::Statistic& statistic) : statistic_(&statistic) {}

  // A project's value and group each; NaN: it has none. A project without a group is left out.
  void add(std::span<const double> values, std::span<const double> groups);
  void add(const Accumulator& other);
  // What a part's file says.
  void add(const ruleset::StatisticGroup& group);
  // The groups by key; `as_part`: with what merging needs.
  [[nodiscard]] std::vector<ruleset::StatisticGroup> groups(bool as_part);

 private:
  struct Group {
    std::uint64_t count = 0, without = 0;
    double low = 0, high = 0;
    numeric::ExactSum sum, squares;
    std::vector<double> values;
  };
  void add(Group& group, double x) const;
  [[nodiscard]] double value_of(const Group& group) const;

  const ruleset::Statistic* statistic_;
  std::map<double, Group> groups_;
};

}  // namespace jixiao::survey
