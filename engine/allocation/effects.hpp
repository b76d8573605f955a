// What the levels of a few numbers do to the points of a project, and which of them act apart from
// each other.
//
// Two numbers act apart when no indicator and no constraint follows both, however indirectly. That
// is read off the formulas (the cost model, the methods, the rule set), and then every level of
// every group is scored: each must leave the points and weights of all other indicators as they
// are, to the bit. Only then are points added up across groups.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "allocation/curve_bounds.hpp"
#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"

namespace jixiao::allocation {

// A number of the project that may take any of a few values.
struct Lever {
  std::string name;            // as a ProjectModel calls it: "items.training", "results.trained"
  std::vector<double> levels;  // rising, at least one
  double reference = 0;        // its value while others vary; need not be a level
};

// Levers that have to be looked at together. `points` of every combination of their levels, the
// last lever's the fastest to change: what the indicators that follow them earn; NaN where that
// cannot be computed or a constraint that follows them is violated. Empty when there are too many
// combinations: `most_points` is then all that is known.
struct Group {
  std::vector<std::size_t> levers;
  std::vector<double> points;
  double most_points = 0;               // weights of the indicators that follow them
  std::vector<std::string> indicators;  // ids

  [[nodiscard]] bool is_complete() const { return !points.empty(); }
};

struct Setting {
  const RuleSet& rules;
  const Project& project;
  std::span<const Lever> levers;
  std::vector<std::string> held = {};     // names that follow nothing, as in ProjectModel
  std::vector<std::string> dropped = {};  // ids of constraints that need not be kept
  std::vector<CurveBounds> curves = {};   // that must not be left: kept like constraints
};

class Effects {
 public:
  // Scores every level of every group. Returns null, with diagnostics, when the project as it
  // stands cannot be scored.
  static std::unique_ptr<const Effects> find(const Setting& setting,
                                             std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  // Whether the total is decided() of rest() and the points of the groups, one combination of each;
  // all groups complete.
  [[nodiscard]] bool is_additive() const;
  // The same, but some groups may have too many combinations to be known one by one.
  [[nodiscard]] bool adds_up() const { return adds_up_; }
  [[nodiscard]] double rest() const { return rest_; }  // points no lever moves
  [[nodiscard]] double decided(double points) const;   // the total so many points make: held to its
                                                       // range and rounded
  [[nodiscard]] double highest_total() const;  // no total can be higher; infinity when the rule set
                                               // sets no limit
  // violated whatever the levers do
  [[nodiscard]] const std::vector<std::string>& stuck() const { return stuck_; }
  [[nodiscard]] std::size_t evaluations() const { return evaluations_; }
  // indicators, for all that
  [[nodiscard]] std::size_t rows_scored() const { return rows_scored_; }

 private:
  friend class EffectsFinder;
  Effects() = default;

  std::vector<Group> groups_;
  std::vector<std::string> stuck_;
  std::optional<RuleSet> rules_;
  double rest_ = 0;
  bool adds_up_ = false;
  std::size_t evaluations_ = 0;  // spent on the groups
  std::size_t rows_scored_ = 0;
};

// Returns the levels of combination `index` of a group, one per lever of it.
std::vector<std::size_t> levels_of(const Group& group, std::span<const Lever> levers,
                                   std::size_t index);

}  // namespace jixiao::allocation
