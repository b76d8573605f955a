#include "prover/setting.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "prover/symmetry.hpp"
#include "value/rounding.hpp"

namespace jixiao::prover {
namespace {

using ruleset::StatisticKind;

bool is_value_statistic(StatisticKind kind) {
  return kind == StatisticKind::min || kind == StatisticKind::max || kind == StatisticKind::mean ||
         kind == StatisticKind::median || kind == StatisticKind::quantile;
}

bool is_deviation(StatisticKind kind) {
  return kind == StatisticKind::sd || kind == StatisticKind::sd_population;
}

class SettingMaker {
 public:
  SettingMaker(const ruleset::RuleSet& rules, const ruleset::Method& method,
               const ruleset::FixedIndicator* indicator, std::size_t state)
      : rules_(rules),
        method_(method),
        indicator_(indicator),
        state_(state),
        points_(method.points),
        names_(method.scope.variables) {}

  Setting make() {
    if (method_.domain) conditions_.emplace_back(*method_.domain);
    for (const auto& accept : method_.accepts) conditions_.emplace_back(accept.that);
    fill_box();
    count_workdays();
    choose_x();
    fix_weight();
    fix_scale();
    narrow();
    return finish();
  }

 private:
  [[nodiscard]] bool named(std::size_t name) const {
    return points_.names(name) || std::any_of(conditions_.begin(), conditions_.end(),
                                              [&](const Graph& one) { return one.names(name); });
  }
  // The weight is what points are held to, named or not.
  [[nodiscard]] bool matters(std::size_t name) const {
    return named(name) || (name == ruleset::row_W && !method_.beyond);
  }
  [[nodiscard]] bool moves(std::size_t name) const {
    return matters(name) && !box_[name].is_point();
  }
  [[nodiscard]] const std::vector<ruleset::Parameter>& params() const {
    return indicator_ != nullptr ? indicator_->params : method_.params;
  }

  void fill_box() {
    const Range any{-largest_number, largest_number};
    box_.assign(names_.size(), any);
    box_[ruleset::row_W] = {smallest_number, rules_.scale};
    box_[ruleset::row_year] = {1900, 2200};
    box_[ruleset::row_has_reason] = box_[ruleset::row_has_evidence] = {0, 1};
    for (std::size_t i = 0; i < rules_.inputs.size(); ++i) {
      if (const auto& range = rules_.inputs[i].range)
        box_[ruleset::row_names + i] = common(any, {range->low, range->high});
    }
    const auto& given = params();
    const std::size_t numbers = method_.params.size() - method_.statistics.size();
    for (std::size_t i = 0; i < given.size(); ++i) {
      Range& range = box_[method_.first_param + i];
      range = Range::point(given[i].value);
      const bool is_number = i < numbers ||
                             (indicator_ != nullptr && given[i].input == ruleset::none);
      if (is_number) continue;
      const StatisticKind kind = method_.statistics[i - numbers].is;
      range = any;
      if (kind == StatisticKind::count || kind == StatisticKind::rank) range.low = 1;
      if (kind == StatisticKind::percent_rank) range = {0, 100};
      if (is_deviation(kind)) range.low = 0;
      if (is_value_statistic(kind)) values_.push_back(method_.first_param + i);
      if (is_deviation(kind)) deviations_.push_back(method_.first_param + i);
    }
    if (state_ != ruleset::none) {
      for (std::size_t k = 0; k < method_.state_columns.size(); ++k)
        box_[method_.first_state + k] = Range::point(method_.states[state_].values[k]);
    }
    if (indicator_ == nullptr) return;
    if (indicator_->has_target)
      box_[ruleset::row_T] = box_[ruleset::row_U] = Range::point(indicator_->target);
    if (indicator_->weight) box_[ruleset::row_W] = Range::point(*indicator_->weight);
  }

  // Working days between two dates are looked at as one number, where nothing else asks for dates.
  void count_workdays() {
    const auto counted = points_.with_workdays(names_.size());
    if (!counted || !conditions_free_of_workdays()) return;
    const std::vector<bool> needed = counted->needed();
    for (Id id = 0; id < counted->size(); ++id) {
      const Value& value = (*counted)[id];
      if (needed[id] && value.kind == Value::Kind::variable &&
          (value.variable == ruleset::row_A || value.variable == ruleset::row_U ||
           value.variable == ruleset::row_T))
        return;
    }
    points_ = *counted;
    const std::string& text = method_.points.text();
    const std::size_t at = text.find("workdays");
    const std::size_t end = at == std::string::npos ? at : text.find(')', at);
    names_.push_back(end == std::string::npos ? "workdays" : text.substr(at, end + 1 - at));
    box_.push_back({-100000, 100000});
    x_ = names_.size() - 1;
  }

  [[nodiscard]] bool conditions_free_of_workdays() const {
    return std::all_of(conditions_.begin(), conditions_.end(), [](const Graph& condition) {
      return std::none_of(condition.values().begin(), condition.values().end(), [](const Value& v) {
        return v.kind == Value::Kind::operation && v.operation == Operation::workdays;
      });
    });
  }

