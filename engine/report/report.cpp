#include "jixiao/report.hpp"

#include "jixiao/printable.hpp"
#include "page/audit_words.hpp"
#include "page/document.hpp"
#include "page/table.hpp"
#include "report/audit_terms.hpp"
#include "report/indicator_names.hpp"
#include "report/rendering.hpp"
#include "report/study_document.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao {
namespace {

using namespace page;
using namespace report;

// A report that has no form of its own in a format. JSON and CSV are never asked for here.
std::string document(const Document& document, const Style& style) {
  switch (style.format) {
    case Format::markdown: return printable(document_markdown(document));
    case Format::html: return document_html(document, style.language);
    case Format::text:
    case Format::json:
    case Format::csv: break;
  }
  return terminal_safe(document_text(document, style), style.colour);
}

}  // namespace

std::string render_scorecard(const Scorecard& card, const Style& style) {
  switch (style.format) {
    case Format::text: return terminal_safe(scorecard_text(card, style), style.colour);
    case Format::json: return scorecard_json(card);
    case Format::csv: return scorecard_csv(card, style.language);
    case Format::markdown: return printable(scorecard_markdown(card, style.language));
    case Format::html: return scorecard_html(card, style.language);
  }
  return {};
}

Diagnostic no_such_indicator(const Scorecard& card, const std::string& indicator) {
  const auto list_of = [](const std::vector<const IndicatorStory*>& stories) {
    Text list;
    for (const IndicatorStory* story : stories) {
      const std::string& zh = story->name.in(Language::zh);
      const std::string& en = story->name.in(Language::en);
      list.zh += (list.zh.empty() ? "" : "、") + zh + "（" + story->id + "）";
      list.en += (list.en.empty() ? "" : ", ") + en + " (" + story->id + ")";
    }
    return list;
  };
  const auto refuse = [](Text message, Text help) {
    return text::diagnose_file(text::Code::reference_unknown, {}, std::move(message),
                               std::move(help));
  };
  if (const auto meant = indicators_meant(card, indicator); meant.size() > 1) {
    const Text list = list_of(meant);
    const std::string count = std::to_string(meant.size());
    return refuse({"'" + indicator + "' 可指 " + count + " 个指标：" + list.zh,
                   "'" + indicator + "' may be any of " + count + " indicators: " + list.en},
                  {"写全名，或括号中的 id", "give the whole name, or the id in parentheses"});
  }
  std::vector<std::string> ids, names;
  std::vector<const IndicatorStory*> all;
  for (const IndicatorStory& story : card.indicators) {
    all.push_back(&story);
    ids.push_back(story.id);
    names.insert(names.end(), {story.name.zh, story.name.en});
  }
  const Text known = list_of(all);
  Text help = !text::nearest(indicator, ids).empty() ? text::suggestion(indicator, ids)
              : !text::nearest(indicator, names).empty()
                  ? text::suggestion(indicator, names)
                  : Text{"已有：" + known.zh, "known: " + known.en};
  return refuse({"没有指标 '" + indicator + "'", "there is no indicator '" + indicator + "'"},
                std::move(help));
}

std::string render_explanation(const Scorecard& card, const std::string& indicator,
                               const Style& style) {
  Stories stories;
  if (indicator.empty()) {
    for (const IndicatorStory& story : card.indicators) stories.push_back(&story);
  } else {
    stories = indicators_meant(card, indicator);
    if (stories.size() != 1) return {};
  }
  switch (style.format) {
    case Format::text: return terminal_safe(explanation_text(card, stories, style), style.colour);
    case Format::json: return explanation_json(stories);
    case Format::csv: return explanation_csv(stories, style.language);
    default: return document(explanation_document(card, stories, style.language), style);
  }
}

std::string render_diagnostics(std::span<const Diagnostic> diagnostics, const Style& style,
                               bool counted) {
  switch (style.format) {
    case Format::text:
      return terminal_safe(diagnostics_text(diagnostics, style, counted), style.colour);
    case Format::json: return diagnostics_json(diagnostics);
    case Format::csv: return diagnostics_csv(diagnostics, style.language);
    default: return document(diagnostics_document(diagnostics, style.language), style);
  }
}

