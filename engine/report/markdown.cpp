#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "page/document.hpp"
#include "page/numbers.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

void put_blocks(Document& out, const Scorecard& card, Language language) {
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  Grid grid;
  grid.columns = {{say(word::block)},
                  {say(word::weight), true},
                  {say(word::points), true},
                  {say(word::lost), true}};
  for (const BlockStory& block : card.blocks) {
    const double lost = block_lost(card, block);
    grid.rows.push_back({block.name.empty() ? block.id : block.name.in(language),
                         value::plain(block.weight), points_text(block.points, card.digits),
                         lost > 0 ? points_text(lost, card.digits) : ""});
  }
  if (card.scored) {
    const double total = card.adjustments.empty() ? card.total : card.total_before_adjustments;
    grid.rows.push_back({say(card.adjustments.empty() ? word::total : word::all_blocks),
                         value::plain(card.scale), total_text(total, card.digits),
                         card.adjustments.empty() && card.scale - total > 5e-7
                             ? total_text(card.scale - total, card.digits)
                             : ""});
  }
  out.heading(say(word::blocks));
  out.grid(std::move(grid));
  std::vector<Fact> formulas;
  for (const FormulaStory& formula : card.formulas) {
    const std::string name = formula_name(card, formula).in(language);
    std::string text = formula.formula + "  →  " + computed_text(formula);
    if (formula.lost > 0) text += "  −" + points_text(formula.lost, card.digits);
    if (!formula.reason.empty() && formula.reason.in(language) != name)
      text += " — " + formula.reason.in(language);
    formulas.push_back({name, text});
  }
  if (!formulas.empty()) out.facts(std::move(formulas));
}

void put_indicators(Document& out, const Scorecard& card, Language language) {
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  Grid grid;
  grid.columns = {{say(word::block)},        {say(word::indicator)},    {say(word::target), true},
                  {say(word::actual), true}, {say(word::weight), true}, {say(word::points), true},
                  {say(word::lost), true},   {say(word::reason)}};
  for (const IndicatorStory& story : card.indicators) {
    const bool counted = is_counted(story);
    std::string reason = story.reason.in(language);
    if (!story.given_reason.empty())
      reason += (reason.empty() ? "" : language == Language::zh ? "；" : "; ") + story.given_reason;
    grid.rows.push_back({story.block_name.empty() ? story.block : story.block_name.in(language),
                         story.name.in(language), target_text(story),
                         story.actual.empty() || story.state == "not_applicable"
                             ? std::string(state_text(story.state, language))
                             : story.actual,
                         story.state == "informational" ? "" : value::plain(story.weight),
                         counted ? points_text(story.points, card.digits) : "–",
                         counted && story.lost > 0 ? points_text(story.lost, card.digits) : "",
                         reason});
  }
  out.heading(say(word::indicators));
  out.grid(std::move(grid));
}

void put_adjustments(Document& out, const Scorecard& card, Language language) {
  if (card.adjustments.empty()) return;
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  Grid grid;
  grid.columns = {
      {say(word::kind)}, {say(word::adjustments)}, {say(word::points), true}, {say(word::effect)}};
  grid.rows.push_back({say(word::before_adjustments), "",
                       total_text(card.total_before_adjustments, card.digits), ""});
  bool before_told = false;
  for (const AdjustmentStory& adjustment : card.adjustments) {
    const bool veto = adjustment.kind == "veto";
    if (veto && card.scored && !std::exchange(before_told, true))
      grid.rows.push_back(
          {say(word::before_veto), "", total_text(card.total_before_veto, card.digits), ""});
    std::string effect = adjustment.effect.in(language);
    if (!adjustment.reason.empty()) effect += (effect.empty() ? "" : " — ") + adjustment.reason;
    grid.rows.push_back(
        {std::string(kind_text(adjustment.kind, language)), adjustment.name.in(language),
         veto ? ""
              : (adjustment.points > 0 ? "+" : "") + points_text(adjustment.points, card.digits),
         effect});
  }
  if (card.scored)
    grid.rows.push_back({say(word::final_total), "", total_text(card.total, card.digits),
                         card.rating_label.in(language)});
  out.heading(say(word::adjustments));
  out.grid(std::move(grid));
}

}  // namespace

std::string scorecard_markdown(const Scorecard& card, Language language) {
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  Document out;
  out.title = card.project.in(language);
  if (card.illustrative) out.banner(say(word::illustrative_banner));
  std::vector<Fact> facts;
  const auto add = [&](const Label& label, const std::string& text) {
    if (!text.empty()) facts.push_back({say(label), text});
  };
  std::string result = card.scored ? fmt::format("{} / {}", total_text(card.total, card.digits),
                                                 value::plain(card.scale))
                                   : say(word::not_scored);
  if (card.scored && !card.rating_label.empty()) result += "  " + card.rating_label.in(language);
  add(word::result, result);
  const std::string distance = distance_text(card, language);
  if (!distance.empty()) add(word::rating, distance);
  add(word::factor, factor_text(card, language));
  if (card.year != 0) add(word::year, std::to_string(card.year));
  add(word::unit, card.unit);
  add(word::rules,
      fmt::format("{} {} {}", card.rules.id, card.rules.version, card.rules.title.in(language)));
  if (card.initial) add(word::initial, money_text(*card.initial, language));
  if (card.adjusted) add(word::adjusted, money_text(*card.adjusted, language));
  if (card.executed) add(word::executed, money_text(*card.executed, language));
  if (card.execution_rate) add(word::execution_rate, percent_text(*card.execution_rate));
  out.facts(std::move(facts));
  put_blocks(out, card, language);
  put_indicators(out, card, language);
  put_adjustments(out, card, language);
  if (!card.comparisons.empty()) {
    out.heading(say(word::comparisons));
    std::vector<Fact> lines;
    for (const Comparison& comparison : card.comparisons) {
      lines.push_back(
          {total_text(comparison.total, card.digits) + " " + comparison.rating_label.in(language),
           comparison.text.in(language)});
    }
    out.facts(std::move(lines));
  }
  out.heading(say(word::findings));
  const Document findings = diagnostics_document(card.diagnostics, language);
  out.parts.insert(out.parts.end(), findings.parts.begin(), findings.parts.end());
  return document_markdown(out);
}

}  // namespace jixiao::report
