#include "allocation/effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "project/cost_model.hpp"
#include "ruleset/ruleset.hpp"
#include "scenario/project_model.hpp"
#include "scoring/binding.hpp"
#include "scoring/totals.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::allocation {

using project::CostModel;
using ruleset::none;

namespace {

constexpr std::size_t most_combinations_of_levels = 4'000'000;
constexpr std::size_t samples_at_a_time = 4096;  // samples scored at a time

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
    const auto cost = CostModel::compile(setting_.project.model(), diagnostics_);
    if (!cost || !make_model(*cost)) return nullptr;
    find_groups();
    base_values_ = outputs_at({});
    if (std::isnan(base_values_[0])) {
      report_unscored();
      return nullptr;
    }
    out_->adds_up_ = scoring::is_plain_sum(rules, binding_.batch);
    for (std::size_t g = 0; g < out_->groups_.size(); ++g) score_group(g);
    rest_points();
    out_->rows_scored_ = model_->rows_scored();
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
    for (const CurveBounds& curve : setting_.curves) {
      constraints_.push_back("curves." + curve.indicator);
      out.push_back({constraints_.back(), {}});
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

  [[nodiscard]] std::size_t first_curve() const {
    return constraints_.size() - setting_.curves.size();
  }

  [[nodiscard]] bool is_kept(std::size_t c, double value) const {
    return c >= first_curve() ? setting_.curves[c - first_curve()].holds(value) : value > 0;
  }

  // What follows each lever; then levers that share an output are put together.
  void find_groups() {
    const std::size_t count = setting_.levers.size();
    std::vector<std::vector<std::size_t>> follows(count);
    std::vector<std::size_t> leader(count), first_of(model_->outputs().size(), none);
    std::iota(leader.begin(), leader.end(), std::size_t{0});
    const auto root = [&](std::size_t k) {
      while (leader[k] != k) k = leader[k] = leader[leader[k]];
      return k;
    };
    for (std::size_t k = 0; k < count; ++k) {
      follows[k] = model_->outputs_following(k);
      std::erase(follows[k], std::size_t{0});  // the total follows everything
      for (const std::size_t o : follows[k]) {
        if (first_of[o] == none) first_of[o] = k;
        const std::size_t one = root(k), other = root(first_of[o]);
        leader[std::max(one, other)] = std::min(one, other);
      }
    }
    std::vector<std::size_t> group_of(count, none);
    for (std::size_t k = 0; k < count; ++k) {
      std::size_t& g = group_of[root(k)];
      if (g == none) {
        g = out_->groups_.size();
        out_->groups_.emplace_back();
        own_.emplace_back();
      }
      out_->groups_[g].levers.push_back(k);
      own_[g].insert(own_[g].end(), follows[k].begin(), follows[k].end());
    }
    for (std::size_t g = 0; g < own_.size(); ++g) {
      auto& own = own_[g];
      std::sort(own.begin(), own.end());
      own.erase(std::unique(own.begin(), own.end()), own.end());
      for (const std::size_t o : own) {
        if (is_points(o)) out_->groups_[g].indicators.push_back(ids_[o - first_points_]);
      }
    }
  }

  [[nodiscard]] bool is_points(std::size_t output) const {
    return output >= first_points_ && output < first_points_ + ids_.size();
  }
  [[nodiscard]] bool is_own(std::size_t g, std::size_t output) const {
    return std::binary_search(own_[g].begin(), own_[g].end(), output);
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
    // Of a sum what does not follow the group need not be looked at: it cannot move.
    const std::size_t most = std::min(all, samples_at_a_time);
    std::vector<std::vector<double>> in(setting_.levers.size()), out(model_->outputs().size());
    for (std::size_t o = 0; o < out.size(); ++o) {
      if (!model_->is_sum() || o == 0 || is_own(g, o)) out[o].resize(most);
    }
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
      for (auto& column : out)
        places.push_back(std::span(column).first(std::min(count, column.size())));
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
    for (const std::size_t o : own_[g]) {
      if (is_points(o)) sum += out[o][s];
    }
    if (!model_->is_sum()) check_others(g, out, s);
    if (has_total && std::isnan(sum))
      out_->adds_up_ = false;  // a total without these points: something ceased to apply
    for (const std::size_t o : own_[g]) {
      if (o <= constraints_.size() && !is_kept(o - 1, out[o][s])) return std::nan("");
    }
    return has_total ? sum : std::nan("");
  }

  void check_others(std::size_t g, const std::vector<std::vector<double>>& out, std::size_t s) {
    for (std::size_t o = first_points_; o < first_points_ + ids_.size(); ++o) {
      if (!is_own(g, o) && !same(out[o][s], base_values_[o])) out_->adds_up_ = false;
    }
    for (const std::size_t o : weight_of_row_) {
      if (o != none && !same(out[o][s], base_values_[o])) out_->adds_up_ = false;
    }
  }

  static bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

  void most_points(std::size_t g) {
    Group& group = out_->groups_[g];
    const auto& rules = setting_.rules.model();
    for (const std::size_t o : own_[g]) {
      if (!is_points(o)) continue;
      const std::size_t i = o - first_points_;
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
      for (const std::size_t o : own) moved[o] = true;
    }
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const double points = base_values_[first_points_ + i];
      if (std::isnan(points)) continue;  // not applicable
      all += points;
      if (!moved[first_points_ + i]) out_->rest_ += points;
    }
    if (std::abs(out_->decided(all) - base_values_[0]) > 1e-9) out_->adds_up_ = false;
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      if (!moved[1 + c] && !is_kept(c, base_values_[1 + c]))
        out_->stuck_.push_back(constraints_[c]);
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
  std::vector<std::string> constraints_;  // ids, curves last, in the order of their outputs, which
                                          // follow the total
  std::vector<std::string> ids_;          // of indicators, in the order of their outputs
  std::vector<std::size_t> weight_of_row_;     // output; none where it has no name
  std::vector<std::vector<std::size_t>> own_;  // of each group: outputs that follow it, ascending;
                                               // without the total
  std::vector<double> base_values_;            // of every output, levers at their references
  std::size_t first_points_ = 0;               // first output of points
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
  return scoring::decided_total(rules_->model(), points);
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
