#include "allocation/turning.hpp"

#include <algorithm>
#include <cmath>

#include "value/edge.hpp"
#include "value/rounding.hpp"

namespace jixiao::allocation {

namespace {

double natural_step(const scenario::InputFacts& facts, double size) {
  if (facts.step > 0) return facts.step;
  if (facts.is_date) return 1;
  if (facts.unit.is_percent()) return 0.1;
  if (facts.unit.counts_money())
    return std::max(1.0, std::pow(10.0, std::floor(std::log10(std::max(size, 1.0))) - 4));
  return size > 0 ? std::pow(10.0, std::floor(std::log10(size)) - 2) : 0.01;
}

}  // namespace

double Turning::at(long count) const {
  const double value = std::clamp(nominal + static_cast<double>(count) * step, low, high);
  return value::Rounding{9}(value);
}

long Turning::steps_up() const {
  return std::max(0L, std::lround(value::ceil_of((high - nominal) / step)));
}
long Turning::steps_down() const {
  return std::max(0L, std::lround(value::ceil_of((nominal - low) / step)));
}

std::string Turning::shown(double value) const { return value::show(value, unit); }

std::string Turning::change(double value) const {
  const double gap = value::Rounding{9}(value - nominal);
  const value::Unit own = is_date ? value::Unit::parse("天").value_or(value::Unit()) : unit;
  return (gap < 0 ? "-" : "+") + value::show(std::abs(gap), own);
}

std::string Turning::step_shown() const {
  return value::show(step, is_date ? value::Unit::parse("天").value_or(value::Unit()) : unit);
}

Turning turning_of(const scenario::InputFacts& facts, const project::Indicator* indicator,
                   double target) {
  Turning out;
  out.nominal = facts.nominal;
  out.unit = facts.unit;
  out.is_date = facts.is_date;
  const double size =
      std::max(std::abs(facts.nominal), std::isnan(target) ? 0.0 : std::abs(target));
  out.step = natural_step(facts, size);
  constexpr double year = 366;
  if (facts.low) {
    out.low = std::min(*facts.low, facts.nominal), out.high = std::max(*facts.high, facts.nominal);
  } else if (facts.is_date) {
    out.low = facts.nominal - year, out.high = facts.nominal + year;
  } else {
    out.low = std::isfinite(facts.lowest) ? facts.lowest : facts.nominal - 2 * std::max(size, 1.0);
    out.high = 2 * std::max(size, 1.0);
    if (facts.unit.is_percent() && facts.nominal <= 100) out.high = 100;
  }
  if (indicator != nullptr && indicator->kind == value::Kind::yes_no)
    out.low = 0, out.high = 1, out.step = 1;
  if (indicator != nullptr && indicator->kind == value::Kind::key_points)
    out.low = 0, out.high = static_cast<double>(indicator->key_points.size()), out.step = 1;
  return out;
}

}  // namespace jixiao::allocation
