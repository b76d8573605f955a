// Which scale a form's weights and points are on: of 100, percents, parts of 1, of 10; points of
// ten for each row.
#pragma once

#include <optional>

#include "forms/form.hpp"
#include "jixiao/text.hpp"

namespace jixiao::forms {

struct Scale {
  double weight = 1;  // weights times this are points of 100
  double points = 1;  // points, sums and the total times this, where `part` is 0
  double part = 0;    // 10 or 100: each row's points are of that many, whatever its weight
  bool percent = false;
  bool unsure = false;  // points lie far above their weights, and no scale explains it
  FormPlace place;
  Text said;  // empty for the plain scale of 100

  // A row's points on the scale of its weight, both as printed.
  [[nodiscard]] double points_of(double printed, double printed_weight) const {
    return part > 0 ? printed * printed_weight * weight / part : printed * points;
  }
};

// Found from what the form itself prints: the sum of its weights and its total.
Scale scale_of(const Form& form);

}  // namespace jixiao::forms
