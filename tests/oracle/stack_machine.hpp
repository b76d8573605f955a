// muParser's bytecode run as its own manual describes it: one stack, one row, one token after the
// other, with the rule for edges (engine/value/edge.hpp) bound to every comparison and step.
// Nothing is translated, shared, folded in blocks or reordered; what the engine's routines do must
// come out the same.
#pragma once

#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "formula/function_table.hpp"
#include "formula/routine.hpp"
#include "formula/sorting.hpp"
#include "value/edge.hpp"

namespace jixiao::oracle {

// A number, and how far it may be off: so much of itself, and an amount besides.
struct Number {
  double x = 0;
  double relative = 0;
  std::optional<double> more;
  bool is_given = false;       // as it was written, or exact
  bool is_constant = false;    // names no variable
  bool is_difference = false;  // of two numbers as they were given

  [[nodiscard]] double bound() const {
    const double part = relative != 0 ? relative * std::fabs(x) : 0;
    return more ? (relative != 0 ? part + *more : *more) : part;
  }
  [[nodiscard]] bool is_exact() const { return relative == 0 && !more; }
};

class StackMachine {
 public:
  // `computed`: how far each variable may be off, relative to it; 0: as it was given.
  StackMachine(const std::string& text, const std::vector<std::string>& names,
               const value::Calendar* calendar, std::vector<double> computed = {})
      : calendar_(calendar), computed_(std::move(computed)), slots_(names.size(), 1.0) {
    formula::register_functions(parser_, calendar);
    for (std::size_t i = 0; i < names.size(); ++i) parser_.DefineVar(names[i], &slots_[i]);
    parser_.SetExpr(text);
    parser_.Eval();
  }
  StackMachine(const StackMachine&) = delete;
  StackMachine& operator=(const StackMachine&) = delete;

  // Whether, in the last row, something was closer to an edge than rounding can tell, or could not
  // be computed: where muParser, which knows no such rule, may answer otherwise.
  [[nodiscard]] bool was_close() const { return close_; }
  [[nodiscard]] double bound() const { return stack_.back().bound(); }

  double operator()(std::span<const double> values) {
    values_ = values;
    stack_.clear();
    close_ = false;
    std::vector<Number> conditions, thens;
    for (const mu::SToken* token = parser_.GetByteCode().GetBase(); token->Cmd != mu::cmEND;
         ++token) {
      switch (token->Cmd) {
        case mu::cmVAR:
          stack_.push_back(variable(static_cast<std::size_t>(token->Val.ptr - slots_.data())));
          break;
        case mu::cmVAL: stack_.push_back(written(token->Val.data2)); break;
        case mu::cmIF: conditions.push_back(pop()); break;
        case mu::cmELSE: thens.push_back(pop()); break;
        case mu::cmENDIF: {
          const Number otherwise = pop();
          stack_.push_back(choose(conditions.back(), thens.back(), otherwise));
          conditions.pop_back();
          thens.pop_back();
          break;
        }
        case mu::cmFUNC:
          call(formula::identify(token->Fun.cb._pRawFun),
               static_cast<std::size_t>(std::abs(token->Fun.argc)));
          break;
        default: throw std::logic_error("a token the language has not");
      }
    }
    return stack_.back().x;
  }

 private:
  using Operation = formula::Operation;
  using Function = formula::Function;
  static constexpr double once = value::one_rounding;

  Number pop() {
    const Number top = stack_.back();
    stack_.pop_back();
    return top;
  }
  Number variable(std::size_t i) const {
    const double own = i < computed_.size() ? computed_[i] : 0;
    return {values_[i], std::max(own, once), {}, own <= once, false};
  }
  static Number written(double x) {
    const bool whole = std::fabs(x) <= 0x1p53 && std::nearbyint(x) == x;
    Number number{x, 0, {}, true, true};
    if (!whole) number.relative = once * std::fabs(x) / std::fabs(x);
    return number;
  }
  static Number exact(double x, bool constant) { return {x, 0, {}, true, constant}; }

  // A constant's bound is one number.
  static Number settle(Number made) {
    if (!made.is_constant) return made;
    const double bound = made.bound();
    made.is_given = bound <= once * std::fabs(made.x);
    if (bound == 0) return exact(made.x, true);
    if (made.x == 0 || !std::isfinite(made.x)) {
      made.relative = 0;
      made.more = bound;
    } else {
      made.relative = bound / std::fabs(made.x);
      made.more.reset();
    }
    return made;
  }
  static double run(Operation operation, double a, double b = 0, double c = 0, double d = 0) {
    return formula::run_one(operation, {a, b, c, d}, nullptr);
  }
  static double joint(const Number& a, const Number& b) {
    double all = 0;
    if (a.relative != 0 || b.relative != 0)
      all = formula::scalar::bound_of(a.x, b.x, a.relative, b.relative);
    if (a.more) all = all + *a.more;
    if (b.more) all = all + *b.more;
    return all;
  }
  static std::optional<double> plus(std::optional<double> left, double right) {
    return left ? *left + right : right;
  }

