// Two rule sets over the same projects: who moves, and what moves them.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::portfolio {

// One indicator of a project under both.
struct Twin {
  std::string_view indicator;
  std::string_view method_a, method_b;  // empty where it does not count
  double weight_a = 0, weight_b = 0;
  double points_a = 0, points_b = 0;
  double unrounded_a = 0, unrounded_b = 0;
};

struct TwinProject {
  std::string_view project;
  double total_a, total_b;  // NaN without
  double base_a, base_b;    // before adjustments, rounding and vetoes
  std::uint32_t band_a, band_b;
  std::span<const Twin> indicators;
};

class Comparer {
 public:
  Comparer(const ruleset::RuleSet& a, const ruleset::RuleSet& b, std::string input, std::size_t listed);
  ~Comparer();
  // What makes most of this project's difference; the piece threads call it, it keeps nothing.
  [[nodiscard]] RulesComparison::Moved judge(const TwinProject& project) const;
  // In the order of the table.
  void add(const TwinProject& project, const RulesComparison::Moved& judged);
  [[nodiscard]] RulesComparison comparison() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jixiao::portfolio
