#include "jixiao/score.hpp"

#include <algorithm>

#include "project/heading.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/statistics.hpp"
#include "scoring/story.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {

namespace {

using ruleset::none;
using scoring::Binding;
using text::Code;

void heading(const ruleset::RuleSet& rules, const project::Project& project, Scorecard& card) {
  project::fill_heading(project, card);
  card.rules = {rules.id, rules.version, rules.title, rules.note, rules.sha256, rules.file, {}, {}};
  if (rules.statistic_table) {
    card.rules.statistics = rules.statistic_table->file;
    card.rules.statistics_of = rules.statistic_table->tables;
    card.rules.statistics_projects = rules.statistic_table->projects;
  }
  for (const auto& ancestor : rules.lineage)
    card.rules.lineage.push_back(ancestor.id + " " + ancestor.version);
  for (const auto& cite : rules.cite)
    card.rules.cite.push_back({cite.text, ruleset::name(cite.evidence), cite.url});
}

void compare(const ruleset::RuleSet& rules, const scoring::Batch& batch, const char* id, Text text,
             Scorecard& card) {
  const scoring::Scorecards cards = scoring::evaluate(rules, batch);
  if (cards.state[0] != value::CellState::ok) return;
  Comparison comparison{id, std::move(text), cards.total[0], {}, {}};
  if (cards.band[0] != none) {
    comparison.rating = rules.bands[cards.band[0]].id;
    comparison.rating_label = rules.bands[cards.band[0]].label;
  }
  card.comparisons.push_back(std::move(comparison));
}

// What the misplaced indicators cost: the same batch with each of them in a block its type belongs
// to.
void compare_placement(const ruleset::RuleSet& rules, const project::Project& project,
                       const Binding& binding, bool as_filed, Scorecard& card) {
  if (!binding.misplaced.empty()) {
    scoring::Batch moved = binding.batch;
    for (const std::size_t row : binding.misplaced) {
      const std::size_t type =
          rules.find_type(project.indicators[binding.row_indicator[row]].type.text);
      for (std::size_t b = 0; b < rules.blocks.size(); ++b) {
        if (!rules.blocks[b].types.empty() && rules.type_belongs(type, b))
          moved.rows.block[row] = static_cast<std::uint32_t>(b);
      }
    }
    scoring::fill_statistics(rules, moved);
    compare(rules, moved, "proper-blocks",
            {"放错块的指标归位后", "with the misplaced indicators in their own blocks"}, card);
  }
  const bool filed_elsewhere =
      std::any_of(project.indicators.begin(), project.indicators.end(), [&](const auto& indicator) {
        return !indicator.filed.filed_block.id.empty() &&
               rules.find_block(indicator.filed.filed_block.id) !=
                   rules.find_block(indicator.block.text);
      });
  if (as_filed || !filed_elsewhere) return;
  std::vector<Diagnostic> ignored;
  const Binding filed = scoring::bind(rules, project, true, ignored);
  const scoring::Scorecards cards = scoring::evaluate(rules, filed.batch);
  const std::string attainable = value::plain(cards.attainable[0], 4);
  compare(rules, filed.batch, "as-filed",
          {"指标留在申报表所填的块中（只能得到 " + attainable + " 分）",
           "with indicators left in the blocks of the form (" + attainable + " points attainable)"},
          card);
}

}  // namespace

Scorecard score(const RuleSet& rule_handle, const Project& project_handle,
                const ScoreOptions& options) {
  const ruleset::RuleSet& rules = rule_handle.model();
  const project::Project& project = project_handle.model();
  Scorecard card;
  heading(rules, project, card);
  card.diagnostics = project.findings;
  if (rules.abstract) {
    card.diagnostics.push_back(text::diagnose_file(
        Code::reference_unknown, rules.file,
        {"规则集 '" + rules.id + "' 是供继承的方法库，不能直接评分",
         "the rule set '" + rules.id + "' is there to be extended and cannot score"},
        {"用 jixiao rules 查看可用的规则集", "see 'jixiao rules' for rule sets that can"}));
    return card;
  }
  if (rules.lacks_table()) {
    card.diagnostics.push_back(scoring::statistics_needed(rules));
    return card;
  }
  if (!project.has_results) {
    card.diagnostics.push_back(text::diagnose_file(
        Code::result_missing, project.file,
        {"没有结果文件，无法评分", "there are no results to score"},
        {"在项目旁放 results.toml 或 results.csv，或用 --results 指定",
         "put results.toml or results.csv beside the project, or name one with --results"}));
  }
  if (const project::MidYear& mid_year = project.mid_year;
      mid_year.month > 0 && mid_year.month < 12) {
    const std::string month = std::to_string(mid_year.month);
    card.diagnostics.push_back(text::diagnose(
        Severity::warning, Code::result_invalid, mid_year.month_place,
        {"结果只到 " + month + " 月，这里按全年计分",
         "these results go to the end of month " + month + " and are scored as the whole year's"},
        {"年中用 jixiao monitor；年终结果删去 [monitoring]",
         "during the year use jixiao monitor; at its end remove [monitoring]"}));
  }
  if (rules.distribution) {
    card.diagnostics.push_back(text::diagnose(
        Severity::note, Code::rating_limit, rules.distribution->place,
        {"规则集限制等级比例，单个项目无从比较：这里的等级未经限制",
         "the rule set limits the shares of ratings, which one project alone cannot show: the "
         "rating here is before any limit"},
        {"把同一批项目放进一张表，用 jixiao batch",
         "put all the projects into a table and use jixiao batch"}));
  }
  std::vector<Diagnostic> found;
  const Binding binding = scoring::bind(rules, project, options.as_filed, found);
  const scoring::Scorecards cards = scoring::evaluate(rules, binding.batch);
  const bool bound = !text::has_error(found) && project.has_results;
  card.diagnostics.insert(card.diagnostics.end(), found.begin(), found.end());
  scoring::explain_indicators(rules, project, binding, cards, card);
  const bool accepted =
      std::none_of(card.indicators.begin(), card.indicators.end(),
                   [](const IndicatorStory& story) { return story.state == "error"; });
  scoring::explain_outcome(rules, project, binding, cards, card);
  card.scored = card.scored && bound && accepted;
  if (card.scored) scoring::check_project(rules, project, binding, cards, card);
  if (card.scored) compare_placement(rules, project, binding, options.as_filed, card);
  text::sort_by_place(card.diagnostics);
  return card;
}

}  // namespace jixiao
