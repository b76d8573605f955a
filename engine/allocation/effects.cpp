#include "allocation/effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "project/cost_model.hpp"
#include "ruleset/ruleset.hpp"
#include "scenario/project_model.hpp"
#include "scoring/binding.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::allocation {

using project::CostModel;
using project::NameKind;
using ruleset::none;

namespace {

constexpr std::size_t most_combinations_of_levels = 4'000'000;
constexpr std::size_t samples_at_a_time = 4096;  // samples scored at a time

bool uses(const std::optional<formula::Formula>& formula, std::size_t first, std::size_t count) {
  return formula && std::any_of(formula->used().begin(), formula->used().end(),
                                [&](std::size_t n) { return n >= first && n < first + count; });
}

// Whether points by this method depend on the project's money itself, not only on the indicator's
// own result.
bool follows_money(const ruleset::Method& method) {
  constexpr std::size_t first = ruleset::row_B0, count = ruleset::row_E - ruleset::row_B0 + 1;
  return uses(method.points, first, count) || uses(method.domain, first, count) ||
         uses(method.outside.points, first, count) ||
         std::any_of(method.inputs.begin(), method.inputs.end(),
                     [&](const auto& input) { return uses(input.otherwise, first, count); });
}

// Totals that are the sum of all points, held to a range and rounded.
bool adds_up(const ruleset::RuleSet& rules, const scoring::Batch& batch) {
  return !rules.combine && !rules.block_rounding && batch.adjustments.empty() &&
         batch.vetoes.empty() &&
         std::none_of(rules.blocks.begin(), rules.blocks.end(),
                      [](const auto& block) { return block.combine.has_value(); }) &&
         std::none_of(rules.vetoes.begin(), rules.vetoes.end(),
                      [](const auto& veto) { return veto.when.has_value(); });
}

std::size_t combinations(const Group& group, std::span<const Lever> levers) {
  std::size_t all = 1;
  for (const std::size_t k : group.levers) {
    all *= levers[k].levels.size();
    if (all > most_combinations_of_levels) return all;
  }
  return all;
}

}  // namespace

std::vector<std::size_t> levels_of(const Group& group, std::span<const Lever> levers,
                                   std::size_t index) {
  std::vector<std::size_t> out(group.levers.size());
  for (std::size_t k = group.levers.size(); k-- > 0;) {
    const std::size_t size = levers[group.levers[k]].levels.size();
    out[k] = index % size;
    index /= size;
  }
  return out;
}

// Makes one Effects, step by step.
class EffectsFinder {
 public:
  EffectsFinder(const Setting& setting, std::vector<Diagnostic>& diagnostics)
      : setting_(setting), diagnostics_(diagnostics) {}

  std::unique_ptr<const Effects> find() {
    const auto& rules = setting_.rules.model();
    std::vector<Diagnostic> ignored;
    binding_ = scoring::bind(rules, setting_.project.model(), false, ignored);
    auto cost = CostModel::compile(setting_.project.model(), diagnostics_);
    if (!cost || !make_model(*cost)) return nullptr;
    hold(*cost);
    find_groups(*cost);
    base_values_ = outputs_at({});
    if (std::isnan(base_values_[0])) {
      report_unscored();
      return nullptr;
    }
    out_->adds_up_ = adds_up(rules, binding_.batch);
    for (std::size_t g = 0; g < out_->groups_.size(); ++g) score_group(g);
    rest_points();
    return std::move(out_);
  }

