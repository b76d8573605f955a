// The renderers behind the public face, one per format. Texts for a terminal come out raw:
// report.cpp makes them safe.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jixiao/report.hpp"
#include "page/document.hpp"

namespace jixiao::report {

std::string scorecard_text(const Scorecard& card, const Style& style);
std::string scorecard_json(const Scorecard& card);
std::string scorecard_csv(const Scorecard& card, Language language);
std::string scorecard_markdown(const Scorecard& card, Language language);
std::string scorecard_html(const Scorecard& card, Language language);

// Stories to tell: all, or those of one indicator.
using Stories = std::vector<const IndicatorStory*>;
std::string explanation_text(const Scorecard& card, const Stories& stories, const Style& style);
std::string explanation_json(const Stories& stories);
std::string explanation_csv(const Stories& stories, Language language);
page::Document explanation_document(const Scorecard& card, const Stories& stories,
                                    Language language);

std::string diagnostics_text(std::span<const Diagnostic> diagnostics, const Style& style,
                             bool counted);
std::string diagnostics_json(std::span<const Diagnostic> diagnostics);
std::string diagnostics_csv(std::span<const Diagnostic> diagnostics, Language language);
page::Document diagnostics_document(std::span<const Diagnostic> diagnostics, Language language);

std::string rule_list_json(std::span<const RuleSummary> list);
std::string rule_list_csv(std::span<const RuleSummary> list, Language language);
page::Document rule_list_document(std::span<const RuleSummary> list, Language language);

std::string rules_json(const ruleset::RuleSet& rules);
std::string rules_csv(const ruleset::RuleSet& rules, Language language);
page::Document rules_document(const ruleset::RuleSet& rules, Language language);

std::string portfolio_json(const Portfolio& portfolio);
std::string portfolio_csv(const Portfolio& portfolio, Language language);
std::string portfolio_html(const Portfolio& portfolio, Language language);
// `with_bars`: shares and counts also as bars of block characters, for a terminal.
page::Document portfolio_document(const Portfolio& portfolio, Language language, bool with_bars);

// How many went from the rating of the row to that of the column.
page::Grid matrix_grid(std::span<const BandCount> rows, std::span<const BandCount> columns,
                       const std::vector<std::vector<std::size_t>>& counts, Language language);

std::string simulation_json(const Simulation& simulation);
std::string simulation_csv(const Simulation& simulation, Language language);
// `width`: scenarios stand side by side as far as they fit into so many terminal columns; 0: all of
// them.
page::Document simulation_document(const Simulation& simulation, Language language,
                                   std::size_t width);

std::string weights_json(const WeightsReport& report);
std::string weights_csv(const WeightsReport& report, Language language);
page::Document weights_document(const WeightsReport& report, const WeightsView& view,
                                Language language);

std::string proof_json(const RulesProof& proof);
std::string proof_csv(const RulesProof& proof, Language language);
page::Document proof_document(const RulesProof& proof, Language language);

std::string next_json(const NextRating& next);
std::string next_csv(const NextRating& next, Language language);
page::Document next_document(const NextRating& next, Language language);
std::string plan_json(const PlanAnswers& plan);
std::string plan_csv(const PlanAnswers& plan, Language language);
page::Document plan_document(const PlanAnswers& plan, Language language);
std::string simulation_html(const Simulation& simulation, Language language);

std::string monitor_json(const MonitorReport& report);
std::string monitor_csv(const MonitorReport& report, Language language);
// `narrow`: only the columns a terminal has room for.
page::Document monitor_document(const MonitorReport& report, Language language, bool narrow);

std::string funding_json(const FundingReport& report);
std::string funding_csv(const FundingReport& report, Language language);
page::Document funding_document(const FundingReport& report, Language language);

std::string study_json(const StudyReport& report);
std::string study_csv(const StudyReport& report, Language language);
std::string study_html(const StudyReport& report, Language language);

std::string audit_json(const AuditReport& report);
std::string audit_csv(const AuditReport& report, Language language);
std::string audit_html(const AuditReport& report, Language language);
// The findings of the `most` worst forms.
page::Document audit_document(const AuditReport& report, Language language, std::size_t most);

std::string comparison_json(const RulesComparison& comparison);
std::string comparison_csv(const RulesComparison& comparison, Language language);
std::string comparison_html(const RulesComparison& comparison, Language language);
page::Document comparison_document(const RulesComparison& comparison, Language language,
                                   bool with_bars);

}  // namespace jixiao::report