  void choose_x() {
    if (x_) return;
    std::vector<std::size_t> order{ruleset::row_A, ruleset::row_E};
    for (std::size_t i = 0; i < method_.inputs.size(); ++i)
      order.push_back(method_.first_input + i);
    for (std::size_t i = 0; i < method_.params.size(); ++i)
      order.push_back(method_.first_param + i);
    for (std::size_t i = 0; i < rules_.inputs.size(); ++i) order.push_back(ruleset::row_names + i);
    for (const std::size_t name : {ruleset::row_B, ruleset::row_B0, ruleset::row_T, ruleset::row_U})
      order.push_back(name);
    for (const std::size_t name : order) {
      if (moves(name)) return void(x_ = name);
    }
    x_ = ruleset::row_A;
  }

  [[nodiscard]] bool scales(const std::vector<bool>& marked, double degree) const {
    const auto of_points = scaled_degree(points_, marked);
    return of_points && of_points->is(degree) &&
           std::all_of(conditions_.begin(), conditions_.end(), [&](const Graph& condition) {
             const auto one = scaled_degree(condition, marked);
             return one && one->is(0);
           });
  }
  [[nodiscard]] bool shifts(const std::vector<bool>& marked) const {
    return shifted_by(points_, marked) == 0.0 &&
           std::all_of(conditions_.begin(), conditions_.end(), [&](const Graph& condition) {
             return shifted_by(condition, marked) == 0.0;
           });
  }
  [[nodiscard]] std::vector<bool> marks(const std::vector<std::size_t>& names) const {
    std::vector<bool> marked(names_.size());
    for (const std::size_t name : names) marked[name] = true;
    return marked;
  }

  // Points in proportion to the weight, by itself or with what is given in points.
  void fix_weight() {
    if (!moves(ruleset::row_W)) return;
    std::vector<std::size_t> with_inputs{ruleset::row_W};
    for (std::size_t i = 0; i < method_.inputs.size(); ++i)
      with_inputs.push_back(method_.first_input + i);
    const std::vector<std::vector<std::size_t>> ways{
        {ruleset::row_W}, {ruleset::row_W, ruleset::row_A}, with_inputs};
    for (const auto& way : ways) {
      if (!scales(marks(way), 1)) continue;
      is_share_ = true;
      box_[ruleset::row_W] = Range::point(1);
      if (std::find(way.begin(), way.end(), *x_) != way.end()) axis_.unit = names_[ruleset::row_W];
      return;
    }
  }

  // The places 0 and 1 of the values' scale, where the formulas do not care.
  void fix_scale() {
    std::vector<std::size_t> values{ruleset::row_A, ruleset::row_T, ruleset::row_U};
    values.insert(values.end(), values_.begin(), values_.end());
    const bool weight_in_values = axis_.unit == names_[ruleset::row_W];
    if (!weight_in_values && *x_ == ruleset::row_A) {
      std::optional<std::size_t> origin;
      if (shifts(marks(values))) {
        origin = first_moving(values, [](std::size_t) { return true; });
        if (origin) {
          box_[*origin] = Range::point(0);
          axis_.origin = names_[*origin];
          origin_ = origin;
        }
      }
      std::vector<std::size_t> scaled = values;
      scaled.insert(scaled.end(), deviations_.begin(), deviations_.end());
      put_unit(scaled, origin);
    }
    put_unit({ruleset::row_B0, ruleset::row_B, ruleset::row_E}, std::nullopt);
  }

  template <class Wanted>
  std::optional<std::size_t> first_moving(const std::vector<std::size_t>& names,
                                          const Wanted& wanted) const {
    for (const std::size_t name : names) {
      if (name != *x_ && moves(name) && wanted(name)) return name;
    }
    return std::nullopt;
  }

  void put_unit(const std::vector<std::size_t>& names, std::optional<std::size_t> origin) {
    if (!scales(marks(names), 0)) return;
    const auto narrow = narrowed_box();
    if (!narrow) return;
    const auto unit =
        first_moving(names, [&](std::size_t name) { return (*narrow)[name].low > 0; });
    if (!unit) return;
    box_[*unit] = Range::point(1);
    if (std::find(names.begin(), names.end(), *x_) == names.end()) return;
    const bool is_spread = std::find(deviations_.begin(), deviations_.end(), *unit) !=
                           deviations_.end();
    axis_.unit = origin && !is_spread ? "(" + names_[*unit] + " - " + names_[*origin] + ")"
                                      : names_[*unit];
  }

  [[nodiscard]] std::optional<std::vector<Range>> narrowed_box() const {
    Box box{box_, *x_, smallest_number};
    for (int round = 0; round < 2; ++round) {
      for (const Graph& condition : conditions_) {
        auto next = narrowed(condition, box);
        if (!next) return std::nullopt;
        box = *std::move(next);
      }
    }
    return std::move(box.variables);
  }

