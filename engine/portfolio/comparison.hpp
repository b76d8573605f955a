// Two rule sets over the same projects: who moves, and what moves them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::portfolio {

// One indicator of a project under both.
struct IndicatorUnderBoth {
  std::string_view indicator;
  std::string_view method_a, method_b;  // empty where it does not count
  double weight_a = 0, weight_b = 0;
  double points_a = 0, points_b = 0;
  double unrounded_a = 0, unrounded_b = 0;
};

struct ProjectUnderBoth {
  std::string_view project;
  double total_a, total_b;  // NaN without
  double base_a, base_b;    // before adjustments, rounding and vetoes
  std::uint32_t band_a, band_b;
  std::span<const IndicatorUnderBoth> indicators;
};

// A part of total_b - total_a; `what` as in RulesComparison::Cause, never "bands".
struct Part {
  std::string_view what;
  std::string_view indicator;
  std::string_view method_a, method_b;
  double points;
};

// The difference of two totals, taken apart along the way points become a total; the parts add up
// to it:
//   each indicator's points before rounding    weights  the change of its weight, at the share of
//                                                       it that was reached under A
//                                              method   the rest: what B's method gives more for
//                                                       the same result
//   their rounding, and that of the total      rounding (of blocks as well, where what is left
//                                              below is no more than that)
//   from the indicators' points to the base    combination
//   from the rounded base to the total         adjustments (vetoes and the range of totals among
//                                              them)
// What makes most of a changed rating is
//   adjustments  when a veto fixes the rating under one of them alone,
//   bands        when B's total has A's rating under A's edges, or the rating went the other way
//                than the total,
//   else the largest part in the direction of the total.
// Of two rule sets' ratings those with the same id are the same.
class Comparer {
 public:
  // `a` and `b` must outlive the comparer. Memory: 10,000 causes and the projects listed.
  Comparer(const ruleset::RuleSet& a, const ruleset::RuleSet& b, std::string input,
           std::size_t listed);
  ~Comparer();
  Comparer(Comparer&&) noexcept;

  // Of a project with both totals.
  [[nodiscard]] std::vector<Part> parts(const ProjectUnderBoth& project) const;
  // What makes most of this project's difference, or where it has a total at all; the piece threads
  // call it, it keeps nothing.
  [[nodiscard]] RulesComparison::Moved judge(const ProjectUnderBoth& project) const;
  // In the order of the table.
  void add(const ProjectUnderBoth& project, const RulesComparison::Moved& judged);
  [[nodiscard]] RulesComparison comparison() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jixiao::portfolio
