// Many scored projects seen together: ranks, shares of each rating, roll-ups, who stands near an edge, what changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/export.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

// How equal totals are ranked: competition 1,1,3; dense 1,1,2; fractional 1.5,1.5,3; none: no ranks (and no waiting for the last project).
enum class Ties { competition, dense, fractional, none };

// What a roll-up's mean is weighted with.
enum class RollUpWeight { equal, budget, execution };  // budget: the adjusted amount; execution: what was spent

struct BandCount {
  std::string id;
  Text label;
  std::size_t projects = 0;
  double share = 0;  // percent of the scored projects
};

// A declared upper limit on the share of a rating ("优 at most 30 %"), and whether the portfolio keeps it.
struct ForcedShare {
  std::string band;
  Text label;
  double limit = 0;  // percent
  double share = 0;
  std::size_t allowed = 0;  // projects, rounded down
  std::size_t projects = 0;
  bool kept = true;
  // The lowest total among those allowed when the limit is kept: below it, projects of this band are too many. NaN when kept.
  double cut = 0;
};

struct Quantile {
  double percent = 0;
  double total = 0;  // the smallest total at least this share of the scored projects does not exceed
};

// One value of a roll-up column.
struct Group {
  std::string name;          // as in the table; empty cells stand together under ""
  std::size_t projects = 0;  // all
  std::size_t scored = 0;
  double mean = 0;    // of totals, weighted as asked; NaN when nothing is scored or weights are 0
  double lowest = 0;  // NaN when nothing is scored
  double highest = 0;
  double initial = 0;  // yuan, sums over projects that have the amount
  double adjusted = 0;
  double executed = 0;
  double execution = 0;            // percent: executed / adjusted over projects that have both; NaN without
  std::vector<std::size_t> bands;  // projects in each band, in the order of Portfolio::bands
  std::string band;                // of the mean, rounded as a total is; empty without bands
  double rank = 0;                 // among the groups of its column, by mean; NaN without
};

struct RollUp {
  std::string column;
  RollUpWeight weight = RollUpWeight::equal;
  std::vector<Group> groups;  // by rank, then by name
};

// A project close to the edge of a band.
struct NearEdge {
  std::string project;
  double total = 0;
  std::string band;
  double edge = 0;
  double distance = 0;  // total - edge: negative below it
  std::string other;    // the band on the other side
};

// Against another scored table (last year's): the same projects then and now.
struct Change {
  std::string earlier;   // file
  std::size_t both = 0;  // projects in both tables with a total in both
  std::size_t only_now = 0;
  std::size_t only_earlier = 0;
  double mean_change = 0;
  std::vector<std::vector<std::size_t>> moved;  // [band then][band now]
  struct Mover {
    std::string project;
    double earlier = 0;
    double now = 0;
    std::string band_earlier;
    std::string band_now;
  };
  std::vector<Mover> risen;  // largest first, at most ten
  std::vector<Mover> fallen;
};

struct BlockMean {
  std::string id;
  Text name;
  double mean = 0;  // points over the scored projects
};

// Where points were lost, over all projects.
struct LostMost {
  std::string indicator;     // its name in the table, or the rule set's id
  std::size_t projects = 0;  // that lost points there
  double points = 0;         // lost in all
};

struct Portfolio {
  std::string rules;  // id
  std::string rules_version;
  Text rules_title;
  std::string input;
  std::size_t projects = 0;
  std::size_t scored = 0;
  std::size_t failed = 0;  // no total: see the errors file
  double scale = 100;
  int digits = 2;  // decimals of a total
  double mean = 0;
  double deviation = 0;  // standard deviation, n
  double lowest = 0, highest = 0;
  double initial = 0, adjusted = 0, executed = 0;  // yuan
  double execution = 0;                            // percent, NaN without
  std::vector<BandCount> bands;                    // as the rule set has them, from the best
  std::vector<ForcedShare> forced;
  std::vector<Quantile> quantiles;     // 0 5 10 25 50 75 90 95 100
  std::vector<std::size_t> histogram;  // 50 equal bins over 0..scale (or lowest..highest without a scale), the last one closed
  double histogram_low = 0, histogram_high = 100;
  std::vector<BlockMean> blocks;
  std::vector<RollUp> roll_ups;
  std::vector<NearEdge> near_edges;  // nearest first
  std::vector<LostMost> lost_most;   // at most twenty, most points first
  std::optional<Change> change;
};

// Two rule sets over the same projects.
struct Comparison {
  std::string rules_a, rules_b;
  Text title_a, title_b;
  std::string input;
  std::size_t projects = 0;
  std::size_t scored_both = 0;
  std::size_t changed = 0;  // the rating differs
  std::vector<BandCount> bands_a, bands_b;
  std::vector<std::vector<std::size_t>> moved;  // [band of A][band of B]
  double mean_a = 0, mean_b = 0;
  struct Cause {            // one way in which B differs, and how many changed ratings it does most of
    std::string what;       // "bands", "rounding", "weights", "adjustments" or "method"
    std::string indicator;  // for a method or weight: which one
    std::string method_a, method_b;
    std::size_t projects = 0;
  };
  std::vector<Cause> causes;  // most projects first
  struct Moved {
    std::string project;
    double total_a = 0, total_b = 0;
    std::string band_a, band_b;
    Cause cause;
    double cause_points = 0;  // of the difference in totals that this cause makes
  };
  std::vector<Moved> projects_moved;  // at most `listed` of the call, largest difference first
};

}  // namespace jixiao
