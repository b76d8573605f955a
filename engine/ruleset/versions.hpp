// One rule set for several years and groups: what stands in [[from]] and [[for]] changes it for
// some projects.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "ruleset/lineage.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::ruleset {

// The keys of one [[for]]: it speaks for projects whose inputs are all among these values.
struct GroupCondition {
  struct Among {
    std::size_t input = none;        // of RuleSet::inputs
    std::vector<double> values;      // any of them
    Text name;                       // the input
    std::vector<std::string> words;  // the values as written
  };
  std::vector<Among> all;
  text::Place place;
};

// Every version a rule set has, compiled. They differ in numbers and formulas: all have the same
// blocks, fixed indicators, inputs, adjustments, vetoes and ratings, in the same order.
struct Versions {
  std::optional<int> since;  // the first year there is a version for
  std::vector<int> years;    // of [[from]], rising
  std::vector<GroupCondition> groups;
  // By how many of `years` have begun and which of `groups` hold. Those no project can need are
  // not there.
  struct Key {
    std::size_t begun = 0;
    std::vector<std::size_t> groups;
    bool operator==(const Key&) const = default;
    bool operator<(const Key& other) const {
      return std::tie(begun, groups) < std::tie(other.begun, other.groups);
    }
  };
  std::map<Key, std::shared_ptr<const RuleSet>> all;
  text::Place place;
};

// The version of one project, or why there is none.
struct VersionChoice {
  Versions::Key key;
  std::size_t missing_input = none;  // no value to choose by
  bool is_year_missing = false;
  bool is_too_early = false;  // its year is before `since`
  [[nodiscard]] bool found() const {
    return missing_input == none && !is_year_missing && !is_too_early;
  }
};
// `year`: 0 when the project has none. `inputs`: one a RuleSet::inputs, NaN where there is none.
VersionChoice choose_version(const Versions& versions, int year, std::span<const double> inputs);

// Why a project has no version, and what to do about it.
struct NoVersion {
  Text message, help;
};
NoVersion no_version(const RuleSet& rules, const Versions& versions, const VersionChoice& choice,
                     int year);

// For what takes one rule set alone: an error where there are several versions. False then.
bool is_one_version(const RuleSet& rules, std::vector<Diagnostic>& diagnostics);
// The rule set that `year` and these inputs choose, by id; the one given where there is no choice
// or none holds.
const RuleSet& version_for(const RuleSet& rules, int year, std::span<const double> inputs);

// What a tree says of versions, taken out of it: [[from]], [[for]], `since`. Null without any.
class VersionTables;
std::shared_ptr<const VersionTables> take_version_tables(Lineage& lineage,
                                                         std::vector<Diagnostic>& diagnostics);
// Compiles every version into base.versions. Mistakes are reported at their places, once each.
void add_versions(const VersionTables& tables, const Lineage& lineage, const RuleNeeds& needs,
                  RuleSet& base, std::vector<Diagnostic>& diagnostics);
// The one version of the project that `needs` is of; null, with a diagnostic, when it has none.
std::shared_ptr<RuleSet> version_of(const VersionTables& tables, const Lineage& lineage,
                                    const RuleNeeds& needs, const RuleSet& base,
                                    std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::ruleset
