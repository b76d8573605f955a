#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "report/numbers.hpp"
#include "report/rendering.hpp"
#include "report/table.hpp"
#include "text/source.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {
namespace {

constexpr std::size_t margin = 2;
constexpr std::size_t scorecard_bar_columns = 8;

class ScorecardText {
 public:
  ScorecardText(const Scorecard& card, const Style& style)
      : card_(card), language_(style.language), width_(std::max<std::size_t>(style.width, 40)), ink_(style.colour) {}

  std::string render() {
    put_heading();
    put_result();
    put_money();
    put_indicators();
    put_adjustments();
    put_comparisons();
    put_losses();
    put_findings();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const { return std::string(label.in(language_)); }
  [[nodiscard]] std::string say(const Text& text) const { return one_line(text.in(language_)); }
  [[nodiscard]] std::string points(double x) const { return points_text(x, card_.digits); }
  [[nodiscard]] const char* colon() const { return language_ == Language::zh ? "：" : ": "; }

  void line(const std::string& text, std::size_t indent = margin) { out_ += std::string(indent, ' ') + text + '\n'; }
  void paragraph(const std::string& text, Paint paint, std::size_t indent = margin) {
    for (const std::string& piece : wrapped(text, width_ - indent)) line(ink_(piece, paint), indent);
  }
  void section(const Label& label) {
    out_ += '\n';
    line(ink_(label.in(language_), Paint::bold));
  }

  // Where the total stands: from full colours at the top rating down to red.
  [[nodiscard]] Paint rating_paint() const {
    if (!card_.rating_before_veto.empty() && card_.rating_before_veto != card_.rating) return Paint::red;
    const double share = card_.scale > 0 ? card_.total / card_.scale : 0;
    if (!card_.rating.empty() && !card_.distance.to_next_band && card_.distance.to_lower_band) return Paint::green;
    return share >= 0.8 ? Paint::cyan : share >= 0.6 ? Paint::yellow : Paint::red;
  }

  void put_heading() {
    std::string title = ink_(say(card_.project), Paint::bold);
    std::string rest;
    if (card_.year != 0) rest += fmt::format("  {}", card_.year);
    if (!card_.unit.empty()) rest += "  " + one_line(card_.unit);
    line(title + ink_(rest, Paint::dim));
    std::string rules = fmt::format("{} {} {}", say(word::rules), card_.rules.id, card_.rules.version);
    if (!card_.rules.title.empty()) rules += "  " + say(card_.rules.title);
    line(ink_(rules, Paint::dim));
    if (card_.illustrative)
      paragraph("▲ " + (card_.results_note.empty() ? say(word::illustrative_banner)
                                                   : say(word::illustrative_banner) + " — " + say(card_.results_note)),
                Paint::banner);
    else if (!card_.results_note.empty())
      paragraph(say(card_.results_note), Paint::dim);
    out_ += '\n';
  }

  void put_result() {
    if (!card_.scored) {
      line("    " + ink_(say(word::not_scored), Paint::red) + "  " + ink_(count_text(card_.diagnostics, language_), Paint::dim));
      out_ += '\n';
      return;
    }
    const Paint paint = rating_paint();
    std::string result = ink_(total_text(card_.total, card_.digits), paint);
    if (!card_.rating_label.empty()) result += "  " + ink_(say(card_.rating_label), paint);
    const double share = card_.scale > 0 ? card_.total / card_.scale : 0;
    result +=
        "   " + ink_(bar(share, 40), paint) + "  " + ink_(fmt::format("{} {}", say(word::out_of), value::plain(card_.scale)), Paint::dim);
    line("  " + result);
    std::string under = distance_text(card_, language_);
    if (card_.rating.empty()) under = say(word::no_rating);
    line("  " + ink_(under, Paint::dim));
    if (card_.attainable + 5e-7 < card_.scale) {
      line("  " + ink_(fmt::format("{} {}", say(word::attainable), value::plain(card_.attainable)), Paint::yellow));
    }
    out_ += '\n';
  }

  void put_money() {
    std::string money;
    const auto add = [&](const Label& label, const std::string& amount) {
      money += fmt::format("{}{} {}", money.empty() ? "" : "   ", say(label), amount);
    };
    if (card_.initial) add(word::initial, money_text(*card_.initial, language_));
    if (card_.adjusted) add(word::adjusted, money_text(*card_.adjusted, language_));
    if (card_.executed) add(word::executed, money_text(*card_.executed, language_));
    if (card_.execution_rate) add(word::execution_rate, percent_text(*card_.execution_rate));
    if (money.empty()) return;
    paragraph(money, Paint::none);
    out_ += '\n';
  }

  void put_indicators() {
    Table table({{say(word::indicator)},
                 {say(word::target), Align::right, 18},
                 {say(word::actual), Align::right, 18},
                 {say(word::weight), Align::decimal},
                 {say(word::points), Align::decimal},
                 {say(word::lost), Align::decimal},
                 {""}});
    bool first = true;
    for (const BlockStory& block : card_.blocks) {
      if (!first) table.row({});
      first = false;
      put_block(table, block);
      for (const IndicatorStory& indicator : card_.indicators) {
        if (indicator.block == block.id) put_indicator(table, indicator);
      }
    }
    for (const IndicatorStory& indicator : card_.indicators) {  // of a block the card does not list
      const bool listed =
          std::any_of(card_.blocks.begin(), card_.blocks.end(), [&](const BlockStory& block) { return block.id == indicator.block; });
      if (!listed) put_indicator(table, indicator);
    }
    put_totals(table);
    out_ += table.text(width_, ink_, margin);
  }

  void put_block(Table& table, const BlockStory& block) const {
    const double lost = block_lost(card_, block);
    table.row({{say(block.name.empty() ? Text{block.id, block.id} : block.name), Paint::bold},
               {},
               {},
               {value::plain(block.weight), Paint::bold},
               {points(block.points), Paint::bold},
               {lost > 0 ? points(lost) : "", Paint::red},
               {block.weight > 0 && weights_add_up(card_) ? bar(block.points / block.weight, scorecard_bar_columns) : "",
                lost > 0 ? Paint::none : Paint::dim}});
  }

  void put_indicator(Table& table, const IndicatorStory& indicator) const {
    const bool counted = is_counted(indicator);
    const bool informational = indicator.state == "informational";
    const Paint quiet = counted ? Paint::none : Paint::dim;
    std::string actual = indicator.actual;
    if (actual.empty() || indicator.state == "not_applicable") actual = state_text(indicator.state, language_);
    table.row(
        {{"  " + say(indicator.name), quiet},
         {target_text(indicator), Paint::dim},
         {actual, counted ? Paint::none : Paint::yellow},
         {informational ? "" : value::plain(indicator.weight), Paint::dim},
         {counted ? points(indicator.points) : "–", quiet},
         {counted && indicator.lost > 0 ? points(indicator.lost) : "", Paint::red},
         {counted && indicator.weight > 0 && indicator.lost > 0 ? bar(indicator.points / indicator.weight, scorecard_bar_columns) : "", Paint::dim}});
    std::string why = say(indicator.reason);
    if (!indicator.given_reason.empty()) {
      why += (why.empty()                 ? ""
              : language_ == Language::zh ? "；"
                                          : "; ") +
             say(word::given_reason) + colon() + one_line(indicator.given_reason);
    }
    if (!why.empty() && (indicator.lost > 0 || !counted)) table.note("↳ " + why, Paint::dim, 4);
  }

  void put_totals(Table& table) const {
    if (!card_.scored) return;
    const bool adjusted = !card_.adjustments.empty();
    const double total = adjusted ? card_.total_before_adjustments : card_.total;
    table.line();
    table.row({{say(adjusted ? word::all_blocks : word::total), Paint::bold},
               {},
               {},
               {weights_add_up(card_) ? value::plain(card_.scale) : "", Paint::bold},
               {total_text(total, card_.digits), Paint::bold},
               {card_.scale - total > 5e-7 && !adjusted ? total_text(card_.scale - total, card_.digits) : "", Paint::red}});
  }

  void put_adjustments() {
    if (card_.adjustments.empty()) return;
    section(word::adjustments);
    Table table({{""}, {""}, {"", Align::decimal}, {""}});
    table.row({{say(word::before_adjustments), Paint::dim}, {}, {total_text(card_.total_before_adjustments, card_.digits)}});
    for (const AdjustmentStory& adjustment : card_.adjustments) {
      const bool veto = adjustment.kind == "veto";
      if (veto && card_.scored) {
        table.row({{say(word::before_veto), Paint::dim}, {}, {total_text(card_.total_before_veto, card_.digits)}});
      }
      const std::string change = veto ? "" : (adjustment.points > 0 ? "+" : "") + points(adjustment.points);
      std::string effect = say(adjustment.effect);
      if (!adjustment.reason.empty()) effect += (effect.empty() ? "" : " — ") + one_line(adjustment.reason);
      table.row({{std::string(kind_text(adjustment.kind, language_)), veto || adjustment.kind == "penalty" ? Paint::red : Paint::green},
                 {say(adjustment.name)},
                 {change},
                 {effect, Paint::dim}});
    }
    if (card_.scored) {
      table.row({{say(word::final_total), Paint::bold},
                 {say(card_.rating_label), Paint::bold},
                 {total_text(card_.total, card_.digits), Paint::bold}});
    }
    out_ += table.text(width_, ink_, margin);
  }

  void put_comparisons() {
    if (card_.comparisons.empty()) return;
    section(word::comparisons);
    for (const Comparison& comparison : card_.comparisons) {
      const std::string result =
          total_text(comparison.total, card_.digits) + (comparison.rating_label.empty() ? "" : " " + say(comparison.rating_label));
      const auto pieces = wrapped(say(comparison.text), width_ - margin);
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool last = i + 1 == pieces.size();
        const bool fits = text::display_width(pieces[i]) + 2 + text::display_width(result) + margin <= width_;
        line(pieces[i] + (last && fits ? "  " + ink_(result, Paint::bold) : ""));
        if (last && !fits) line(ink_(result, Paint::bold), margin + 2);
      }
    }
  }

