// How far, and in what steps, a number of a project can be turned.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "project/project.hpp"
#include "scenario/project_model.hpp"

namespace jixiao::allocation {

struct Turning {
  double nominal = 0;
  double step = 1;           // above 0
  double low = 0, high = 0;  // around nominal
  value::Unit unit;
  bool is_date = false;

  // The value `count` steps away, held to the range; decimal-correct.
  [[nodiscard]] double at(long count) const;
  [[nodiscard]] long steps_up() const;  // until the range ends, the last one perhaps shorter
  [[nodiscard]] long steps_down() const;
  [[nodiscard]] std::string shown(double value) const;
  [[nodiscard]] std::string change(double value) const;  // "+9人"
  [[nodiscard]] std::string step_shown() const;
};

// The smallest turn that makes sense: what the project declares, one of what is counted, a day, 0.1
// of a percentage, a yuan (of large amounts a ten-thousandth); of other numbers a hundredth of
// their size. Powers of ten, both. As far as the kind of number allows: percentages up to 100,
// dates a year each way, others down to 0 and up to twice the larger of the number and its target.
Turning turning_of(const scenario::InputFacts& facts, const project::Indicator* indicator,
                   double target);

}  // namespace jixiao::allocation
