#include "allocation/plan_scorer.hpp"

#include <algorithm>
#include <cmath>

#include "project/project.hpp"

namespace jixiao::allocation {

std::unique_ptr<const PlanScorer> PlanScorer::make(const RuleSet& rules, const Project& project,
                                                   std::span<const std::string> names,
                                                   std::span<const std::string> dropped,
                                                   std::vector<Diagnostic>& diagnostics) {
  std::unique_ptr<PlanScorer> out(new PlanScorer);
  std::vector<scenario::NamePlace> in, wanted{{"total", {}}, {"rating", {}}};
  for (const std::string& name : names) in.push_back({name, {}});
  for (const auto& constraint : project.model().constraints) {
    if (std::find(dropped.begin(), dropped.end(), constraint.id) != dropped.end()) continue;
    out->constraints_.push_back(constraint.id);
    wanted.push_back({"constraints." + constraint.id, {}});
  }
  out->model_ = scenario::ProjectModel::make(rules, project, in, wanted, diagnostics);
  if (!out->model_) return nullptr;
  return out;
}

std::vector<Scored> PlanScorer::score(std::span<const std::vector<double>> values) const {
  const std::size_t rows = values.empty() ? 1 : values.front().size();
  std::vector<std::vector<double>> found(model_->outputs().size(), std::vector<double>(rows));
  std::vector<formula::Column> in;
  for (const auto& column : values) in.push_back(formula::Column::of(column));
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
