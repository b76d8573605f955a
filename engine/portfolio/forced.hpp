// Limits on the shares of ratings, applied to the projects of a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/batch.hpp"
#include "jixiao/portfolio.hpp"
#include "portfolio/names.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::portfolio {

// Returns the limits that hold: those of the request, else those of the rule set; without any,
// nothing. Mistakes in the request are diagnostics; what they are about is left out.
std::optional<ruleset::Distribution> limits_of(const ruleset::RuleSet& rules,
                                               const PortfolioRequest& request,
                                               std::vector<Diagnostic>& diagnostics);
// Whether there are any, and the column whose values are the groups; empty: one group.
bool has_limits(const ruleset::RuleSet& rules, const PortfolioRequest& request);
const std::string& column_of_limits(const ruleset::RuleSet& rules, const PortfolioRequest& request);

// A project that a limit moved down.
struct MovedRating {
  std::size_t project;  // as counted by add()
  std::uint32_t from, to;
  std::uint32_t limit;       // the first that it was beyond
  std::uint32_t last_limit;  // and the last
  std::uint32_t group;
  std::uint64_t place;  // in its group, 1 the best
};

// In each group, projects stand by their rating, then by their total. From the best on each gets
// the best rating, its own or a lower one, that has room by every limit and is no better than that
// of the project before it. Equal projects get one rating. So nobody is raised, and whoever moves
// down to a rating counts there. Projects whose rating is reached through a veto alone stay, and
// count among those the shares are of. Memory: 4 bytes per project, 24 more with
// a rating until they are applied, 32 for each that is moved.
class ForcedRatings {
 public:
  ForcedRatings(const ruleset::RuleSet& rules, ruleset::Distribution limits);

  // In the order of the table. `band`: an index into RuleSet::bands, no_band without a total.
  void add(double total, std::uint32_t band, std::string_view group);
  // All are in: everything below holds afterwards.
  void apply();

  // In the order of the projects.
  [[nodiscard]] const std::vector<MovedRating>& moved() const { return moved_; }
  // The rating of a project; no_band without.
  [[nodiscard]] std::uint32_t band(std::size_t project) const { return bands_[project]; }
  // Null for a project that was not moved. Quick.
  [[nodiscard]] const MovedRating* find(std::size_t project) const;
  // Why it was moved, in a sentence.
  [[nodiscard]] Text reason(const MovedRating& moved) const;
  // What each limit did, group by group in the order of their first projects.
  [[nodiscard]] const std::vector<ForcedShare>& shares() const { return shares_; }
  // What is doubtful: groups in which a limit leaves room for nobody, projects without a group.
  [[nodiscard]] std::vector<Diagnostic> findings(const std::string& table) const;
  [[nodiscard]] const std::string& by() const { return limits_.by; }
  [[nodiscard]] ForcedTies ties() const {
    return limits_.ties_up ? ForcedTies::up : ForcedTies::down;
  }

 private:
  struct Candidate {
    std::size_t project;
    double total;
    std::uint32_t band;
    std::uint32_t group;
  };
  struct Room;
  void apply_to(std::size_t group, std::size_t begin, std::size_t end);
  [[nodiscard]] std::size_t allowed(const ruleset::Distribution::Limit& limit,
                                    std::size_t scored) const;

  const ruleset::RuleSet* rules_;
  ruleset::Distribution limits_;      // from the best rating to the worst
  std::vector<std::uint32_t> bands_;  // of each project
  std::vector<Candidate> candidates_;
  ByName<std::uint32_t> group_of_;
  std::vector<std::string> groups_;
  std::vector<std::size_t> scored_;  // of each group
  std::vector<MovedRating> moved_;
  std::vector<ForcedShare> shares_;
};

}  // namespace jixiao::portfolio
