// What a method's formulas are looked at over: which number runs, which stand still, and what one
// proof says for all of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "prover/line.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::prover {

// Numbers are looked at up to this size; those above zero from this on.
inline constexpr double largest_number = 1e15;
inline constexpr double smallest_number = 1e-9;

// How a place on the line is said: in the numbers of the formula.
struct Axis {
  std::string name;    // of what runs
  std::string origin;  // what 0 stands for, "T"; empty: 0
  std::string unit;    // what 1 stands for, "T", "(highest - lowest)"; empty: 1
  [[nodiscard]] std::string place(double x) const;  // "T - 5", "0.6*T", "∞"
};

// A number as short as it can be said.
std::string number_text(double x);

struct Setting {
  // With every number that is not fixed in its whole range.
  Problem general;
  // Lines of it: all of it where nothing but x moves, else with the others at chosen numbers.
  struct Sample {
    Problem problem;
    std::string said;  // "W = 10"; empty: nothing was chosen
  };
  std::vector<Sample> lines;
  bool is_line = false;  // lines.front() is the whole of it
  Axis axis;
  bool is_share = false;  // W was put at 1 for all weights
  std::size_t weight = ruleset::row_W;
  // Where on x the target and the upper end stand; nothing where the formulas do not name them.
  std::optional<double> target, upper;
};

// Of one state of the method (none: the method has no states). `indicator` may be null.
Setting setting_of(const ruleset::RuleSet& rules, const ruleset::Method& method,
                   const ruleset::FixedIndicator* indicator, std::size_t state);

}  // namespace jixiao::prover