 private:
  bool make_model(const CostModel& cost) {
    const auto& rules = setting_.rules.model();
    const auto& project = setting_.project.model();
    std::vector<scenario::NamePlace> in, out{{"total", {}}};
    for (const Lever& lever : setting_.levers) in.push_back({lever.name, {}});
    out_->rules_ = setting_.rules;
    for (const auto& one : cost.constraints()) {
      const std::string& id = project.constraints[one.constraint].id;
      if (std::find(setting_.dropped.begin(), setting_.dropped.end(), id) != setting_.dropped.end())
        continue;
      constraints_.push_back(id);
      out.push_back({"constraints." + id, {}});
    }
    first_points_ = out.size();
    for (const auto& fixed : rules.indicators) ids_.push_back(fixed.id);
    for (const std::size_t i : binding_.row_indicator) ids_.push_back(project.indicators[i].id);
    for (const std::string& id : ids_) out.push_back({"points." + id, {}});
    for (std::size_t row = 0; row < binding_.row_indicator.size(); ++row) {
      const std::string& id = project.indicators[binding_.row_indicator[row]].id;
      weight_of_row_.push_back(rules.find_block(id) == none ? out.size() : none);
      if (weight_of_row_.back() != none) out.push_back({"weights." + id, {}});
    }
    model_ = scenario::ProjectModel::make(setting_.rules, setting_.project, in, out, diagnostics_,
                                          setting_.held);
    return model_ != nullptr;
  }

  static std::optional<std::size_t> name_index(const CostModel& cost,
                                               const project::Project& project,
                                               const std::string& name) {
    const std::size_t dot = name.find('.');
    const std::string kind = name.substr(0, dot), id = name.substr(dot + 1);
    const auto at = [&](const auto& list) {
      const auto found =
          std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
      return found == list.end() ? none : static_cast<std::size_t>(found - list.begin());
    };
    std::size_t index = none;
    if (kind == "drivers" && (index = at(project.drivers)) != none) return index;
    if (kind == "items" && (index = at(project.items)) != none) return cost.item(index);
    if (kind == "results" && (index = at(project.indicators)) != none) return cost.result(index);
    if (kind == "targets" && (index = at(project.indicators)) != none) return cost.target(index);
    if (name == "money.initial") return cost.initial();
    if (name == "money.adjusted") return cost.adjusted();
    if (name == "money.executed") return cost.executed();
    return std::nullopt;  // weights, upper ends of targets: followed by everything, as far as is
                          // known
  }

  void hold(CostModel& cost) const {
    std::vector<std::size_t> names;
    for (const std::string& name : setting_.held) {
      if (const auto index = name_index(cost, setting_.project.model(), name))
        names.push_back(*index);
    }
    cost.hold(names);
  }

  // What follows each lever: one flag an output; then levers that share one are put together.
  void find_groups(const CostModel& cost) {
    const auto& rules = setting_.rules.model();
    const std::size_t count = setting_.levers.size(), outputs = model_->outputs().size();
    std::vector<std::vector<bool>> follows(count, std::vector<bool>(outputs, false));
    for (std::size_t k = 0; k < count; ++k) {
      const auto moved = name_index(cost, setting_.project.model(), setting_.levers[k].name);
      if (!moved) {
        follows[k].assign(outputs, true);
        continue;
      }
      const auto affected = cost.affected(std::span(&*moved, 1));
      const bool money = affected[cost.initial()] != 0 || affected[cost.adjusted()] != 0 ||
                         affected[cost.executed()] != 0;
      for (std::size_t f = 0; f < rules.indicators.size(); ++f)
        follows[k][first_points_ + f] = money;
      for (std::size_t row = 0; row < binding_.row_indicator.size(); ++row) {
        const std::size_t i = binding_.row_indicator[row];
        const bool own = affected[cost.result(i)] != 0 || affected[cost.target(i)] != 0;
        follows[k][first_points_ + rules.indicators.size() + row] =
            own || (money && follows_money(rules.methods[binding_.batch.rows.method[row]]));
      }
      for (std::size_t c = 0; c < constraints_.size(); ++c) {
        const auto& formulas = cost.constraints();
        const auto at = std::find_if(formulas.begin(), formulas.end(), [&](const auto& one) {
          return setting_.project.model().constraints[one.constraint].id == constraints_[c];
        });
        const auto& used = at->formula.used();
        follows[k][1 + c] = std::any_of(used.begin(), used.end(),
                                        [&](std::size_t name) { return affected[name] != 0; });
      }
    }
    join(follows);
  }