std::string render_rule_list(std::span<const RuleSummary> list, const Style& style) {
  switch (style.format) {
    case Format::json: return rule_list_json(list);
    case Format::csv: return rule_list_csv(list, style.language);
    default: return document(rule_list_document(list, style.language), style);
  }
}

std::string render_rules(const RuleSet& rules, const Style& style) {
  switch (style.format) {
    case Format::json: return rules_json(rules.model());
    case Format::csv: return rules_csv(rules.model(), style.language);
    default: return document(rules_document(rules.model(), style.language), style);
  }
}

std::string render_portfolio(const Portfolio& portfolio, const Style& style) {
  switch (style.format) {
    case Format::json: return portfolio_json(portfolio);
    case Format::csv: return portfolio_csv(portfolio, style.language);
    case Format::html: return portfolio_html(portfolio, style.language);
    default:
      return document(portfolio_document(portfolio, style.language, style.format == Format::text),
                      style);
  }
}

std::string render_comparison(const RulesComparison& comparison, const Style& style) {
  switch (style.format) {
    case Format::json: return comparison_json(comparison);
    case Format::csv: return comparison_csv(comparison, style.language);
    case Format::html: return comparison_html(comparison, style.language);
    default:
      return document(comparison_document(comparison, style.language, style.format == Format::text),
                      style);
  }
}

std::string render_simulation(const Simulation& simulation, const Style& style) {
  switch (style.format) {
    case Format::json: return simulation_json(simulation);
    case Format::csv: return simulation_csv(simulation, style.language);
    case Format::html: return simulation_html(simulation, style.language);
    default:
      return document(simulation_document(simulation, style.language,
                                          style.format == Format::text ? style.width : 0),
                      style);
  }
}

std::string render_next(const NextRating& next, const Style& style) {
  switch (style.format) {
    case Format::json: return next_json(next);
    case Format::csv: return next_csv(next, style.language);
    default: return document(next_document(next, style.language), style);
  }
}

std::string render_plan(const PlanAnswers& plan, const Style& style) {
  switch (style.format) {
    case Format::json: return plan_json(plan);
    case Format::csv: return plan_csv(plan, style.language);
    default: return document(plan_document(plan, style.language), style);
  }
}

std::string render_weights(const WeightsReport& report, const WeightsView& view,
                           const Style& style) {
  switch (style.format) {
    case Format::json: return weights_json(report);
    case Format::csv: return weights_csv(report, style.language);
    default: return document(weights_document(report, view, style.language), style);
  }
}

std::string render_proof(const RulesProof& proof, const Style& style) {
  switch (style.format) {
    case Format::json: return proof_json(proof);
    case Format::csv: return proof_csv(proof, style.language);
    default: return document(proof_document(proof, style.language), style);
  }
}

std::string render_study(const StudyReport& report, const Style& style) {
  switch (style.format) {
    case Format::json: return study_json(report);
    case Format::csv: return study_csv(report, style.language);
    case Format::html: return study_html(report, style.language);
    default:
      return document(study_document(report, style.language, style.format == Format::text), style);
  }
}

std::string render_monitor(const MonitorReport& report, const Style& style) {
  switch (style.format) {
    case Format::json: return monitor_json(report);
    case Format::csv: return monitor_csv(report, style.language);
    default:
      return document(monitor_document(report, style.language, style.format == Format::text),
                      style);
  }
}

std::string render_funding(const FundingReport& report, const Style& style) {
  switch (style.format) {
    case Format::json: return funding_json(report);
    case Format::csv: return funding_csv(report, style.language);
    default: return document(funding_document(report, style.language), style);
  }
}

std::string render_audit(const AuditReport& report, const Style& style) {
  constexpr std::size_t shown = 20;
  switch (style.format) {
    case Format::json: return audit_json(report);
    case Format::csv: return audit_csv(report, style.language);
    case Format::html: return audit_html(report, style.language);
    case Format::text: return document(audit_lines(report, style.language, shown), style);
    default: return document(audit_document(report, style.language, report.forms.size()), style);
  }
}

}  // namespace jixiao
