// Many scored projects seen together: ranks, shares of each rating, roll-ups, who stands near an
// edge, what changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/export.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

// How equal totals are ranked: competition 1,1,3; dense 1,1,2; fractional 1.5,1.5,3; none: no ranks
// (and no waiting for the last project).
enum class Ties { competition, dense, fractional, none };

// What a roll-up's mean is weighted with.
enum class RollUpWeight {
  equal,
  budget,
  execution
};  // budget: the adjusted amount; execution: what was spent

struct BandCount {
  std::string id;
  Text label;
  std::size_t projects = 0;
  double share = 0;          // percent of the scored projects; NaN when nothing is scored
  double low = 0, high = 0;  // totals it is for (infinite at an open end); NaN where only a veto
                             // gives it
};

// What becomes of equal totals of which some are within a limit and some beyond it: all move down,
// so that the limit is kept; or all stay, so that it may be passed.
enum class ForcedTies { down, up };

// A limit on the share of a rating ("优 at most 30 %") in one group, and what it did.
struct ForcedShare {
  std::string band;
  Text label;
  bool or_better = false;    // it limits this rating and all better ones together
  std::string group;         // cell of Portfolio::forced_by; empty where all projects are one group
  double limit = 0;          // percent
  double share = 0;          // percent of the scored projects that `projects` are
  std::size_t allowed = 0;   // projects
  std::size_t projects = 0;  // that came to this limit: rated so, or moved down to it
  std::size_t moved = 0;     // that it moved further down
  bool kept = true;          // nobody was moved
  // The lowest total of those that stay. NaN when kept, and when nobody stays.
  double cut = 0;
};

struct Quantile {
  double percent = 0;
  double total = 0;  // the smallest total at least this share of the scored projects does not
                     // exceed
};

// One value of a roll-up column.
struct Group {
  std::string name;          // as in the table; empty cells stand together under ""
  std::size_t projects = 0;  // all
  std::size_t scored = 0;
  // Of totals, weighted as asked, and rounded as a total is, so that what is printed is what is
  // ranked and rated. NaN when nothing is scored or weights are 0.
  double mean = 0;
  std::size_t unweighted = 0;  // scored, but without the amount (or with one below 0): not in the
                               // mean
  double lowest = 0;           // NaN when nothing is scored
  double highest = 0;
  double initial = 0;  // yuan, sums over projects that have the amount
  double adjusted = 0;
  double executed = 0;
  double execution = 0;  // percent: executed / adjusted over projects that have both; NaN without
  std::vector<std::size_t> bands;  // projects in each band, in the order of Portfolio::bands
  std::string band;                // of the mean; empty without bands
  double rank = 0;                 // among the groups of its column, by mean; NaN without
};

struct RollUp {
  std::string column;
  RollUpWeight weight = RollUpWeight::equal;
  std::vector<Group> groups;  // by rank, then by name
  bool refused = false;  // the column has too many different values (over 100,000, or 64 MiB of
                         // names): no groups
};

// A project close to the edge of a band.
struct NearEdge {
  std::string project;
  double total = 0;
  std::string band;  // by its total, whatever limits on ratings did
  double edge = 0;
  double distance = 0;  // total - edge: negative below it
  std::string other;    // the band on the other side
};

// Against another scored table (last year's): the same projects then and now.
struct Change {
  std::string earlier;                          // file
  std::size_t both = 0;                         // projects with a total in both tables, by name
  std::size_t only_now = 0;                     // with a total now, but none then
  std::size_t only_earlier = 0;                 // with a total then, but none now
  double mean_change = 0;                       // over `both`; NaN when there is none
  std::vector<std::vector<std::size_t>> moved;  // [band then][band now]; empty without bands
  std::size_t unrated = 0;  // of `both`: without a rating this rule set knows in one of the tables,
                            // so not in `moved`
  struct Mover {
    std::string project;
    double earlier = 0;
    double now = 0;
    std::string band_earlier;
    std::string band_now;
  };
  std::vector<Mover> risen;  // largest first, at most ten, equal ones in the order of the table
  std::vector<Mover> fallen;
};

struct BlockMean {
  std::string id;
  Text name;
  double mean = 0;  // points over the scored projects
};

// Where points were lost, counted from the three indicators each project lost most with.
struct LostMost {
  std::string indicator;  // its name in the table, or the rule set's id; empty for all that are not
                          // listed, together
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
  int digits = 2;        // decimals of a total
  double mean = 0;       // this and the next three: NaN when nothing is scored
  double deviation = 0;  // standard deviation, n
  double lowest = 0, highest = 0;
  double initial = 0, adjusted = 0, executed = 0;  // yuan
  double execution = 0;                            // percent, NaN without
  std::vector<BandCount> bands;                    // as the rule set has them, from the best
  // Limits applied: ratings everywhere in this portfolio are those after them. Group by group, in
  // each from the best rating.
  std::vector<ForcedShare> forced;
  std::string forced_by;  // the column whose values are the groups; empty: one group
  ForcedTies forced_ties = ForcedTies::down;
  std::vector<Quantile> quantiles;  // 0 5 10 25 50 75 90 95 100
  // 50 equal bins over 0..scale, the last one closed; each end moves out by quarters of the scale
  // when totals lie beyond it. Without a scale lowest..highest. Empty when nothing is scored.
  std::vector<std::size_t> histogram;
  double histogram_low = 0, histogram_high = 100;
  std::vector<BlockMean> blocks;
  std::vector<RollUp> roll_ups;
  std::vector<NearEdge> near_edges;  // nearest first
  std::vector<LostMost> lost_most;  // at most twenty, most points first; then, when there are more,
                                    // the one without a name
  std::optional<Change> change;
};

// Two rule sets over the same projects. Means and ratings are over the projects scored under both.
struct RulesComparison {
  std::string rules_a, rules_b;
  Text title_a, title_b;
  std::string input;
  int digits = 2;  // decimals of a total
  std::size_t projects = 0;
  std::size_t scored_both = 0;
  std::size_t only_a = 0, only_b = 0, neither = 0;  // projects with a total under one of them
                                                    // alone, or none
  std::size_t changed = 0;                          // the rating differs: another id
  std::vector<BandCount> bands_a, bands_b;
  std::vector<std::vector<std::size_t>> moved;  // [band of A][band of B]
  double mean_a = 0, mean_b = 0;
  struct Cause {  // one way in which B differs, and how many changed ratings it does most of
    // "method" or "weights" of an indicator; "combination": how points become a total (combined
    // blocks, rescaling); "rounding"; "adjustments": bonuses, penalties, vetoes, the range of
    // totals; "bands"; empty: nothing differs. Of a project without two totals, never counted:
    // "only_a", "only_b" or "neither", where it has one.
    std::string what;
    std::string indicator;  // for a method or weight: which one; empty for those beyond the first
                            // 10,000, together
    std::string method_a, method_b;  // for a method; empty where the indicator does not count
    std::size_t projects = 0;
  };
  std::vector<Cause> causes;  // most projects first
  struct Moved {
    std::string project;
    double total_a = 0, total_b = 0;
    std::string band_a, band_b;  // ids; empty without
    Cause cause;
    double cause_points = 0;  // of the difference in totals that this cause makes
  };
  std::vector<Moved> projects_moved;  // whose rating differs: at most `listed` of the call, largest
                                      // difference first
};

}  // namespace jixiao
