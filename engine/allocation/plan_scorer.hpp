// Plans, scored: a value for each of a few numbers of a project in; total, rating and violated
// constraints out.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "allocation/curve_bounds.hpp"
#include "scenario/project_model.hpp"

namespace jixiao::allocation {

struct Scored {
  double total = 0;                        // NaN: cannot be computed
  std::size_t rating = 0;                  // index into bands; their number without one
  std::vector<std::string> violated = {};  // ids of constraints; "curves.<indicator>" for a curve
                                           // that was left

  [[nodiscard]] bool is_allowed() const { return total == total && violated.empty(); }
};

// The band with this id, or this name in either language; their number without one.
std::size_t rating_named(std::span<const scenario::BandFacts> bands, const std::string& word);

class PlanScorer {
 public:
  // `names`: as in ProjectModel; `dropped`: constraints that are not looked at. Null, with
  // diagnostics, where there is no such model.
  static std::unique_ptr<const PlanScorer> make(const RuleSet& rules, const Project& project,
                                                std::span<const std::string> names,
                                                std::span<const std::string> dropped,
                                                std::vector<Diagnostic>& diagnostics,
                                                std::span<const CurveBounds> curves = {});

  // Plans as columns, one per name, all of one length; NaN leaves a number as it is.
  [[nodiscard]] std::vector<Scored> score(std::span<const std::vector<double>> values) const;
  [[nodiscard]] Scored score(std::span<const double> plan) const;  // one
  // The same along one name, the others at nominal.
  [[nodiscard]] std::vector<Scored> along(std::size_t name, std::span<const double> values) const;
  [[nodiscard]] Scored as_it_stands() const;
  [[nodiscard]] const scenario::ProjectModel& model() const { return *model_; }
  [[nodiscard]] std::string rating_id(std::size_t rating) const;  // empty without one

 private:
  PlanScorer() = default;
  [[nodiscard]] std::vector<Scored> scored(std::span<const formula::Column> in,
                                           std::size_t rows) const;
  std::unique_ptr<const scenario::ProjectModel> model_;
  std::vector<std::string> constraints_;
  std::vector<CurveBounds> curves_;
};

}  // namespace jixiao::allocation