  Number zeroed(const Number& a) {
    if (a.is_given || a.is_difference || (!a.is_constant && !a.more)) return a;
    Number out = a;
    out.x = run(Operation::zero_within, a.x, a.bound());
    if (out.x != a.x || std::signbit(out.x) != std::signbit(a.x)) close_ = true;
    out.is_difference = false;
    return settle(out);
  }

  Number compare(Operation operation, const Number& a, const Number& b) {
    const bool constant = a.is_constant && b.is_constant;
    if (std::isnan(a.x) || std::isnan(b.x)) close_ = true;
    if (a.is_given && b.is_given) return exact(run(operation, a.x, b.x), constant);
    const double bound = !a.more && !b.more
                             ? formula::scalar::bound_of(a.x, b.x, a.relative, b.relative)
                             : joint(a, b);
    if (!(std::fabs(a.x - b.x) > bound) || !std::isfinite(a.x - b.x)) close_ = true;
    switch (operation) {
      case Operation::less: return exact(run(Operation::less_within, a.x, b.x, bound), constant);
      case Operation::less_equal:
        return exact(run(Operation::less_equal_within, a.x, b.x, bound), constant);
      case Operation::equal: return exact(run(Operation::equal_within, a.x, b.x, bound), constant);
      default:
        return exact(run(Operation::opposite, run(Operation::equal_within, a.x, b.x, bound)),
                     constant);
    }
  }

  Number choose(const Number& asked, const Number& then, const Number& otherwise) {
    const Number condition = zeroed(asked);
    if (std::isnan(condition.x)) close_ = true;
    const bool constant = condition.is_constant && then.is_constant && otherwise.is_constant;
    Number out{run(Operation::choose, condition.x, then.x, otherwise.x), 0, {}, false, constant};
    if (!then.more && !otherwise.more) {
      out.relative = std::max(then.relative, otherwise.relative);
      out.is_given = out.relative == 0;
    } else {
      out.more = run(Operation::choose, condition.x, then.bound(), otherwise.bound());
    }
    return settle(out);
  }

  Number binary(Operation operation, const Number& left, const Number& right) {
    const bool constant = left.is_constant && right.is_constant;
    Number out{0, once, {}, false, constant};
    switch (operation) {
      case Operation::less:
      case Operation::less_equal:
      case Operation::equal:
      case Operation::unequal: return compare(operation, left, right);
      case Operation::both:
      case Operation::either: {
        const Number a = zeroed(left), b = zeroed(right);
        if (std::isnan(a.x) || std::isnan(b.x)) close_ = true;
        return exact(run(operation, a.x, b.x), constant);
      }
      case Operation::add:
      case Operation::subtract:
        out.x = run(operation, left.x, right.x);
        out.more = joint(left, right);
        out.is_difference = !constant && left.is_given && right.is_given;
        return settle(out);
      case Operation::multiply:
        out.x = left.x * right.x;
        out.relative = left.relative + right.relative + once;
        if (left.more) out.more = std::fabs(right.x) * *left.more;
        if (right.more) out.more = plus(out.more, std::fabs(left.x) * *right.more);
        return settle(out);
      case Operation::divide: return divide(left, zeroed(right));
      case Operation::power: return power(zeroed(left), right);
      default: throw std::logic_error("no sign of two sides");
    }
  }
  Number divide(const Number& a, const Number& b) {
    Number out{run(Operation::divide, a.x, b.x),
               a.relative + b.relative + once,
               {},
               false,
               a.is_constant && b.is_constant};
    if (b.x == 0) close_ = true;
    if (a.more) out.more = run(Operation::divide, *a.more, std::fabs(b.x));
    if (b.more)
      out.more = plus(out.more, run(Operation::divide, std::fabs(out.x) * *b.more, std::fabs(b.x)));
    return settle(out);
  }
  Number power(const Number& base, const Number& exponent) {
    Number out{run(Operation::power, base.x, exponent.x),
               3 * once,
               {},
               false,
               base.is_constant && exponent.is_constant};
    if (base.x == 0 && exponent.x < 0) close_ = true;
    if (!base.more && exponent.is_constant) {
      out.relative += base.relative * std::fabs(exponent.x);
    } else {
      out.more = formula::scalar::power_bound(base.x, exponent.x, base.bound());
    }
    if (!exponent.is_exact()) {
      const double slope = std::fabs(out.x) * std::fabs(run(Operation::ln, std::fabs(base.x)));
      out.more = plus(out.more, slope * exponent.bound());
    }
    return settle(out);
  }

