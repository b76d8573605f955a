#include "allocation/joint.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <unordered_map>

#include "allocation/cheapest.hpp"
#include "allocation/effects.hpp"
#include "allocation/plan_scorer.hpp"
#include "allocation/turning.hpp"
#include "scenario/input_labels.hpp"
#include "value/rounding.hpp"

namespace jixiao::allocation {

namespace {

constexpr std::size_t most_levels = 4000;  // of one number alone
constexpr double joint_slack = 1e-9;

// A number that may be turned.
struct IndicatorLever {
  scenario::InputFacts facts;
  Turning turning;
  double cost = 0;             // of one of its unit
  std::optional<double> to;    // as far as it may be brought
  std::vector<double> values;  // from where it stands on, each dearer than the one before
  bool coarse = false;         // not every step is looked at
};

class JointFinder {
 public:
  JointFinder(const JointGoal& goal, std::vector<Diagnostic>& diagnostics)
      : goal_(goal), diagnostics_(diagnostics) {}

  JointChange run() {
    find_levers();
    std::vector<std::string> names;
    for (const IndicatorLever& indicator_lever : indicator_levers_)
      names.push_back(indicator_lever.facts.name);
    broken_ = broken();
    scorer_ = PlanScorer::make(goal_.rules, goal_.project, names, broken_, diagnostics_);
    if (!scorer_ || !make_points(names)) return out_;
    nominal_ = scorer_->model().nominal();
    out_.choices = indicator_levers_.size();
    out_.total = scorer_->as_it_stands().total;
    for (IndicatorLever& indicator_lever : indicator_levers_) find_values(indicator_lever);
    if (indicator_levers_.empty()) return out_;
    if (!exactly()) by_search();
    out_.rows_scored += scorer_->model().rows_scored() + (points_ ? points_->rows_scored() : 0);
    return out_;
  }

 private:
  // Constraints the project does not keep as it stands need not be kept by what improves it.
  std::vector<std::string> broken() const {
    const auto scorer = PlanScorer::make(goal_.rules, goal_.project, {}, {}, diagnostics_);
    return scorer ? scorer->as_it_stands().violated : std::vector<std::string>{};
  }

  void find_levers() {
    const project::Project& project = goal_.project.model();
    const auto all = scenario::ProjectModel::all_inputs(goal_.rules, goal_.project);
    std::unordered_map<std::string, double> nominal;
    std::unordered_map<std::string, const project::Indicator*> indicators;
    std::unordered_map<std::string, const project::Improvement*> improvements;
    for (const auto& facts : all) nominal.emplace(facts.name, facts.nominal);
    for (const auto& indicator : project.indicators)
      indicators.emplace("results." + indicator.id, &indicator);
    for (const auto& own : project.improvements) improvements.emplace(own.of.text, &own);
    const auto target_of = [&](const std::string& name) {
      if (name == "money.executed") return project.money.adjusted.yuan.value;
      const auto at = nominal.find("targets." + name.substr(name.find('.') + 1));
      return at == nominal.end() ? std::nan("") : at->second;
    };
    const auto indicator_of = [&](const std::string& name) -> const project::Indicator* {
      const auto at = indicators.find(name);
      return at == indicators.end() ? nullptr : at->second;
    };
    for (const auto& facts : all) {
      if (facts.fixed || !std::isfinite(facts.nominal)) continue;
      const double target = target_of(facts.name);
      IndicatorLever indicator_lever{
          facts, turning_of(facts, indicator_of(facts.name), target), 0, {}, {}, false};
      if (project.improvements.empty()) {
        if (!facts.name.starts_with("results.") && facts.name != "money.executed") continue;
        const double size = std::isfinite(target) && target != 0
                                ? std::abs(target)
                                : std::max(std::abs(facts.nominal), 1e-9);
        indicator_lever.cost = facts.is_date ? 1 : 100 / size;
      } else {
        const auto known = improvements.find(facts.name);
        if (known == improvements.end()) continue;
        const project::Improvement* const own = known->second;
        indicator_lever.cost = own->cost;
        indicator_lever.to = own->to;
        if (own->step) indicator_lever.turning.step = *own->step;
        if (own->to)
          indicator_lever.turning.low = std::min(facts.nominal, *own->to),
          indicator_lever.turning.high = std::max(facts.nominal, *own->to);
      }
      indicator_levers_.push_back(std::move(indicator_lever));
    }
    std::vector<const scenario::InputFacts*> turned;
    for (const IndicatorLever& indicator_lever : indicator_levers_)
      turned.push_back(&indicator_lever.facts);
    const auto labels = scenario::distinct_labels(turned);
    for (std::size_t l = 0; l < indicator_levers_.size(); ++l)
      indicator_levers_[l].facts.label = labels[l];
    out_.currency = project.improvements.empty()           ? "percent-of-target"
                    : project.improvements.front().in_yuan ? "yuan"
                                                           : "effort";
  }

