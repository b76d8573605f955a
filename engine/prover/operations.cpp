#include "prover/operations.hpp"

#include <algorithm>
#include <cmath>

#include "formula/scalar.hpp"
#include "value/rounding.hpp"

namespace jixiao::prover::operations {
namespace {

const Range one_or_none{0, 1};

Range flat() { return Range::point(0); }

// The parts every operation takes from its operands; the value and the slope are still everything.
Enclosure begun(const Enclosure& a, const Enclosure& b) {
  Enclosure out;
  out.has_jumps = a.has_jumps || b.has_jumps;
  out.may_be_none = a.may_be_none || b.may_be_none;
  return out;
}

Enclosure answer(bool holds, const Enclosure& a, const Enclosure& b) {
  Enclosure out = Enclosure::constant(Range::point(holds ? 1 : 0));
  out.may_be_none = a.may_be_none || b.may_be_none;
  return out;
}

// A comparison that may go either way; it goes from holding to not where a grows beside b.
Enclosure undecided(const Enclosure& a, const Enclosure& b) {
  Enclosure out{one_or_none, flat(), true, a.may_be_none || b.may_be_none, false, false};
  out.never_rises = a.never_falls && b.never_rises;
  out.never_falls = a.never_rises && b.never_falls;
  return out;
}

// Where a value that grows makes a function that never falls; `value` is its range.
Enclosure along(const Enclosure& a, const Range& value, const Range& slope) {
  Enclosure out{value, slope, a.has_jumps, a.may_be_none, a.never_falls, a.never_rises};
  if (value.is_point()) out = Enclosure{value, flat(), false, a.may_be_none, true, true};
  return out;
}

// A step function that never falls.
Enclosure stepped(const Enclosure& a, const Range& value) {
  Enclosure out = along(a, value, flat());
  if (!value.is_point()) out.has_jumps = true;
  return out;
}

Enclosure smaller(const Enclosure& a, const Enclosure& b) {
  if (a.value.high <= b.value.low || b.value.high <= a.value.low) {
    Enclosure out = a.value.high <= b.value.low ? a : b;
    out.may_be_none = a.may_be_none || b.may_be_none;
    return out;
  }
  Enclosure out = begun(a, b);
  out.value = {std::min(a.value.low, b.value.low), std::min(a.value.high, b.value.high)};
  out.slope = hull(a.slope, b.slope);
  out.never_falls = a.never_falls && b.never_falls;
  out.never_rises = a.never_rises && b.never_rises;
  return out;
}

Enclosure opposite_sign(const Enclosure& a) {
  return {-a.value, -a.slope, a.has_jumps, a.may_be_none, a.never_rises, a.never_falls};
}

Enclosure absolute_of(const Enclosure& a) {
  if (a.value.low >= 0) return a;
  if (a.value.high <= 0) return opposite_sign(a);
  Enclosure out = begun(a, a);
  out.value = absolute(a.value);
  out.slope = hull(a.slope, -a.slope);
  out.never_falls = out.never_rises = a.is_flat();
  return out;
}

Enclosure root_of(const Enclosure& a) {
  if (a.value.high < 0) return Enclosure::unknown();
  const Range value = root(a.value);
  Enclosure out = along(a, value, Range::everything());
  if (value.low > 0) out.slope = a.slope / (Range::point(2) * value);
  out.may_be_none = a.may_be_none || a.value.low < 0;
  if (out.may_be_none) out.has_jumps = true;
  return out;
}

Enclosure exponential(const Enclosure& a) {
  const Range value =
      wider({numeric::elementary::exp(a.value.low), numeric::elementary::exp(a.value.high)}, 2);
  const Range held{std::max(value.low, 0.0), value.high};
  return along(a, held, held * a.slope);
}

template <class Of>
Enclosure logarithm(const Enclosure& a, double scale, const Of& of) {
  if (!(a.value.low > 0)) {
    Enclosure out = Enclosure::unknown();
    if (a.value.high > 0) {
      out.value.high = wider(Range::point(of(a.value.high)), 3).high;
      out.never_falls = a.never_falls;
      out.never_rises = a.never_rises;
    }
    return out;
  }
  const Range value = wider({of(a.value.low), of(a.value.high)}, 3);
  return along(a, value, wider(Range::point(scale)) * a.slope / a.value);
}

// sin or cos: moves no faster than its argument.
template <class Of>
Enclosure wave(const Enclosure& a, const Of& of) {
  constexpr double farthest = 0x1p30;
  Enclosure out = begun(a, a);
  if (absolute(a.value).high > farthest) {
    out.may_be_none = true;
    out.has_jumps = true;
  }
  out.value = {-1, 1};
  if (a.value.width() < 2 && !out.may_be_none) {
    // The middle of two neighbouring numbers is one of them: each end as far as it is from there.
    const double at = a.value.low + a.value.width() / 2;
    const double farther = std::max(a.value.high - at, at - a.value.low) * (1 + 1e-15);
    const double middle = of(at);
    const double reach = farther + 1e-12;
    out.value = common(out.value, wider({middle - reach, middle + reach}));
  }
  out.slope = a.slope * Range{-1, 1};
  out.never_falls = out.never_rises = a.is_flat();
  return out;
}

Enclosure power_of(const Enclosure& a, const Enclosure& b) {
  Enclosure out = begun(a, b);
  out.value = power(a.value, b.value);
  const bool whole = b.value.is_point() && std::nearbyint(b.value.low) == b.value.low;
  const bool safe = a.value.low > 0 || (a.value.low >= 0 && b.value.low >= 0) ||
                    (whole && (b.value.low >= 0 || !a.value.contains(0)));
  if (!safe) return Enclosure::unknown();
  if (a.is_flat() && b.is_flat()) {
    out.slope = flat();
    out.never_falls = out.never_rises = true;
    return out;
  }
  if (b.is_flat() && b.value.is_point()) {
    out.slope = b.value * power(a.value, b.value - Range::point(1)) * a.slope;
    // x to a fixed power grows with x where x is not negative.
    if (a.value.low >= 0) {
      const bool grows = b.value.low >= 0;
      out.never_falls = grows ? a.never_falls : a.never_rises;
      out.never_rises = grows ? a.never_rises : a.never_falls;
    }
  } else if (a.value.low > 0) {
    const Enclosure ln_a = logarithm(a, 1, [](double x) { return formula::scalar::ln(x); });
    out.slope = out.value * (b.slope * ln_a.value + b.value * ln_a.slope);
  }
  return out;
}

// Whether how far a value may be off moves by no more than the rounding of a number, so that what
// it decides turns once only as the value grows.
bool is_rounding(double bound, const Range& a, const Range& b) {
  return bound <= 1e-6 * std::max({1.0, absolute(a).high, absolute(b).high});
}

// The whole number within `bound` of the value, else the next below.
Enclosure floor_of(const Enclosure& a, double bound) {
  Enclosure out =
      stepped(a, {std::floor(a.value.low),
                  std::floor(wider(Range::point(a.value.high) + Range::point(bound)).high)});
  if (!is_rounding(bound, a.value, a.value)) out.never_falls = out.never_rises = false;
  return out;
}

Enclosure floor_exact(const Enclosure& a) {
  return stepped(a, {std::floor(a.value.low), std::floor(a.value.high)});
}

template <class Floor>
Enclosure ceil_by(const Enclosure& a, const Floor& floor) {
  return opposite_sign(floor(opposite_sign(a)));
}

template <class Floor>
Enclosure trunc_by(const Enclosure& a, const Floor& floor) {
  if (a.value.low >= 0) return floor(a);
  if (a.value.high <= 0) return ceil_by(a, floor);
  return stepped(a, {ceil_by(a, floor).value.low, floor(a).value.high});
}

// A value within `bound` of zero counts as zero; how large that is may itself be known as a range
// only.
Enclosure sign_of(const Enclosure& a, const Range& bound) {
  if (a.value.low > bound.high) return stepped(a, Range::point(1));
  if (a.value.high < -bound.high) return stepped(a, Range::point(-1));
  if (a.value.low == 0 && a.value.high == 0) return stepped(a, Range::point(0));
  Enclosure out =
      stepped(a, {a.value.low < -bound.low ? -1.0 : 0.0, a.value.high > bound.low ? 1.0 : 0.0});
  if (!is_rounding(bound.high, a.value, a.value)) out.never_falls = out.never_rises = false;
  return out;
}

Enclosure rounded(const Enclosure& a, const Enclosure& digits) {
  if (!digits.value.is_point() || !formula::scalar::are_digits(digits.value.low))
    return Enclosure::unknown();
  const value::Rounding rule{static_cast<int>(digits.value.low), value::RoundingMode::half_up};
  const auto of = [&](double x) { return std::isfinite(x) ? rule(x) : x; };
  return stepped(a, {of(a.value.low), of(a.value.high)});
}

// x moved away from zero by its bound.
Enclosure moved_away(const Enclosure& a, const Enclosure& bound) {
  if (bound.may_be_none) return Enclosure::unknown();
  Enclosure out = a;
  out.value = a.value + Range{-bound.value.high, bound.value.high};
  return out;
}

Enclosure zero_within(const Enclosure& a, const Enclosure& bound) {
  if (a.value.low > bound.value.high || a.value.high < -bound.value.high) return a;
  Enclosure out = a;
  out.value = hull(a.value, Range::point(0));
  return out;
}

Enclosure step_count(const Enclosure& size, const Enclosure& count) {
  Enclosure out = opposite_sign(smaller(opposite_sign(count), Enclosure::constant(flat())));
  out.may_be_none = size.may_be_none || count.may_be_none || size.value.low <= 0;
  if (size.value.high <= 0) return Enclosure::unknown();
  return out;
}

// A part of the date a number stands for.
Enclosure year_of(const Enclosure& a) {
  const double first = formula::scalar::year(a.value.low);
  const double last = formula::scalar::year(a.value.high);
  if (std::isnan(first) || std::isnan(last)) return Enclosure::unknown();
  return stepped(a, {first, last});
}

template <class Of>
Enclosure part_of_date(const Enclosure& a, double most, const Of& of) {
  const double first = of(a.value.low);
  Enclosure out = begun(a, a);
  out.may_be_none = a.may_be_none || std::isnan(first) ||
                    std::isnan(formula::scalar::year(a.value.high));
  out.value = {1, most};
  out.slope = flat();
  if (std::floor(a.value.low) == std::floor(a.value.high) && !std::isnan(first)) {
    out.value = Range::point(first);
    out.has_jumps = false;
    out.never_falls = out.never_rises = true;
  } else {
    out.has_jumps = true;
  }
  return out;
}

Enclosure within(const Enclosure& a, const Enclosure& b, const Range& bound, bool bound_is_known,
                 Operation operation) {
  const Enclosure apart = difference(a, b);
  const double most = std::max(bound.high, 0.0);
  const double least = std::max(bound.low, 0.0);
  Enclosure out = undecided(a, b);
  if (!std::isfinite(most) || !bound_is_known) out.may_be_none = true;
  if (!is_rounding(most, a.value, b.value)) out.never_falls = out.never_rises = false;
  const auto decide = [&](bool holds) {
    const bool none = out.may_be_none;
    out = answer(holds, a, b);
    out.may_be_none = none;
  };
  switch (operation) {
    case Operation::less:
      if (apart.value.high < -most) decide(true);
      if (apart.value.low >= -least) decide(false);
      break;
    case Operation::less_equal:
      if (apart.value.high <= least) decide(true);
      if (apart.value.low > most) decide(false);
      break;
    default:
      if (!a.is_flat() || !b.is_flat()) out.never_falls = out.never_rises = false;
      if (absolute(apart.value).high <= least) decide(true);
      if (absolute(apart.value).low > most) decide(false);
      break;
  }
  return out;
}

Range relative_bound(std::span<const Enclosure, 4> from) {
  return wider(from[2].value * absolute(from[0].value) + from[3].value * absolute(from[1].value),
               4);
}

// How far a value may be off: no slope is asked of it.
Enclosure bound(const Range& range, std::span<const Enclosure, 4> from, int count) {
  Enclosure out;
  out.value = {std::max(range.low, 0.0), std::max(range.high, 0.0)};
  for (int k = 0; k < count; ++k) {
    out.may_be_none = out.may_be_none || from[static_cast<std::size_t>(k)].may_be_none;
  }
  return out;
}

Range power_bound(std::span<const Enclosure, 4> from) {
  const Range size = absolute(from[0].value);
  const Range reach{0, size.high + from[2].value.high};
  const Range slope = absolute(from[1].value) * power(reach, from[1].value - Range::point(1));
  return {0, wider(slope * from[2].value, 4).high};
}

Range root_bound(std::span<const Enclosure, 4> from) {
  const double most = from[1].value.high;
  if (!(most > 0)) return flat();
  const double steep = from[0].value.low > 0 ? most / from[0].value.low : Range::infinity;
  return {0, wider(Range::point(std::min(std::sqrt(most), steep)), 4).high};
}

Enclosure logical(Operation operation, const Enclosure& a, const Enclosure& b) {
  const bool is_both = operation == Operation::both;
  const bool holds = is_both ? a.is_true() && b.is_true() : a.is_true() || b.is_true();
  const bool fails = is_both ? a.is_false() || b.is_false() : a.is_false() && b.is_false();
  if (holds || fails) return answer(holds, a, b);
  Enclosure out{one_or_none, flat(), true, a.may_be_none || b.may_be_none, false, false};
  // Conditions are 0 or 1: what grows goes from failing to holding.
  const auto is_condition = [](const Enclosure& x) { return x.value.low >= 0; };
  if (is_condition(a) && is_condition(b)) {
    out.never_falls = a.never_falls && b.never_falls;
    out.never_rises = a.never_rises && b.never_rises;
  }
  return out;
}

Enclosure opposite(const Enclosure& a) {
  if (a.is_true() || a.is_false()) return answer(a.is_false(), a, a);
  Enclosure out{one_or_none, flat(), true, a.may_be_none, false, false};
  if (a.value.low >= 0) {
    out.never_falls = a.never_rises;
    out.never_rises = a.never_falls;
  }
  return out;
}

// Whether a value is there is settled before anything moves, unless it is computed and is none
// somewhere on the way.
Enclosure whether_given(const Enclosure& a) {
  const bool stays = !a.may_be_none;
  return {one_or_none, flat(), !stays, false, stays, stays};
}

// The value, or 0 all along.
Enclosure or_zero(const Enclosure& a) {
  Enclosure out = a;
  out.value = hull(a.value, flat());
  out.slope = hull(a.slope, flat());
  if (!a.may_be_none) return out;
  out.has_jumps = true;
  out.never_falls = out.never_rises = false;
  return out;
}

// What is computed of numbers that all stand still.
bool stands_still(std::span<const Enclosure, 4> from, int count) {
  for (int k = 0; k < count; ++k) {
    const Enclosure& one = from[static_cast<std::size_t>(k)];
    if (!one.value.is_point() || one.may_be_none) return false;
  }
  return true;
}

}  // namespace

void settle(Enclosure& out) {
  // What may be too large to be a number is not known at all: whatever is made of Range::infinity
  // obeys no law of the numbers.
  if (!out.value.is_finite() || std::isnan(out.value.low) || std::isnan(out.value.high))
    out = Enclosure::unknown();
  if (std::isnan(out.slope.low) || std::isnan(out.slope.high)) out.slope = Range::everything();
  if (out.is_flat()) {
    out.slope = flat();
    out.has_jumps = false;
  }
  if (out.has_jumps || out.may_be_none) return;
  if (out.slope.low >= 0) out.never_falls = true;
  if (out.slope.high <= 0) out.never_rises = true;
}

Enclosure sum(const Enclosure& a, const Enclosure& b) {
  Enclosure out = begun(a, b);
  out.value = a.value + b.value;
  out.slope = a.slope + b.slope;
  out.never_falls = a.never_falls && b.never_falls;
  out.never_rises = a.never_rises && b.never_rises;
  return out;
}

Enclosure difference(const Enclosure& a, const Enclosure& b) { return sum(a, opposite_sign(b)); }

Enclosure product(const Enclosure& a, const Enclosure& b) {
  Enclosure out = begun(a, b);
  out.value = a.value * b.value;
  out.slope = a.slope * b.value + a.value * b.slope;
  // What a's own movement does to the product, b standing still.
  const auto grows = [](const Enclosure& moving, const Enclosure& other) {
    return moving.is_flat() || (other.value.low >= 0 && moving.never_falls) ||
           (other.value.high <= 0 && moving.never_rises);
  };
  const auto shrinks = [](const Enclosure& moving, const Enclosure& other) {
    return moving.is_flat() || (other.value.low >= 0 && moving.never_rises) ||
           (other.value.high <= 0 && moving.never_falls);
  };
  out.never_falls = grows(a, b) && grows(b, a);
  out.never_rises = shrinks(a, b) && shrinks(b, a);
  return out;
}

Enclosure quotient(const Enclosure& a, const Enclosure& b) {
  if (b.value.contains(0)) {
    Enclosure out = Enclosure::unknown();
    return out;
  }
  Enclosure reciprocal = b;
  reciprocal.value = Range::point(1) / b.value;
  reciprocal.slope = -(b.slope / (b.value * b.value));
  reciprocal.never_falls = b.never_rises;
  reciprocal.never_rises = b.never_falls;
  Enclosure out = product(a, reciprocal);
  out.value = common(out.value, a.value / b.value);
  return out;
}

Enclosure less(const Enclosure& a, const Enclosure& b, bool same) {
  if (same || a.value.low >= b.value.high) return answer(false, a, b);
  if (a.value.high < b.value.low) return answer(true, a, b);
  return undecided(a, b);
}

Enclosure less_equal(const Enclosure& a, const Enclosure& b, bool same) {
  if (same || a.value.high <= b.value.low) return answer(true, a, b);
  if (a.value.low > b.value.high) return answer(false, a, b);
  return undecided(a, b);
}

Enclosure equal(const Enclosure& a, const Enclosure& b, bool same) {
  if (same || (a.value.is_point() && a.value == b.value)) return answer(true, a, b);
  if (a.value.high < b.value.low || b.value.high < a.value.low) return answer(false, a, b);
  Enclosure out = undecided(a, b);
  if (!a.is_flat() || !b.is_flat()) out.never_falls = out.never_rises = false;
  return out;
}

Enclosure choice(const Enclosure& chosen_by, const Enclosure& then, const Enclosure& otherwise) {
  Enclosure out = begun(then, otherwise);
  out.value = hull(then.value, otherwise.value);
  out.slope = hull(then.slope, otherwise.slope);
  const bool one_number = then.value.is_point() && then.value == otherwise.value;
  out.has_jumps = !one_number;
  if (one_number) {
    out.never_falls = out.never_rises = true;
    return out;
  }
  // A condition of 0 and 1 that never falls goes from `otherwise` to `then`, once.
  const bool turns = chosen_by.value.low >= 0;
  const bool to_then = turns && chosen_by.never_falls;
  const bool to_otherwise = turns && chosen_by.never_rises;
  const bool still = chosen_by.is_flat();
  const bool up = then.value.low >= otherwise.value.high;
  const bool down = then.value.high <= otherwise.value.low;
  if (then.never_falls && otherwise.never_falls)
    out.never_falls = still || (to_then && up) || (to_otherwise && down);
  if (then.never_rises && otherwise.never_rises)
    out.never_rises = still || (to_then && down) || (to_otherwise && up);
  if (still) out.has_jumps = then.has_jumps || otherwise.has_jumps;
  return out;
}

Enclosure enclosure(Operation operation, std::span<const Enclosure, 4> from, bool same,
                    const value::Calendar* calendar) {
  const Enclosure& a = from[0];
  const Enclosure& b = from[1];
  const Enclosure& c = from[2];
  const Enclosure& d = from[3];
  (void)d;
  switch (operation) {
    case Operation::add:
    case Operation::counted: return sum(a, b);
    case Operation::given: return whether_given(a);
    case Operation::or_zero: return or_zero(a);
    case Operation::multiply: {
      Enclosure out = product(a, b);
      if (same) out.value = {std::max(out.value.low, 0.0), out.value.high};
      return out;
    }
    case Operation::power: return power_of(a, b);
    case Operation::less: return less(a, b, same);
    case Operation::less_equal: return less_equal(a, b, same);
    case Operation::equal: return equal(a, b, same);
    case Operation::unequal: return opposite(equal(a, b, same));
    case Operation::less_within: return within(a, b, c.value, !c.may_be_none, Operation::less);
    case Operation::less_equal_within:
      return within(a, b, c.value, !c.may_be_none, Operation::less_equal);
    case Operation::equal_within: return within(a, b, c.value, !c.may_be_none, Operation::equal);
    case Operation::less_near: return within(a, b, relative_bound(from), true, Operation::less);
    case Operation::less_equal_near:
      return within(a, b, relative_bound(from), true, Operation::less_equal);
    case Operation::equal_near: return within(a, b, relative_bound(from), true, Operation::equal);
    case Operation::both:
    case Operation::either: return logical(operation, a, b);
    case Operation::negate: return opposite_sign(a);
    case Operation::opposite: return opposite(a);
    case Operation::minimum: return smaller(a, b);
    case Operation::maximum: return opposite_sign(smaller(opposite_sign(a), opposite_sign(b)));
    case Operation::absolute: return absolute_of(a);
    case Operation::sign: return sign_of(a, flat());
    case Operation::sign_within:
      return std::isfinite(b.value.high) && !b.may_be_none ? sign_of(a, b.value)
                                                           : Enclosure::unknown();
    case Operation::root: return root_of(a);
    case Operation::exp: return exponential(a);
    case Operation::ln: return logarithm(a, 1, [](double x) { return formula::scalar::ln(x); });
    case Operation::log2:
      return logarithm(a, 1.4426950408889634, [](double x) { return formula::scalar::log2(x); });
    case Operation::log10:
      return logarithm(a, 0.4342944819032518, [](double x) { return formula::scalar::log10(x); });
    case Operation::sin: return wave(a, [](double x) { return numeric::elementary::sin(x); });
    case Operation::cos: return wave(a, [](double x) { return numeric::elementary::cos(x); });
    case Operation::floor: return floor_exact(a);
    case Operation::ceil: return ceil_by(a, floor_exact);
    case Operation::trunc: return trunc_by(a, floor_exact);
    case Operation::floor_within:
    case Operation::ceil_within:
    case Operation::trunc_within: {
      if (!std::isfinite(b.value.high) || b.may_be_none) return Enclosure::unknown();
      const auto floor = [&](const Enclosure& x) { return floor_of(x, b.value.high); };
      return operation == Operation::floor_within  ? floor(a)
             : operation == Operation::ceil_within ? ceil_by(a, floor)
                                                   : trunc_by(a, floor);
    }
    case Operation::round: return rounded(a, b);
    case Operation::away: return moved_away(a, b);
    case Operation::steps: return step_count(a, b);
    case Operation::year: return year_of(a);
    case Operation::month:
      return part_of_date(a, 12, [](double x) { return formula::scalar::month(x); });
    case Operation::day:
      return part_of_date(a, 31, [](double x) { return formula::scalar::day(x); });
    case Operation::zero_within: return zero_within(a, b);
    case Operation::bound_of: return bound(relative_bound(from), from, 4);
    case Operation::minimum_bound:
    case Operation::maximum_bound:
      return bound({std::min(c.value.low, d.value.low), std::max(c.value.high, d.value.high)}, from,
                   4);
    case Operation::root_bound: return bound(root_bound(from), from, 2);
    case Operation::power_bound: return bound(power_bound(from), from, 3);
    case Operation::workdays:
      if (calendar != nullptr && stands_still(from, 2)) {
        const double days = formula::scalar::workdays(*calendar, a.value.low, b.value.low);
        return std::isnan(days) ? Enclosure::unknown() : Enclosure::constant(Range::point(days));
      }
      return Enclosure::unknown();
    default: return Enclosure::unknown();
  }
}

}  // namespace jixiao::prover::operations
