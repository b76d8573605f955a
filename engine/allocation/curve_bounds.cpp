#include "allocation/curve_bounds.hpp"

#include <algorithm>
#include <cmath>

#include "project/cost_model.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::allocation {

namespace {

// The indicators whose curves follow an item, and the ends of their points.
std::vector<CurveBounds> curves_over_items(const project::Project& project) {
  std::vector<CurveBounds> out;
  std::vector<Diagnostic> ignored;  // whoever asks has a model of the project, or said why not
  const auto cost = project::CostModel::compile(project, ignored);
  if (!cost) return out;
  std::vector<std::size_t> items;
  for (std::size_t i = 0; i < project.items.size(); ++i) items.push_back(cost->item(i));
  const auto affected = cost->affected(items);
  for (const project::Definition& definition : cost->definitions()) {
    if (!definition.curve) continue;
    const auto used = definition.formula.used();
    if (std::none_of(used.begin(), used.end(),
                     [&](std::size_t name) { return affected[name] != 0; }))
      continue;
    const auto& points = definition.curve->points;
    out.push_back({project.indicators[cost->names()[definition.name].index].id,
                   points.front().first, points.back().first});
  }
  return out;
}

}  // namespace

bool CurveBounds::holds(double x) const {
  const double slack = 1e-9 * std::max({1.0, std::abs(low), std::abs(high)});
  return x >= low - slack && x <= high + slack;
}

std::vector<CurveBounds> curve_bounds(const RuleSet& rules, const Project& project,
                                      std::span<const project::Word> beyond,
                                      std::vector<Diagnostic>& diagnostics) {
  std::vector<CurveBounds> all = curves_over_items(project.model());
  std::vector<std::string> ids;
  for (const CurveBounds& own : all) ids.push_back(own.indicator);
  for (const project::Word& word : beyond) {
    if (word.text == "*" || std::find(ids.begin(), ids.end(), word.text) != ids.end()) continue;
    diagnostics.push_back(text::diagnose(
        text::Code::reference_unknown, word.place,
        {"没有指标 '" + word.text + "' 的曲线随支出项变动",
         "there is no indicator '" + word.text + "' with a curve that follows the items"},
        text::suggestion(word.text, ids)));
  }
  std::erase_if(all, [&](const CurveBounds& own) {
    return std::any_of(beyond.begin(), beyond.end(), [&](const project::Word& word) {
      return word.text == "*" || word.text == own.indicator;
    });
  });
  if (all.empty()) return all;
  std::vector<scenario::NamePlace> wanted;
  for (const CurveBounds& own : all) wanted.push_back({"curves." + own.indicator, {}});
  std::vector<Diagnostic> ignored;
  const auto model = scenario::ProjectModel::make(rules, project, {}, wanted, ignored);
  if (!model) return {};
  std::vector<double> now(all.size());
  std::vector<std::span<double>> places;
  for (double& x : now) places.emplace_back(&x, 1);
  model->evaluate({}, places);
  std::vector<CurveBounds> out;
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (std::isnan(now[c])) continue;  // nothing is read off it
    out.push_back({all[c].indicator, std::min(all[c].low, now[c]), std::max(all[c].high, now[c])});
  }
  return out;
}

}  // namespace jixiao::allocation
