#include "portfolio/edges.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jixiao::portfolio {

NearEdges::NearEdges(const ruleset::RuleSet& rules, std::size_t listed)
    : rules_(&rules), sides_(rules.bands.size()), nearest_(listed) {
  for (std::size_t b = 0; b < rules.bands.size(); ++b) {
    if (rules.bands[b].only_veto) continue;
    const ruleset::Interval& range = rules.bands[b].range;
    for (std::size_t other = 0; other < rules.bands.size(); ++other) {
      if (other == b || rules.bands[other].only_veto) continue;
      if (rules.bands[other].range.high == range.low) sides_[b].lower = {range.low, other};
      if (rules.bands[other].range.low == range.high) sides_[b].upper = {range.high, other};
    }
  }
}

void NearEdges::add(std::string_view project, double total, std::uint32_t band) {
  if (std::isnan(total) || band >= sides_.size() || rules_->bands[band].only_veto ||
      !rules_->bands[band].range.contains(total))
    return;
  // Most are not near enough, and rounding moves a distance by less than this.
  constexpr double rounding = 1e-8;
  double nearest = std::numeric_limits<double>::infinity();
  for (const Side* side : {&sides_[band].lower, &sides_[band].upper}) {
    if (side->other != ruleset::none) nearest = std::min(nearest, std::abs(total - side->edge));
  }
  if (!nearest_.takes(rounding - nearest)) return;
  // Totals and edges have a few decimals; their difference, as a double, has more.
  const value::Rounding decimal{9, value::RoundingMode::half_up};
  const Side* near = nullptr;
  double distance = 0;
  for (const Side* side : {&sides_[band].lower, &sides_[band].upper}) {
    if (side->other == ruleset::none) continue;
    const double own = decimal(total - side->edge);
    if (near == nullptr || std::abs(own) < std::abs(distance)) {
      near = side;
      distance = own;
    }
  }
  if (near == nullptr || !nearest_.takes(-std::abs(distance))) return;
  nearest_.add(-std::abs(distance), {std::string(project), total, rules_->bands[band].id,
                                     near->edge, distance, rules_->bands[near->other].id});
}

}  // namespace jixiao::portfolio