  void put_losses() {
    const auto losses = by_loss(card_);
    if (losses.empty()) return;
    section(word::largest_losses);
    double all = 0;
    for (const IndicatorStory* indicator : losses) all += indicator->lost;
    Table table({{""}, {"", Align::decimal}, {"", Align::right}, {""}});
    for (std::size_t i = 0; i < std::min<std::size_t>(3, losses.size()); ++i) {
      const IndicatorStory& indicator = *losses[i];
      const double share = indicator.lost / all;
      table.row({{fmt::format("{}. {}", i + 1, say(indicator.name))},
                 {"−" + points(indicator.lost), Paint::red},
                 {language_ == Language::zh ? fmt::format("占失分 {}%", value::plain(100 * share, 0))
                                            : fmt::format("{}% of the loss", value::plain(100 * share, 0)),
                  Paint::dim},
                 {bar(share, 20), Paint::dim}});
    }
    out_ += table.text(width_, ink_, margin);
  }

  void put_findings() {
    section(word::findings);
    const std::string counts = count_text(card_.diagnostics, language_);
    if (card_.diagnostics.empty()) {
      line(ink_(counts, Paint::dim));
      return;
    }
    std::string command = "jixiao check";
    if (!card_.project_file.empty()) command += " " + one_line(card_.project_file);
    const bool errors =
        std::any_of(card_.diagnostics.begin(), card_.diagnostics.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
    line(ink_(counts, errors ? Paint::red : Paint::yellow) + ink_(fmt::format("   {} {}", say(word::see_check), command), Paint::dim));
  }

  const Scorecard& card_;
  Language language_;
  std::size_t width_;
  Ink ink_;
  std::string out_;
};

}  // namespace

std::string scorecard_text(const Scorecard& card, const Style& style) { return ScorecardText(card, style).render(); }

}  // namespace jixiao::report