  // Values on the side, or sides, where the total can rise, as far as the nearest that brings the
  // most.
  void find_values(IndicatorLever& indicator_lever) {
    const std::size_t column =
        static_cast<std::size_t>(&indicator_lever - indicator_levers_.data());
    const double now = out_.total;
    indicator_lever.values = {indicator_lever.turning.nominal};
    for (const int direction : {1, -1}) {
      const long all = direction > 0 ? indicator_lever.turning.steps_up()
                                     : indicator_lever.turning.steps_down();
      if (all == 0) continue;
      const long stride = (all + static_cast<long>(16 * most_levels) - 1) /
                          static_cast<long>(16 * most_levels);
      std::vector<double> along;
      for (long k = stride; k < all + stride; k += stride)
        along.push_back(indicator_lever.turning.at(direction * std::min(k, all)));
      const auto scored = scorer_->along(column, along);
      double most = now;
      std::size_t last = 0;  // one past the nearest with the most
      for (std::size_t k = 0; k < along.size(); ++k) {
        if (scored[k].is_allowed() && scored[k].total > most) most = scored[k].total, last = k + 1;
      }
      last = std::max(last, most_points(column, along));  // what rounding hides of one may count
                                                          // together with others
      // A declared limit on a number that brings nothing alone may still help others.
      if (last == 0 && indicator_lever.to) last = along.size();
      const std::size_t skip = (last + most_levels - 1) / most_levels;
      indicator_lever.coarse = indicator_lever.coarse || stride > 1 || skip > 1;
      for (std::size_t k = 0; k < last; k += std::max<std::size_t>(skip, 1))
        indicator_lever.values.push_back(
            along[std::min(k + std::max<std::size_t>(skip, 1) - 1, last - 1)]);
    }
    std::sort(indicator_lever.values.begin(), indicator_lever.values.end());
    indicator_lever.values.erase(
        std::unique(indicator_lever.values.begin(), indicator_lever.values.end()),
        indicator_lever.values.end());
  }

  // The points of every indicator as a model of the same levers.
  bool make_points(const std::vector<std::string>& names) {
    std::vector<scenario::NamePlace> in, wanted;
    for (const std::string& name : names) in.push_back({name, {}});
    for (const auto& output : scenario::ProjectModel::all_outputs(goal_.rules, goal_.project)) {
      if (output.name.starts_with("points.")) wanted.push_back({output.name, {}});
    }
    if (wanted.empty()) return true;
    points_ = scenario::ProjectModel::make(goal_.rules, goal_.project, in, wanted, diagnostics_);
    return points_ != nullptr;
  }

  // One past the first of `along` where all indicators together have the most points; 0 when they
  // have more as the project stands.
  [[nodiscard]] std::size_t most_points(std::size_t indicator_lever,
                                        std::vector<double> along) const {
    if (!points_) return 0;
    const auto own = points_->outputs_following(indicator_lever);  // the others have the same
                                                                   // points everywhere
    if (own.empty()) return 0;
    along.push_back(std::nan(""));  // as it stands
    std::vector<std::vector<double>> found(own.size(), std::vector<double>(along.size()));
    std::vector<formula::Column> in;
    for (const double& x : nominal_) in.push_back(formula::Column::uniform(x));
    in[indicator_lever] = formula::Column::of(along);
    std::vector<std::span<double>> places(points_->outputs().size());
    for (std::size_t k = 0; k < own.size(); ++k) places[own[k]] = found[k];
    points_->evaluate(in, places);
    const auto sum = [&](std::size_t row) {
      double all = 0;
      for (const auto& points : found) all += std::isnan(points[row]) ? 0 : points[row];
      return all;
    };
    double most = sum(along.size() - 1);
    std::size_t last = 0;
    for (std::size_t row = 0; row + 1 < along.size(); ++row) {
      if (sum(row) > most + joint_slack) most = sum(row), last = row + 1;
    }
    return last;
  }

