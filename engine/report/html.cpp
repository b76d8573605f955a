#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "chart/svg.hpp"
#include "page/html_page.hpp"
#include "page/numbers.hpp"
#include "page/page_name.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "report/story.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {

class ScorecardPage {
 public:
  ScorecardPage(const Scorecard& card, Language language) : card_(card), language_(language) {}

  std::string render() {
    put_heading();
    put_result();
    put_blocks();
    put_losses();
    put_table();
    put_adjustments();
    put_comparisons();
    put_stories();
    put_findings();
    put_footer();
    return html_page(one_line(card_.project.in(language_)), language_, body_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return html_escaped(label.in(language_));
  }
  [[nodiscard]] std::string say(const Text& text) const { return html_escaped(text.in(language_)); }
  [[nodiscard]] std::string points(double x) const { return points_text(x, card_.digits); }
  [[nodiscard]] std::string block_name(const BlockStory& block) const {
    return block.name.empty() ? block.id : block.name.in(language_);
  }
  void section(const Label& label) { body_ += "<h2>" + say(label) + "</h2>\n"; }

  void put_heading() {
    body_ += "<header>\n<h1>" + say(card_.project) + "</h1>\n<p class=\"sub\">";
    if (card_.year != 0) body_ += std::to_string(card_.year) + " · ";
    if (!card_.unit.empty()) body_ += html_escaped(card_.unit) + " · ";
    body_ += say(word::rules) + " " + html_escaped(card_.rules.id + " " + card_.rules.version) +
             (card_.rules.title.empty() ? "" : " " + say(card_.rules.title)) + "</p>\n";
    if (card_.illustrative)
      body_ += "<p class=\"banner\">" + say(word::illustrative_banner) + "</p>\n";
    if (!card_.results_note.empty())
      body_ += "<p class=\"sub\">" + say(card_.results_note) + "</p>\n";
    body_ += "</header>\n";
  }

  void put_result() {
    if (card_.scored) {
      const bool vetoed = !card_.rating_before_veto.empty() &&
                          card_.rating_before_veto != card_.rating;
      const bool low = vetoed || card_.total < 0.6 * card_.scale;
      body_ += fmt::format(
          "<div class=\"hero\"><div class=\"total\">{} <span class=\"of\">/ {}</span></div>",
          total_text(card_.total, card_.digits), value::plain(card_.scale));
      if (!card_.rating_label.empty())
        body_ += fmt::format("<div class=\"rating{}\">{}</div>", low ? " low" : "",
                             say(card_.rating_label));
      body_ += "<div class=\"quiet\">" + html_escaped(distance_text(card_, language_));
      if (card_.attainable + 5e-7 < card_.scale)
        body_ += fmt::format("<br>{} {}", say(word::attainable), value::plain(card_.attainable));
      if (const std::string factor = factor_text(card_, language_); !factor.empty())
        body_ += "<br>" + html_escaped(factor);
      body_ += "</div></div>\n";
    } else {
      body_ += "<p class=\"banner\">" + say(word::not_scored) + "</p>\n";
    }
    std::string tiles;
    const auto tile = [&](const Label& label, const std::string& amount) {
      tiles += "<div><span>" + say(label) + "</span><b>" + html_escaped(amount) + "</b></div>";
    };
    if (card_.initial) tile(word::initial, money_text(*card_.initial, language_));
    if (card_.adjusted) tile(word::adjusted, money_text(*card_.adjusted, language_));
    if (card_.executed) tile(word::executed, money_text(*card_.executed, language_));
    if (card_.execution_rate) tile(word::execution_rate, percent_text(*card_.execution_rate));
    if (!tiles.empty()) body_ += "<div class=\"tiles\">" + tiles + "</div>\n";
  }

  void put_blocks() {
    if (card_.blocks.empty()) return;
    section(word::blocks);
    BarChart chart{std::string(word::blocks.in(language_)),
                   {},
                   std::string(word::earned.in(language_)),
                   std::string(word::lost.in(language_))};
    for (const BlockStory& block : card_.blocks) {
      chart.rows.push_back(
          {one_line(block_name(block)), block.points, block_lost(card_, block),
           fmt::format("{} / {}", points(block.points), value::plain(block.weight))});
    }
    body_ += svg_bars(chart);
  }

  void put_losses() {
    section(word::losses);
    const auto losses = by_loss(card_);
    if (losses.empty()) {
      body_ += "<p class=\"quiet\">" + say(word::nothing_lost) + "</p>\n";
      return;
    }
    BarChart chart{std::string(word::losses.in(language_)), {}, {}, {}};
    for (const Loss& loss : losses)
      chart.rows.push_back(
          {one_line(loss.name.in(language_)), 0, loss.lost, "−" + points(loss.lost)});
    body_ += svg_bars(chart);
    for (const FormulaStory& formula : card_.formulas) {
      const std::string name = formula_name(card_, formula).in(language_);
      std::string words = name + (language_ == Language::zh ? "：" : ": ") + formula.formula +
                          "  →  " + computed_text(formula);
      if (!formula.reason.empty() && formula.reason.in(language_) != name)
        words += " — " + formula.reason.in(language_);
      body_ += "<p class=\"quiet\">" + html_escaped(one_line(words)) + "</p>\n";
    }
  }

  void put_table() {
    section(word::indicators);
    body_ += "<div class=\"scroll\"><table><thead><tr><th>" + say(word::indicator) + "</th>";
    for (const Label& label : {word::target, word::actual, word::weight, word::points, word::lost})
      body_ += "<th class=\"n\">" + say(label) + "</th>";
    body_ += "</tr></thead><tbody>\n";
    for (const BlockStory& block : card_.blocks) {
      const double lost = block_lost(card_, block);
      body_ += fmt::format(
          "<tr class=\"block\"><td>{}</td><td></td><td></td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td><td class=\"n "
          "loss\">{}</td></tr>\n",
          html_escaped(block_name(block)), value::plain(block.weight), points(block.points),
          lost > 0 ? points(lost) : "");
      for (const IndicatorStory& story : card_.indicators) {
        if (story.block == block.id) put_row(story);
      }
    }
    for (const IndicatorStory& story : card_.indicators) {
      const bool listed =
          std::any_of(card_.blocks.begin(), card_.blocks.end(),
                      [&](const BlockStory& block) { return block.id == story.block; });
      if (!listed) put_row(story);
    }
    if (card_.scored) {
      const double total = card_.adjustments.empty() ? card_.total : card_.total_before_adjustments;
      body_ += fmt::format(
          "<tr class=\"sum\"><td>{}</td><td></td><td></td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td><td class=\"n "
          "loss\">{}</td></tr>\n",
          say(card_.adjustments.empty() ? word::total : word::all_blocks),
          value::plain(card_.scale), total_text(total, card_.digits),
          card_.adjustments.empty() && card_.scale - total > 5e-7
              ? total_text(card_.scale - total, card_.digits)
              : "");
    }
    body_ += "</tbody></table></div>\n";
  }

  void put_row(const IndicatorStory& story) {
    const bool counted = is_counted(story);
    std::string why = say(story.reason);
    if (!story.given_reason.empty())
      why += (why.empty()                 ? ""
              : language_ == Language::zh ? "；"
                                          : "; ") +
             html_escaped(story.given_reason);
    std::string actual = html_escaped(story.actual);
    if (story.state != "ok" && story.state != "informational")
      actual = "<span class=\"state\">" + html_escaped(state_text(story.state, language_)) +
               "</span>";
    body_ += fmt::format(
        "<tr><td>{}{}</td><td class=\"v\">{}</td><td class=\"v\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td class=\"n "
        "loss\">{}</td></tr>\n",
        say(story.name), why.empty() ? "" : "<span class=\"why\">" + why + "</span>",
        html_escaped(target_text(story)), actual,
        story.state == "informational" ? "" : value::plain(story.weight),
        counted ? points(story.points) : "–", counted && story.lost > 0 ? points(story.lost) : "");
  }

  void put_adjustments() {
    if (card_.adjustments.empty()) return;
    section(word::adjustments);
    body_ += "<div class=\"scroll\"><table><tbody>\n";
    const auto row = [&](std::string_view name, std::string_view change, std::string_view why,
                         bool sum) {
      body_ += fmt::format("<tr{}><td>{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
                           sum ? " class=\"sum\"" : "", name, change, why);
    };
    row(say(word::before_adjustments), total_text(card_.total_before_adjustments, card_.digits), "",
        false);
    bool before_told = false;
    for (const AdjustmentStory& adjustment : card_.adjustments) {
      const bool veto = adjustment.kind == "veto";
      if (veto && card_.scored && !std::exchange(before_told, true))
        row(say(word::before_veto), total_text(card_.total_before_veto, card_.digits), "", false);
      std::string why = say(adjustment.effect);
      if (!adjustment.reason.empty())
        why += (why.empty() ? "" : " — ") + html_escaped(adjustment.reason);
      row(html_escaped(kind_text(adjustment.kind, language_)) +
              (language_ == Language::zh ? "：" : ": ") + say(adjustment.name),
          veto ? "" : (adjustment.points > 0 ? "+" : "") + points(adjustment.points), why, false);
    }
    if (card_.scored)
      row(say(word::final_total), total_text(card_.total, card_.digits), say(card_.rating_label),
          true);
    body_ += "</tbody></table></div>\n";
  }

  void put_comparisons() {
    if (card_.comparisons.empty()) return;
    section(word::comparisons);
    for (const Comparison& comparison : card_.comparisons) {
      body_ += fmt::format("<p>{} <b>{} {}</b></p>\n", say(comparison.text),
                           total_text(comparison.total, card_.digits),
                           say(comparison.rating_label));
    }
  }

  void put_stories() {
    if (card_.indicators.empty()) return;
    section(word::stories);
    for (const IndicatorStory& story : card_.indicators) {
      const bool lossy = is_counted(story) && story.lost > 0;
      body_ += fmt::format(
          "<details><summary><span class=\"name\">{}</span><span "
          "class=\"n{}\">{}</span></summary>\n<dl>\n",
          say(story.name), lossy ? " loss" : "",
          html_escaped(story_result(story, card_.digits, language_)));
      for (const Fact& fact : story_facts(card_, story, language_)) {
        if (fact.label == word::cite.in(language_)) continue;  // below, with links
        const std::string text =
            html_escaped(fact.kind == FactKind::place ? page_name(fact.text) : fact.text);
        body_ += fmt::format("<dt>{}</dt><dd{}>{}</dd>\n", html_escaped(fact.label),
                             fact.kind == FactKind::loss ? " class=\"loss\"" : "",
                             fact.kind == FactKind::code ? "<code>" + text + "</code>" : text);
      }
      for (const Cited& cite : story.cite)
        body_ += "<dt>" + say(word::cite) + "</dt><dd>" + cited(cite) + "</dd>\n";
      body_ += "</dl></details>\n";
    }
  }

  [[nodiscard]] std::string cited(const Cited& cite) const {
    Cited bare = cite;
    bare.url.clear();
    const std::string text = html_escaped(cited_text(bare, language_));
    return cite.url.empty() ? text : text + " " + html_link(cite.url, cite.url);
  }

  void put_findings() {
    section(word::findings);
    body_ += "<p>" + html_escaped(count_text(card_.diagnostics, language_)) + "</p>\n";
    if (card_.diagnostics.empty()) return;
    body_ += "<ul class=\"findings\">\n";
    for (const Diagnostic& diagnostic : card_.diagnostics) {
      body_ += fmt::format("<li class=\"{}\"><b>{}</b> {}", severity_id(diagnostic.severity),
                           html_escaped(severity_text(diagnostic.severity, language_)),
                           say(diagnostic.message));
      if (!diagnostic.help.empty())
        body_ += "<br><span class=\"quiet\">" + say(word::help) +
                 (language_ == Language::zh ? "：" : ": ") + say(diagnostic.help) + "</span>";
      std::string place = html_escaped(page_name(diagnostic.file));
      if (diagnostic.line > 0) place += fmt::format(":{}:{}", diagnostic.line, diagnostic.column);
      body_ += "<br><code>" + html_escaped(diagnostic.code) + "</code> <span class=\"quiet\">" +
               place + "</span></li>\n";
    }
    body_ += "</ul>\n";
  }

  void put_footer() {
    body_ += "<footer>\n";
    const auto row = [&](const Label& label, const std::string& text) {
      if (!text.empty())
        body_ += "<p>" + say(label) + (language_ == Language::zh ? "：" : ": ") + text + "</p>\n";
    };
    for (const Cited& cite : card_.rules.cite) row(word::cite, cited(cite));
    std::string lineage;
    for (const std::string& ancestor : card_.rules.lineage)
      lineage += (lineage.empty() ? "" : " ← ") + html_escaped(ancestor);
    row(word::lineage, lineage);
    row(word::rules_fingerprint, html_escaped(card_.rules.sha256));
    row(word::inputs_fingerprint, html_escaped(card_.inputs_sha256));
    row(word::engine, html_escaped(card_.engine));
    body_ += "</footer>\n";
  }

  const Scorecard& card_;
  Language language_;
  std::string body_;
};

}  // namespace

std::string scorecard_html(const Scorecard& card, Language language) {
  return ScorecardPage(card, language).render();
}

}  // namespace jixiao::report