  void join(const std::vector<std::vector<bool>>& follows) {
    const std::size_t count = follows.size();
    std::vector<std::size_t> leader(count);
    std::iota(leader.begin(), leader.end(), std::size_t{0});
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        bool shared = false;
        for (std::size_t o = 0; o < follows[a].size() && !shared; ++o)
          shared = follows[a][o] && follows[b][o];
        const std::size_t from = leader[a], to = leader[b];
        if (shared) std::replace(leader.begin(), leader.end(), from, to);
      }
    }
    for (std::size_t first = 0; first < count; ++first) {
      Group group;
      std::vector<bool> own(follows.empty() ? 0 : follows[0].size(), false);
      for (std::size_t k = 0; k < count; ++k) {
        if (leader[k] != first) continue;
        group.levers.push_back(k);
        for (std::size_t o = 0; o < own.size(); ++o) own[o] = own[o] || follows[k][o];
      }
      if (group.levers.empty()) continue;
      for (std::size_t i = 0; i < ids_.size(); ++i) {
        if (own[first_points_ + i]) group.indicators.push_back(ids_[i]);
      }
      out_->groups_.push_back(std::move(group));
      own_.push_back(std::move(own));
    }
  }

  // All outputs on one row: `values` lever by lever, or nothing for the references.
  std::vector<double> outputs_at(const std::vector<double>& values) const {
    std::vector<formula::Column> in;
    for (std::size_t k = 0; k < setting_.levers.size(); ++k)
      in.push_back(
          formula::Column::uniform(values.empty() ? setting_.levers[k].reference : values[k]));
    std::vector<double> found(model_->outputs().size());
    std::vector<std::span<double>> out;
    for (double& value : found) out.emplace_back(&value, 1);
    model_->evaluate(in, out);
    return found;
  }

  // Every combination of a group, the other levers at their references.
  void score_group(std::size_t g) {
    Group& group = out_->groups_[g];
    const std::size_t all = combinations(group, setting_.levers);
    most_points(g);
    if (all > most_combinations_of_levels) return;
    group.points.resize(all);
    std::vector<std::vector<double>> in(setting_.levers.size()),
        out(model_->outputs().size(), std::vector<double>(std::min(all, samples_at_a_time)));
    for (const std::size_t k : group.levers) in[k].resize(std::min(all, samples_at_a_time));
    for (std::size_t first = 0; first < all; first += samples_at_a_time) {
      const std::size_t count = std::min(samples_at_a_time, all - first);
      std::vector<formula::Column> columns;
      for (std::size_t s = 0; s < count; ++s) {
        const auto levels = levels_of(group, setting_.levers, first + s);
        for (std::size_t k = 0; k < levels.size(); ++k)
          in[group.levers[k]][s] = setting_.levers[group.levers[k]].levels[levels[k]];
      }
      for (std::size_t k = 0; k < in.size(); ++k)
        columns.push_back(in[k].empty() ? formula::Column::uniform(setting_.levers[k].reference)
                                        : formula::Column::of(in[k]));
      std::vector<std::span<double>> places;
      for (auto& column : out) places.push_back(std::span(column).first(count));
      model_->evaluate(columns, places);
      for (std::size_t s = 0; s < count; ++s) group.points[first + s] = points_of(g, out, s);
    }
    out_->evaluations_ += all;
  }

  // The points of the group's own indicators; NaN where a constraint of its own is violated. Others
  // must stay as they are.
  double points_of(std::size_t g, const std::vector<std::vector<double>>& out, std::size_t s) {
    double sum = 0;
    const bool has_total = !std::isnan(out[0][s]);
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const std::size_t o = first_points_ + i;
      if (own_[g][o]) {
        sum += out[o][s];
      } else if (!same(out[o][s], base_values_[o])) {
        out_->adds_up_ = false;
      }
    }
    for (const std::size_t o : weight_of_row_) {
      if (o != none && !same(out[o][s], base_values_[o])) out_->adds_up_ = false;
    }
    if (has_total && std::isnan(sum))
      out_->adds_up_ = false;  // a total without these points: something ceased to apply
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      if (own_[g][1 + c] && !(out[1 + c][s] > 0)) return std::nan("");
    }
    return has_total ? sum : std::nan("");
  }

  static bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

  void most_points(std::size_t g) {
    Group& group = out_->groups_[g];
    const auto& rules = setting_.rules.model();
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (!own_[g][first_points_ + i]) continue;
      const bool fixed = i < rules.indicators.size();
      const std::size_t row = fixed ? none : i - rules.indicators.size();
      const std::size_t method = fixed ? rules.indicators[i].method
                                       : binding_.batch.rows.method[row];
      const std::size_t weight = fixed ? none : weight_of_row_[row];
      const bool known = weight != none && !rules.methods[method].beyond;
      group.most_points += known ? base_values_[weight] : std::numeric_limits<double>::infinity();
    }
  }

  // The points nobody moves; a total that is not what they and the groups make is not additive.
  void rest_points() {
    double all = 0;
    std::vector<bool> moved(base_values_.size(), false);
    for (const auto& own : own_) {
      for (std::size_t o = 0; o < own.size(); ++o) moved[o] = moved[o] || own[o];
    }
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const double points = base_values_[first_points_ + i];
      if (std::isnan(points)) continue;  // not applicable
      all += points;
      if (!moved[first_points_ + i]) out_->rest_ += points;
    }
    if (std::abs(out_->decided(all) - base_values_[0]) > 1e-9) out_->adds_up_ = false;
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      if (!moved[1 + c] && !(base_values_[1 + c] > 0)) out_->stuck_.push_back(constraints_[c]);
    }
  }

  void report_unscored() {
    std::string which;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (std::isnan(base_values_[first_points_ + i]))
        which += (which.empty() ? "" : ", ") + ids_[i];
    }
    diagnostics_.push_back(text::diagnose_file(
        text::Code::result_uncomputable, setting_.project.model().file,
        {"算不出总分" + (which.empty() ? "" : "：" + which + " 没有得分"),
         "there is no total" + (which.empty() ? "" : ": no points for " + which)},
        {"给这些指标一个结果或一个 model", "give these indicators a result or a model"}));
  }

  const Setting& setting_;
  std::vector<Diagnostic>& diagnostics_;
  std::unique_ptr<Effects> out_{new Effects};
  scoring::Binding binding_;
  std::unique_ptr<const scenario::ProjectModel> model_;
  std::vector<std::string> constraints_;    // ids, in the order of their outputs, which follow the
                                            // total
  std::vector<std::string> ids_;            // of indicators, in the order of their outputs
  std::vector<std::size_t> weight_of_row_;  // output; none where it has no name
  std::vector<std::vector<bool>> own_;      // of each group, one flag an output
  std::vector<double> base_values_;         // of every output, levers at their references
  std::size_t first_points_ = 0;            // first output of points
};