  [[nodiscard]] double cost(std::size_t indicator_lever, double value) const {
    return indicator_levers_[indicator_lever].cost *
           std::abs(value - indicator_levers_[indicator_lever].turning.nominal);
  }

  // By groups that act apart; false when the total is no sum of parts.
  bool exactly() {
    bool coarse =
        std::any_of(indicator_levers_.begin(), indicator_levers_.end(),
                    [](const IndicatorLever& indicator_lever) { return indicator_lever.coarse; });
    std::vector<Lever> levers;
    for (const IndicatorLever& indicator_lever : indicator_levers_)
      levers.push_back(
          {indicator_lever.facts.name, indicator_lever.values, indicator_lever.turning.nominal});
    std::unique_ptr<const Effects> effects;
    for (int attempt = 0; attempt < 12; ++attempt) {
      effects = Effects::find({goal_.rules, goal_.project, levers, {}, broken_, {}}, diagnostics_);
      if (effects) out_.rows_scored += effects->rows_scored();
      if (!effects || !effects->adds_up()) return false;
      if (effects->is_additive()) break;
      for (const Group& group : effects->groups()) {
        if (!group.is_complete()) halve(group, levers), coarse = true;
      }
    }
    if (!effects->is_additive()) return false;
    std::vector<std::vector<Option>> options;
    double most = effects->rest();
    for (const Group& group : effects->groups()) {
      options.emplace_back();
      double best = -std::numeric_limits<double>::infinity();
      for (std::size_t index = 0; index < group.points.size(); ++index) {
        if (std::isnan(group.points[index])) continue;
        const auto levels = levels_of(group, levers, index);
        double own = 0;
        for (std::size_t k = 0; k < levels.size(); ++k)
          own += cost(group.levers[k], levers[group.levers[k]].levels[levels[k]]);
        options.back().push_back({own, group.points[index], index});
        best = std::max(best, group.points[index]);
      }
      if (options.back().empty()) return false;
      most += best;
    }
    out_.best_total = effects->decided(most);
    const auto found = cheapest(options, least_points(*effects), joint_slack);
    out_.exact = !coarse && (!found || found->exact);
    if (!found) return true;
    out_.bound = coarse ? 0 : value::Rounding{9}(found->bound);
    std::vector<double> plan = nominal_;
    for (std::size_t g = 0; g < found->which.size(); ++g) {
      const Group& group = effects->groups()[g];
      const auto levels = levels_of(group, levers, found->which[g]);
      for (std::size_t k = 0; k < levels.size(); ++k)
        plan[group.levers[k]] = levers[group.levers[k]].levels[levels[k]];
    }
    const Scored scored = scorer_->score(plan);
    if (!is_reached(scored)) return false;
    describe(plan, scored);
    return true;
  }

  // How many points beyond rest() make the goal: rounding helps as far as it does.
  [[nodiscard]] double least_points(const Effects& effects) const {
    double low = goal_.total - 1, high = goal_.total + 1;
    if (!(effects.decided(high) >= goal_.total)) return goal_.total - effects.rest();
    for (int i = 0; i < 200 && std::nextafter(low, high) < high; ++i) {
      const double middle = low + (high - low) / 2;
      (effects.decided(middle) >= goal_.total ? high : low) = middle;
    }
    return high - effects.rest();
  }

  // Every second level of the lever with most levels, the ends and the reference kept.
  void halve(const Group& group, std::vector<Lever>& levers) const {
    std::size_t longest = group.levers.front();
    for (const std::size_t k : group.levers)
      longest = levers[k].levels.size() > levers[longest].levels.size() ? k : longest;
    std::vector<double> kept;
    const auto& levels = levers[longest].levels;
    for (std::size_t l = 0; l < levels.size(); ++l) {
      if (l % 2 == 0 || l + 1 == levels.size() || levels[l] == levers[longest].reference)
        kept.push_back(levels[l]);
    }
    levers[longest].levels = std::move(kept);
  }

