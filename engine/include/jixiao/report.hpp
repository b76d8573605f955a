// Showing results: pure functions from what was scored to text.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/audit.hpp"
#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/funding.hpp"
#include "jixiao/monitoring.hpp"
#include "jixiao/next.hpp"
#include "jixiao/portfolio.hpp"
#include "jixiao/proof.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/scorecard.hpp"
#include "jixiao/study.hpp"
#include "jixiao/weighting.hpp"

namespace jixiao {

enum class Format { text, json, csv, markdown, html };

struct Style {
  Format format = Format::text;
  Language language = Language::zh;
  bool colour = false;      // terminal colours, text only
  std::size_t width = 100;  // terminal columns, text only
};

// The whole scorecard: blocks, indicators, adjustments, rating, distance, findings.
JIXIAO_EXPORT std::string render_scorecard(const Scorecard& card, const Style& style);
// The story of every indicator, or of one: formula, the formula with numbers, result, lost points,
// reason, citation. `indicator`: an id, a name in either language, or a part of a name that no
// other indicator has; empty: all. What means none, or several, gives an empty string.
JIXIAO_EXPORT std::string render_explanation(const Scorecard& card, const std::string& indicator,
                                             const Style& style);
// What to say then: which ones it may mean, or the nearest id or name there is.
JIXIAO_EXPORT Diagnostic no_such_indicator(const Scorecard& card, const std::string& indicator);
// Diagnostics as compilers print them, or as JSON/CSV/Markdown/HTML tables, with a last line that
// counts them. Text goes without that line when these are not all there are (counted: false).
JIXIAO_EXPORT std::string render_diagnostics(std::span<const Diagnostic> diagnostics,
                                             const Style& style, bool counted = true);
JIXIAO_EXPORT std::string render_rule_list(std::span<const RuleSummary> list, const Style& style);
// A rule set for reading: weights, methods with formulas and sources, bands, adjustments.
JIXIAO_EXPORT std::string render_rules(const RuleSet& rules, const Style& style);
// What was proved of a rule set. JSON: docs/schema/proof.schema.json. CSV: one record a property.
JIXIAO_EXPORT std::string render_proof(const RulesProof& proof, const Style& style);
// Many projects together. JSON: docs/schema/portfolio.schema.json. CSV: records of section, name,
// measure, value. HTML: one page with charts that needs nothing else. Of a long roll-up charts draw
// the first 30 groups and text shows the first 50; every other format has them all.
JIXIAO_EXPORT std::string render_portfolio(const Portfolio& portfolio, const Style& style);
// Two rule sets over the same projects. JSON: docs/schema/comparison.schema.json.
JIXIAO_EXPORT std::string render_comparison(const RulesComparison& comparison, const Style& style);

// Scenarios side by side, and why their totals differ. JSON: docs/schema/simulation.schema.json.
// CSV: one record a number, one column a scenario. Text, Markdown and HTML show the numbers that
// change, HTML also draws what each change does to the total.
JIXIAO_EXPORT std::string render_simulation(const Simulation& simulation, const Style& style);
// What reaches the next rating, and what may be lost. JSON: docs/schema/next.schema.json. CSV: one
// record an indicator, then the joint change.
JIXIAO_EXPORT std::string render_next(const NextRating& next, const Style& style);
// Results of a part of the year under lights. JSON: docs/schema/monitor-report.schema.json. CSV:
// one record a light.
JIXIAO_EXPORT std::string render_monitor(const MonitorReport& report, const Style& style);
// Next year's money and why. JSON: docs/schema/funding-report.schema.json. CSV: one record a
// project.
JIXIAO_EXPORT std::string render_funding(const FundingReport& report, const Style& style);

// A study's answer. JSON: docs/schema/study-report.schema.json. CSV: one table a kind of study, its
// columns named. HTML: one page with charts that needs nothing else; every number drawn is in a
// table as well.
JIXIAO_EXPORT std::string render_study(const StudyReport& report, const Style& style);

// What everybody asks of a plan. What could not be answered is in `unanswered`.
enum class PlanQuestion { cut, edges, chances, matters, next, least_money };
struct PlanAnswers {
  Simulation cut;                          // the project as it stands, then under each cut
  std::optional<StudyReport> edges;        // break-even
  std::optional<StudyReport> chances;      // monte-carlo
  std::optional<StudyReport> matters;      // tornado
  std::optional<NextRating> next;          // what reaches the next rating
  std::optional<StudyReport> least_money;  // allocation
  std::vector<std::pair<PlanQuestion, Text>> unanswered;  // each with the reason
};
// All of it on one page. JSON: docs/schema/plan.schema.json. CSV: the tables of the page, each row
// behind the heading it stands under.
JIXIAO_EXPORT std::string render_plan(const PlanAnswers& plan, const Style& style);

// What of a table's weights text, Markdown and HTML show besides the weights asked for.
struct WeightsView {
  bool compare = false;  // every method: weights, totals, ranks, ratings
  bool report = false;   // correlations, Cronbach's alpha, redundant pairs, parts of the variance
};
// Weights from a table. JSON, with everything: docs/schema/weights.schema.json. CSV: one record a
// method and indicator, then one a method and project.
JIXIAO_EXPORT std::string render_weights(const WeightsReport& report, const WeightsView& view,
                                         const Style& style);

// What was found on forms. JSON: docs/schema/audit.schema.json. CSV: one record a finding. Text
// shows the 20 worst of many forms; every other format has them all.
JIXIAO_EXPORT std::string render_audit(const AuditReport& report, const Style& style);

}  // namespace jixiao
