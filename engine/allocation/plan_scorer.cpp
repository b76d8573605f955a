#include "allocation/plan_scorer.hpp"

#include <algorithm>
#include <cmath>

#include "project/project.hpp"

namespace jixiao::allocation {

std::size_t rating_named(std::span<const scenario::BandFacts> bands, const std::string& word) {
  const auto is = [&](const scenario::BandFacts& band) {
    return band.id == word || band.label.zh == word || band.label.en == word;
  };
  return static_cast<std::size_t>(std::find_if(bands.begin(), bands.end(), is) - bands.begin());
}

std::unique_ptr<const PlanScorer> PlanScorer::make(const RuleSet& rules, const Project& project,
                                                   std::span<const std::string> names,
                                                   std::span<const std::string> dropped,
                                                   std::vector<Diagnostic>& diagnostics,
                                                   std::span<const CurveBounds> curves) {
  std::unique_ptr<PlanScorer> out(new PlanScorer);
  std::vector<scenario::NamePlace> in, wanted{{"total", {}}, {"rating", {}}};
  for (const std::string& name : names) in.push_back({name, {}});
  for (const auto& constraint : project.model().constraints) {
    if (std::find(dropped.begin(), dropped.end(), constraint.id) != dropped.end()) continue;
    out->constraints_.push_back(constraint.id);
    wanted.push_back({"constraints." + constraint.id, {}});
  }
  out->curves_.assign(curves.begin(), curves.end());
  for (const CurveBounds& curve : curves) wanted.push_back({"curves." + curve.indicator, {}});
  out->model_ = scenario::ProjectModel::make(rules, project, in, wanted, diagnostics);
  if (!out->model_) return nullptr;
  return out;
}

std::vector<Scored> PlanScorer::score(std::span<const std::vector<double>> values) const {
  std::vector<formula::Column> in;
  for (const auto& column : values) in.push_back(formula::Column::of(column));
  return scored(in, values.empty() ? 1 : values.front().size());
}

std::vector<Scored> PlanScorer::along(std::size_t name, std::span<const double> values) const {
  std::vector<formula::Column> in;
  for (const double& own : model_->nominal()) in.push_back(formula::Column::uniform(own));
  in[name] = formula::Column::of(values);
  return scored(in, values.size());
}

std::vector<Scored> PlanScorer::scored(std::span<const formula::Column> in,
                                       std::size_t rows) const {
  std::vector<std::vector<double>> found(model_->outputs().size(), std::vector<double>(rows));
  const std::vector<std::span<double>> places(found.begin(), found.end());
  model_->evaluate(in, places);
  std::vector<Scored> out(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const double rating = found[1][row];
    out[row] = {found[0][row],
                std::isnan(rating) ? model_->bands().size() : static_cast<std::size_t>(rating)};
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      if (!(found[2 + c][row] > 0)) out[row].violated.push_back(constraints_[c]);
    }
    for (std::size_t c = 0; c < curves_.size(); ++c) {
      if (!curves_[c].holds(found[2 + constraints_.size() + c][row]))
        out[row].violated.push_back("curves." + curves_[c].indicator);
    }
  }
  return out;
}

Scored PlanScorer::score(std::span<const double> plan) const {
  std::vector<std::vector<double>> columns;
  for (const double value : plan) columns.push_back({value});
  return score(columns).front();
}

Scored PlanScorer::as_it_stands() const { return score(model_->nominal()); }

std::string PlanScorer::rating_id(std::size_t rating) const {
  return rating < model_->bands().size() ? model_->bands()[rating].id : std::string();
}

}  // namespace jixiao::allocation
