// The points a form should have given itself: the project it describes, scored by the engine under
// a rule set, and under the alternatives of the method where the form gives other points.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/claims.hpp"
#include "jixiao/scorecard.hpp"
#include "project/project.hpp"

namespace jixiao::audit {

// Another way of scoring the same row.
struct AlternativeMethod {
  std::string method;
  Text title;
  double points = 0;  // as its formula gives them
};

struct RowPoints {
  std::optional<double> points;  // as the formula gives them, held to 0..weight; none when they
                                 // cannot be computed
  double weight = 0;
  std::string method;
  Text title;
  bool printed_rule = false;  // the form itself prints the rule
  bool judged = false;        // a grade with room for the assessor
  Text allowed;               // for a grade whose points lie outside it: what it allows
  std::vector<AlternativeMethod> alternatives;  // only for rows whose own points differ
};

struct Recomputed {
  Scorecard card;
  std::vector<RowPoints> rows;  // one per row of the claims
  RowPoints execution;
  std::optional<double> total;  // every row could be computed
  Text rating;
};

// `rules` is read once for many forms and may be shared by threads.
Recomputed recompute(const RuleSet& rules, std::shared_ptr<const project::Project> project,
                     const Claims& claims, bool as_filed = false);

// What a bonus or deduction changes the total by; none where nothing was reported of it.
std::optional<double> event_points(const Recomputed& recomputed, const EventLine& event);

// The rating of a total, by the rule set's bands; empty without bands.
Text rating_of(const RuleSet& rules, double total);

}  // namespace jixiao::audit
