// Weights of a rule set's indicators from a table of projects: what the data alone would say, what
// it would do to ranks and ratings, and the same as a rule set with its provenance.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

enum class WeighBy {
  present,  // as the rule set weighs
  ahp,      // as the judges of its [weights.ahp] say
  equal,
  sd,       // as the standard deviation of its scores
  entropy,  // what is spread unevenly weighs more
  critic,   // deviation times conflict with the others
  pca,      // what the principal components explain of it
};
// "sd"; never null.
JIXIAO_EXPORT const char* name(WeighBy method);

struct WeighingRequest {
  std::string table;  // a file: one row a project, one column an input of the rule set
  std::string rules;  // by id or file
  std::string id;     // the column with names; empty: project, name or country, else the first
  std::vector<std::pair<std::string, std::string>> map;  // column -> input, where they differ
  WeighBy method = WeighBy::entropy;
};

struct WeighedIndicator {
  std::string id;
  Text name;
  double mean = 0, deviation = 0;  // of its scores: points as a part of its weight
  double variance_part = 0;        // of the variance of the total as it is weighed now
};

struct WeighedProject {
  std::string id;
  double total = 0, rank = 0;  // NaN: no total
  std::string rating;
  Text rating_label;
};

// One method over the whole table.
struct Weighing {
  WeighBy method = WeighBy::present;
  std::vector<double> weights;  // one per indicator; they add up to what they do now
  std::vector<WeighedProject> projects;
  std::size_t ratings_moved = 0;             // projects with another rating than now
  double largest_shift = 0, mean_shift = 0;  // of ranks, against now
};

struct WeightsReport {
  std::string engine, rules, rules_version, rules_file, table;
  Text rules_title;
  std::string table_sha256;
  std::size_t rows = 0;
  int digits = 4;  // of totals
  WeighBy method = WeighBy::entropy;
  std::vector<WeighedIndicator> indicators;
  std::vector<double> correlations;                            // [indicator][indicator]
  double alpha = 0;                                            // Cronbach's
  std::vector<std::pair<std::size_t, std::size_t>> redundant;  // pairs with |r| of 0.9 and more
  std::vector<double> explained;  // by each principal component, the most first
  std::size_t kept = 0;           // components
  std::vector<double> loadings;   // [kept component][indicator]
  std::vector<Weighing> methods;  // as it is now first, then every method there is
  // The method asked for. Valid as long as the report.
  [[nodiscard]] const Weighing& chosen() const;
};

// Errors (weights.data): fewer projects than indicators, an indicator whose scores are all equal, a
// score that cannot be computed, no judges for `ahp`; the mistakes of the rule set and of the
// table.
JIXIAO_EXPORT Checked<WeightsReport> weigh(const WeighingRequest& request,
                                           const RuleLibrary& library);

// A rule set that extends the one weighed, with the weights of the method asked for and
// [weights.data], which says where they come from.
JIXIAO_EXPORT std::string weighted_rules(const WeightsReport& report);

}  // namespace jixiao