  void narrow() {
    if (auto box = narrowed_box()) box_ = *std::move(box);
    for (std::size_t name = 0; name < box_.size(); ++name) {
      Range& range = box_[name];
      if (range.low > 0 && range.low < smallest_number && range.high > smallest_number)
        range.low = smallest_number;
    }
  }

  [[nodiscard]] Problem problem(const std::vector<Range>& box) const {
    Problem out{points_, conditions_, {box, *x_, smallest_number}, 1e-9, {}};
    if (is_share_ || !box[ruleset::row_W].is_point()) {
      out.tolerance = 1e-9;
    } else {
      out.tolerance = 1e-9 * std::max(1.0, box[ruleset::row_W].low);
    }
    for (const Graph& condition : conditions_) {
      for (const auto& order : ordered_pairs(condition)) out.orders.push_back(order);
    }
    return out;
  }

  // A number in the range that looks like one of its kind.
  [[nodiscard]] double usual(std::size_t name) const {
    const Range& range = box_[name];
    double wanted = 1;
    if (name == ruleset::row_W) wanted = std::min(10.0, rules_.scale);
    if (name == ruleset::row_T || name == ruleset::row_B || name == ruleset::row_B0 ||
        name == ruleset::row_E || name == ruleset::row_A)
      wanted = 100;
    if (name == ruleset::row_U) wanted = 120;
    if (name == ruleset::row_year) wanted = 2020;
    if (axis_.unit == "U" && name == ruleset::row_T) wanted = 0.5;
    if (axis_.unit == "T" && name == ruleset::row_U) wanted = 1.5;
    return std::clamp(wanted, range.low, range.high);
  }

  Setting finish() {
    Setting out{problem(box_), {}, false, axis_, is_share_, ruleset::row_W, {}, {}};
    out.axis.name = names_[*x_];
    out.is_line = true;
    for (std::size_t name = 0; name < box_.size(); ++name)
      out.is_line = out.is_line && (name == *x_ || !moves(name));
    std::vector<Range> box = box_;
    std::string said;
    std::optional<std::size_t> two_ways;  // an input that is looked at without and with
    if (!moves(ruleset::row_W) && !box_[ruleset::row_W].is_point())
      box[ruleset::row_W] = Range::point(usual(ruleset::row_W));
    for (std::size_t name = 0; name < box.size(); ++name) {
      if (name == *x_ || !moves(name)) continue;
      const bool is_input = name >= method_.first_input && name < method_.first_state;
      if (is_input && !two_ways && box_[name].contains(0) && box_[name].contains(1)) {
        two_ways = name;
        continue;
      }
      box[name] = Range::point(usual(name));
      said += (said.empty() ? "" : ", ") + names_[name] + " = " + number_text(box[name].low);
    }
    for (const double choice : two_ways ? std::vector<double>{0, 1} : std::vector<double>{0}) {
      std::string all = said;
      if (two_ways) {
        box[*two_ways] = Range::point(choice);
        all += (all.empty() ? "" : ", ") + names_[*two_ways] + " = " + number_text(choice);
      }
      out.lines.push_back({problem(box), all});
    }
    const auto place = [&](std::size_t name) -> std::optional<double> {
      if (!named(name) || !box[name].is_point() || *x_ != ruleset::row_A) return std::nullopt;
      return box[name].low;
    };
    out.target = place(ruleset::row_T);
    out.upper = place(ruleset::row_U);
    return out;
  }

  const ruleset::RuleSet& rules_;
  const ruleset::Method& method_;
  const ruleset::FixedIndicator* indicator_;
  std::size_t state_;
  Graph points_;
  std::vector<Graph> conditions_;
  std::vector<std::string> names_;
  std::vector<Range> box_;
  std::vector<std::size_t> values_, deviations_;  // params that are statistics of the values
  std::optional<std::size_t> x_, origin_;
  Axis axis_;
  bool is_share_ = false;
};

}  // namespace

std::string number_text(double x) {
  if (x == 0) return "0";
  if (std::fabs(x) >= 1e-4 && std::fabs(x) < 1e9) return value::plain(x, 9);
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", x);
  return text;
}

std::string Axis::place(double x) const {
  if (x >= largest_number) return "∞";
  if (x <= -largest_number) return "-∞";
  const std::string size = number_text(std::fabs(x));
  if (unit.empty() && origin.empty()) return number_text(x);
  const std::string scaled = unit.empty()  ? size
                             : size == "1" ? unit
                             : size == "0" ? "0"
                                           : size + "*" + unit;
  if (origin.empty()) return x < 0 && scaled != "0" ? "-" + scaled : scaled;
  if (scaled == "0") return origin;
  return origin + (x < 0 ? " - " : " + ") + scaled;
}

Setting setting_of(const ruleset::RuleSet& rules, const ruleset::Method& method,
                   const ruleset::FixedIndicator* indicator, std::size_t state) {
  return SettingMaker(rules, method, indicator, state).make();
}

}  // namespace jixiao::prover