std::unique_ptr<const Effects> Effects::find(const Setting& setting,
                                             std::vector<Diagnostic>& diagnostics) {
  return EffectsFinder(setting, diagnostics).find();
}

bool Effects::is_additive() const {
  return adds_up_ && std::all_of(groups_.begin(), groups_.end(),
                                 [](const Group& group) { return group.is_complete(); });
}

double Effects::decided(double points) const {
  const auto& rules = rules_->model();
  if (rules.total_range)
    points = std::clamp(points, rules.total_range->low, rules.total_range->high);
  return rules.total_rounding ? (*rules.total_rounding)(points) : points;
}

double Effects::highest_total() const {
  const auto& rules = rules_->model();
  if (rules.total_range && std::isfinite(rules.total_range->high))
    return decided(rules.total_range->high);
  const bool open = rules.combine || !rules.adjustments.empty() || !rules.vetoes.empty() ||
                    std::any_of(rules.blocks.begin(), rules.blocks.end(),
                                [](const auto& block) { return block.combine.has_value(); }) ||
                    std::any_of(rules.methods.begin(), rules.methods.end(),
                                [](const auto& method) { return method.beyond; });
  return open ? std::numeric_limits<double>::infinity() : decided(rules.scale);
}

}  // namespace jixiao::allocation