  void call(const formula::Callback& callback, std::size_t count) {
    if (callback.operation && count == 1) {
      const Number a = *callback.operation == Operation::opposite ? zeroed(pop()) : pop();
      if (*callback.operation == Operation::opposite) {
        if (std::isnan(a.x)) close_ = true;
        return stack_.push_back(exact(run(Operation::opposite, a.x), a.is_constant));
      }
      Number out = a;
      out.x = -a.x;
      out.is_given = a.is_constant ? a.is_given : a.is_exact();
      out.is_difference = false;
      return stack_.push_back(settle(out));
    }
    if (callback.operation) {
      Number right = pop();
      Number left = pop();
      if (callback.swapped) std::swap(left, right);
      return stack_.push_back(binary(*callback.operation, left, right));
    }
    if (!callback.function) return;
    std::vector<Number> arguments(count);
    for (std::size_t i = count; i-- > 0;) arguments[i] = pop();
    stack_.push_back(apply(*callback.function, arguments));
  }

  static Number better(Operation operation, const Number& a, const Number& b) {
    Number out{run(operation, a.x, b.x), 0, {}, false, a.is_constant && b.is_constant};
    if (!a.more && !b.more) {
      out.relative = std::max(a.relative, b.relative);
      out.is_given = out.relative == 0;
    } else {
      const Operation bound = operation == Operation::minimum ? Operation::minimum_bound
                                                              : Operation::maximum_bound;
      out.more = run(bound, a.x, b.x, a.bound(), b.bound());
    }
    return settle(out);
  }
  Number fold(Operation operation, const std::vector<Number>& arguments) {
    Number out = arguments[0];
    for (std::size_t i = 1; i < arguments.size(); ++i)
      out = operation == Operation::add ? binary(operation, out, arguments[i])
                                        : better(operation, out, arguments[i]);
    return out;
  }

  Number stepped(Operation given, Operation within, const Number& x) {
    const double plain = run(given, x.x);
    const double answer = x.is_given ? plain : run(within, x.x, x.bound());
    const double near = std::max(1e-9 * std::max(1.0, std::fabs(x.x)), x.bound());
    if (!(std::fabs(x.x - std::nearbyint(x.x)) > near) || !std::isfinite(answer)) close_ = true;
    return exact(answer, x.is_constant);
  }
  Number steps(const Number& size, const Number& count) {
    Number out = count;
    out.x = run(Operation::steps, size.x, count.x);
    out.is_constant = size.is_constant && count.is_constant;
    out.is_difference = false;
    out.is_given = out.is_exact();
    if (std::isnan(out.x)) close_ = true;
    return settle(out);
  }
  Number logarithm(Operation operation, double scale, const Number& raw) {
    const Number a = zeroed(raw);
    Number out{run(operation, a.x), 2 * once, {}, false, a.is_constant};
    if (std::isnan(out.x)) close_ = true;
    out.more = !a.more ? scale * a.relative
                       : run(Operation::divide, a.bound(), std::fabs(a.x)) * scale;
    return settle(out);
  }
  double whole_day(const Number& x) const {
    return x.is_given ? x.x : run(Operation::floor_within, x.x, x.bound());
  }

  // How far the median may be off depends on what was compared with what; which value it is does
  // not.
  Number median(std::vector<Number> sorted) {
    std::vector<double> values;
    for (const Number& one : sorted) values.push_back(one.x);
    formula::each_exchange(sorted.size(), [&](std::size_t low, std::size_t high) {
      const Number smaller = better(Operation::minimum, sorted[low], sorted[high]);
      sorted[high] = better(Operation::maximum, sorted[low], sorted[high]);
      sorted[low] = smaller;
    });
    const std::size_t middle = sorted.size() / 2;
    if (std::none_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) {
      std::sort(values.begin(), values.end());
      for (const std::size_t at : {(sorted.size() - 1) / 2, middle}) {
        if (sorted[at].x != values[at]) throw std::logic_error("the median is another");
      }
    }
    if (sorted.size() % 2 == 1) return sorted[middle];
    return divide(binary(Operation::add, sorted[middle - 1], sorted[middle]), written(2));
  }
  Number count_given(const std::vector<Number>& arguments) {
    double count = 0;
    bool constant = true;
    for (const Number& one : arguments) {
      count += std::isnan(one.x) ? 0 : 1;
      constant = constant && one.is_constant;
    }
    return {count, 0, {}, true, constant};
  }
  Number sum_given(std::vector<Number> arguments) {
    const Number count = count_given(arguments);
    for (Number& one : arguments) {
      one.is_given = one.is_constant ? one.is_given : one.is_exact();
      one.is_difference = false;
      if (std::isnan(one.x)) one.x = 0;
    }
    return choose(count, fold(Operation::add, arguments),
                  {formula::scalar::nan, 0, {}, true, true});
  }