  [[nodiscard]] bool is_reached(const Scored& scored) const {
    return scored.is_allowed() &&
           (goal_.rating ? scored.rating <= *goal_.rating : scored.total >= goal_.total);
  }

  // The best points for the cost one turn after the other, then back as far as the goal allows.
  void by_search() {
    out_.exact = false;
    std::vector<double> plan = nominal_;
    Scored here = scorer_->score(plan);
    while (!is_reached(here)) {
      std::vector<std::vector<double>> near(indicator_levers_.size());
      std::vector<std::vector<double>> plans;
      for (std::size_t l = 0; l < indicator_levers_.size(); ++l) {
        const auto& values = indicator_levers_[l].values;
        for (std::size_t v = 0; v < values.size();
             v += std::max<std::size_t>(1, values.size() / 200)) {
          if (cost(l, values[v]) <= cost(l, plan[l])) continue;
          plans.push_back(plan);
          plans.back()[l] = values[v];
        }
        plans.push_back(plan);
        plans.back()[l] = std::abs(values.back() - nominal_[l]) >
                                  std::abs(values.front() - nominal_[l])
                              ? values.back()
                              : values.front();
      }
      for (const auto& one : plans) {
        for (std::size_t l = 0; l < indicator_levers_.size(); ++l) near[l].push_back(one[l]);
      }
      const auto scored = scorer_->score(near);
      double best = 0;
      std::size_t at = plans.size();
      for (std::size_t p = 0; p < plans.size(); ++p) {
        double more = 0;
        for (std::size_t l = 0; l < indicator_levers_.size(); ++l)
          more += cost(l, plans[p][l]) - cost(l, plan[l]);
        const double gain = std::min(scored[p].total, goal_.total) - here.total;
        const double worth = gain / std::max(more, 1e-9);
        if (scored[p].is_allowed() && gain > 0 && worth > best) best = worth, at = p;
      }
      if (at == plans.size()) break;
      plan = plans[at];
      here = scored[at];
    }
    out_.best_total = std::max(out_.best_total, here.total);
    if (!is_reached(here)) return;
    for (std::size_t l = 0; l < indicator_levers_.size(); ++l) {
      std::vector<double> back = indicator_levers_[l].values;
      std::sort(back.begin(), back.end(),
                [&](double a, double b) { return cost(l, a) < cost(l, b); });
      for (const double value : back) {
        std::vector<double> less = plan;
        less[l] = value;
        const Scored scored = scorer_->score(less);
        if (!is_reached(scored)) continue;
        plan = less, here = scored;
        break;
      }
    }
    describe(plan, here);
  }

  void describe(const std::vector<double>& plan, const Scored& scored) {
    out_.possible = true;
    out_.total = scored.total;
    out_.rating = scorer_->rating_id(scored.rating);
    for (std::size_t l = 0; l < indicator_levers_.size(); ++l) {
      const Turning& turning = indicator_levers_[l].turning;
      if (plan[l] == turning.nominal) continue;
      const Scored own = scorer_->along(l, std::span(&plan[l], 1)).front();
      out_.turns.push_back({indicator_levers_[l].facts.name,
                            indicator_levers_[l].facts.label,
                            turning.shown(turning.nominal),
                            {plan[l], turning.shown(plan[l]), turning.change(plan[l]), own.total,
                             scorer_->rating_id(own.rating)},
                            cost(l, plan[l])});
      out_.cost += out_.turns.back().cost;
    }
    out_.cost = value::Rounding{9}(out_.cost);
  }

  const JointGoal& goal_;
  std::vector<Diagnostic>& diagnostics_;
  JointChange out_;
  std::vector<IndicatorLever> indicator_levers_;
  std::unique_ptr<const PlanScorer> scorer_;
  std::unique_ptr<const scenario::ProjectModel> points_;  // null: no indicator is scored
  std::vector<std::string> broken_;  // constraints the project does not keep as it stands
  std::vector<double> nominal_;
};

}  // namespace

JointChange cheapest_change(const JointGoal& goal, std::vector<Diagnostic>& diagnostics) {
  return JointFinder(goal, diagnostics).run();
}

}  // namespace jixiao::allocation
