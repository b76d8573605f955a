// Why printed points are not those of the rule: the smallest deviation that reproduces them.
#pragma once

#include <optional>
#include <vector>

#include "audit/recomputed.hpp"

namespace jixiao::audit {

struct PointsMismatch {
  double printed = 0;
  int decimals = 0;  // of the printed points
  double exact = 0;  // what the rule gives, unrounded
  double weight = 0;
  std::optional<double> rate;        // actual of target, percent points, unrounded
  std::optional<double> completion;  // the rate as printed
  std::optional<double> actual;      // as typed
  std::vector<AlternativeMethod> alternatives;
};

// In the order they are tried.
enum class Cause {
  unknown,
  rounded,
  rounded_whole,
  cut,
  raised,
  alternative,
  rate_first,
  printed_rate,
  twice,
  typed,
  scale
};

struct Explanation {
  Cause cause = Cause::unknown;
  Text text;  // empty with Cause::unknown
};

// Nothing when the printed points are the rule's own, rounded to as many decimals as they have, two
// or more.
std::optional<Explanation> explain(const PointsMismatch& mismatch);

}  // namespace jixiao::audit