  Number apply(Function function, const std::vector<Number>& arguments) {
    const Number& x = arguments[0];
    switch (function) {
      case Function::minimum: return fold(Operation::minimum, arguments);
      case Function::maximum: return fold(Operation::maximum, arguments);
      case Function::sum: return fold(Operation::add, arguments);
      case Function::average:
        return divide(fold(Operation::add, arguments),
                      written(static_cast<double>(arguments.size())));
      case Function::median: return median(arguments);
      case Function::given: return exact(run(Operation::given, x.x), x.is_constant);
      case Function::count_given: return count_given(arguments);
      case Function::sum_given: return sum_given(arguments);
      case Function::average_given: return divide(sum_given(arguments), count_given(arguments));
      case Function::clamp:
        return better(Operation::maximum, better(Operation::minimum, x, arguments[2]),
                      arguments[1]);
      case Function::absolute: {
        Number out = x;
        out.x = std::fabs(x.x);
        out.is_given = x.is_constant ? x.is_given : x.is_exact();
        out.is_difference = false;
        return settle(out);
      }
      case Function::sign: return stepped(Operation::sign, Operation::sign_within, x);
      case Function::root: {
        const Number a = zeroed(x);
        Number out{std::sqrt(a.x), 0.5 * a.relative + once, {}, false, a.is_constant};
        if (std::isnan(out.x)) close_ = true;
        if (a.more) {
          out.relative = once;
          out.more = formula::scalar::root_bound(out.x, a.bound());
        }
        return settle(out);
      }
      case Function::exp: {
        Number out{run(Operation::exp, x.x), 2 * once, {}, false, x.is_constant};
        out.more = out.x * x.bound();
        return settle(out);
      }
      case Function::ln: return logarithm(Operation::ln, 1.0, x);
      case Function::log2: return logarithm(Operation::log2, 1.4426950408889634, x);
      case Function::log10: return logarithm(Operation::log10, 0.4342944819032518, x);
      case Function::sin:
      case Function::cos: {
        Number out{run(function == Function::sin ? Operation::sin : Operation::cos, x.x),
                   0,
                   {},
                   false,
                   x.is_constant};
        out.more = x.bound() + 2 * once;
        return settle(out);
      }
      case Function::floor: return stepped(Operation::floor, Operation::floor_within, x);
      case Function::ceil: return stepped(Operation::ceil, Operation::ceil_within, x);
      case Function::trunc: return stepped(Operation::trunc, Operation::trunc_within, x);
      case Function::round: {
        const double from = x.is_given ? x.x : run(Operation::away, x.x, x.bound());
        Number out{run(Operation::round, from, arguments[1].x),
                   once,
                   {},
                   true,
                   x.is_constant && arguments[1].is_constant};
        if (!x.is_given) close_ = true;
        return settle(out);
      }
      case Function::steps_full:
      case Function::steps_ceil: {
        const Number count = divide(x, zeroed(arguments[1]));
        const bool full = function == Function::steps_full;
        return steps(arguments[1],
                     stepped(full ? Operation::floor : Operation::ceil,
                             full ? Operation::floor_within : Operation::ceil_within, count));
      }
      case Function::steps_fraction: return steps(arguments[1], divide(x, arguments[1]));
      case Function::workdays: {
        const double days = calendar_ == nullptr ? formula::scalar::nan
                                                 : calendar_->workdays_between(
                                                       whole_day(x), whole_day(arguments[1]));
        if (!x.is_given || !arguments[1].is_given) close_ = true;
        return exact(days, x.is_constant && arguments[1].is_constant);
      }
      case Function::year:
        close_ = close_ || !x.is_given;
        return exact(run(Operation::year, whole_day(x)), x.is_constant);
      case Function::month:
        close_ = close_ || !x.is_given;
        return exact(run(Operation::month, whole_day(x)), x.is_constant);
      case Function::day:
        close_ = close_ || !x.is_given;
        return exact(run(Operation::day, whole_day(x)), x.is_constant);
    }
    throw std::logic_error("every function is listed above");
  }

  const value::Calendar* calendar_;
  std::vector<double> computed_;
  std::vector<double> slots_;
  std::span<const double> values_;
  mu::Parser parser_;
  std::vector<Number> stack_;
  bool close_ = false;
};

}  // namespace jixiao::oracle
