#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "page/numbers.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "text/built_in.hpp"
#include "text/source.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

constexpr std::size_t margin = 2;
constexpr std::size_t scorecard_bar_columns = 8;

class ScorecardText {
 public:
  ScorecardText(const Scorecard& card, const Style& style)
      : card_(card),
        language_(style.language),
        width_(std::max<std::size_t>(style.width, 40)),
        terminal_(style.colour) {}

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
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string say(const Text& text) const { return one_line(text.in(language_)); }
  [[nodiscard]] std::string points(double x) const { return points_text(x, card_.digits); }
  [[nodiscard]] const char* colon() const { return language_ == Language::zh ? "：" : ": "; }

  void line(const std::string& text, std::size_t indent = margin) {
    out_ += std::string(indent, ' ') + text + '\n';
  }
  void paragraph(const std::string& text, Color color, std::size_t indent = margin) {
    for (const std::string& piece : wrapped(text, width_ - indent))
      line(terminal_(piece, color), indent);
  }
  void section(const Label& label) {
    out_ += '\n';
    line(terminal_(label.in(language_), Color::bold));
  }

  // Where the total stands: from full colours at the top rating down to red.
  [[nodiscard]] Color rating_color() const {
    if (!card_.rating_before_veto.empty() && card_.rating_before_veto != card_.rating)
      return Color::red;
    const double share = card_.scale > 0 ? card_.total / card_.scale : 0;
    if (!card_.rating.empty() && !card_.distance.to_next_band && card_.distance.to_lower_band)
      return Color::green;
    return share >= 0.8 ? Color::cyan : share >= 0.6 ? Color::yellow : Color::red;
  }

  void put_heading() {
    std::string title = terminal_(say(card_.project), Color::bold);
    std::string rest;
    if (card_.year != 0) rest += fmt::format("  {}", card_.year);
    if (!card_.unit.empty()) rest += "  " + one_line(card_.unit);
    if (margin + text::display_width(say(card_.project) + rest) <= width_) {
      line(title + terminal_(rest, Color::dim));
    } else {
      paragraph(say(card_.project), Color::bold);
      paragraph(rest.substr(rest.find_first_not_of(' ')), Color::dim);
    }
    std::string rules =
        fmt::format("{} {} {}", say(word::rules), card_.rules.id, card_.rules.version);
    if (!card_.rules.title.empty()) rules += "  " + say(card_.rules.title);
    if (text::is_built_in(card_.rules.file)) rules += "  (" + say(word::built_in) + ")";
    paragraph(rules, Color::dim);
    if (card_.illustrative)
      paragraph("▲ " + (card_.results_note.empty()
                            ? say(word::illustrative_banner)
                            : say(word::illustrative_banner) + " — " + say(card_.results_note)),
                Color::banner);
    else if (!card_.results_note.empty())
      paragraph(say(card_.results_note), Color::dim);
    out_ += '\n';
  }

  void put_result() {
    if (!card_.scored) {
      line("    " + terminal_(say(word::not_scored), Color::red) + "  " +
           terminal_(count_text(card_.diagnostics, language_), Color::dim));
      out_ += '\n';
      return;
    }
    const Color color = rating_color();
    std::string number = total_text(card_.total, card_.digits);
    if (!card_.rating_label.empty()) number += "  " + say(card_.rating_label);
    std::string result = terminal_(total_text(card_.total, card_.digits), color);
    if (!card_.rating_label.empty()) result += "  " + terminal_(say(card_.rating_label), color);
    const double share = card_.scale > 0 ? card_.total / card_.scale : 0;
    const std::string full = fmt::format("{} {}", say(word::out_of), value::plain(card_.scale));
    const std::size_t written = 2 * margin + text::display_width(number) + 5 +
                                text::display_width(full);
    const std::size_t room = std::min<std::size_t>(40, width_ - std::min(width_, written));
    if (room >= 8) result += "   " + terminal_(bar(share, room), color);
    line("  " + result + "  " + terminal_(full, Color::dim));
    std::string under = distance_text(card_, language_);
    if (card_.rating.empty()) under = say(word::no_rating);
    paragraph(under, Color::dim, margin + 2);
    if (card_.attainable + 5e-7 < card_.scale) {
      line("  " +
           terminal_(fmt::format("{} {}", say(word::attainable), value::plain(card_.attainable)),
                     Color::yellow));
    }
    if (const std::string factor = factor_text(card_, language_); !factor.empty())
      paragraph(factor, Color::yellow, margin + 2);
    out_ += '\n';
  }

  void put_money() {
    std::vector<std::string> amounts;
    const auto add = [&](const Label& label, const std::string& amount) {
      amounts.push_back(fmt::format("{} {}", say(label), amount));
    };
    if (card_.initial) add(word::initial, money_text(*card_.initial, language_));
    if (card_.adjusted) add(word::adjusted, money_text(*card_.adjusted, language_));
    if (card_.executed) add(word::executed, money_text(*card_.executed, language_));
    if (card_.execution_rate) add(word::execution_rate, percent_text(*card_.execution_rate));
    if (amounts.empty()) return;
    std::string text = amounts.front();
    for (std::size_t i = 1; i < amounts.size(); ++i) {
      const bool fits = margin + text::display_width(text) + 3 + text::display_width(amounts[i]) <=
                        width_;
      if (!fits) line(std::exchange(text, {}));
      text += (fits ? "   " : "") + amounts[i];
    }
    line(text);
    out_ += '\n';
  }

  void put_indicators() {
    Table table({{say(word::indicator)},
                 {say(word::target), Align::right, 18},
                 {say(word::actual), Align::right, 18},
                 {say(word::weight), Align::decimal},
                 {say(word::points), Align::decimal},
                 {say(word::lost), Align::decimal},
                 {"", Align::bar}});
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
          std::any_of(card_.blocks.begin(), card_.blocks.end(),
                      [&](const BlockStory& block) { return block.id == indicator.block; });
      if (!listed) put_indicator(table, indicator);
    }
    put_formulas(table);
    put_totals(table);
    out_ += table.text(width_, terminal_, margin);
  }

  void put_block(Table& table, const BlockStory& block) const {
    const double lost = block_lost(card_, block);
    table.row({{say(block.name.empty() ? Text{block.id, block.id} : block.name), Color::bold},
               {},
               {},
               {value::plain(block.weight), Color::bold},
               {points(block.points), Color::bold},
               {lost > 0 ? points(lost) : "", Color::red},
               {block.weight > 0 && weights_add_up(card_)
                    ? bar(block.points / block.weight, scorecard_bar_columns)
                    : "",
                lost > 0 ? Color::none : Color::dim}});
  }

  void put_indicator(Table& table, const IndicatorStory& indicator) const {
    const bool counted = is_counted(indicator);
    const bool informational = indicator.state == "informational";
    const Color quiet = counted ? Color::none : Color::dim;
    std::string actual = indicator.actual;
    if (actual.empty() || indicator.state == "not_applicable")
      actual = state_text(indicator.state, language_);
    table.row({{"  " + say(indicator.name), quiet},
               {target_text(indicator), Color::dim},
               {actual, counted ? Color::none : Color::yellow},
               {informational ? "" : value::plain(indicator.weight), Color::dim},
               {counted ? points(indicator.points) : "–", quiet},
               {counted && indicator.lost > 0 ? points(indicator.lost) : "", Color::red},
               {counted && indicator.weight > 0 && indicator.lost > 0
                    ? bar(indicator.points / indicator.weight, scorecard_bar_columns)
                    : "",
                Color::dim}});
    std::string why = say(indicator.reason);
    if (!indicator.given_reason.empty()) {
      why += (why.empty()                 ? ""
              : language_ == Language::zh ? "；"
                                          : "; ") +
             say(word::given_reason) + colon() + one_line(indicator.given_reason);
    }
    if (!why.empty() && (indicator.lost > 0 || !counted)) table.note("↳ " + why, Color::dim, 4);
  }

  // What blocks and the total are made of, where that is no sum, and what is lost in it.
  void put_formulas(Table& table) const {
    if (!card_.scored || card_.formulas.empty()) return;
    table.row({});
    for (const FormulaStory& formula : card_.formulas) {
      table.row({{say(formula_name(card_, formula)), Color::bold},
                 {},
                 {},
                 {},
                 {points(formula.points)},
                 {formula.lost > 0 ? points(formula.lost) : "", Color::red},
                 {}});
      table.note("↳ " + one_line(formula.formula) + "  →  " + computed_text(formula), Color::dim,
                 4);
      const Text& why = formula.reason;
      if (!why.empty() && why.en != formula_name(card_, formula).en)
        table.note("↳ " + say(why), Color::dim, 4);
    }
  }

  void put_totals(Table& table) const {
    if (!card_.scored) return;
    const bool adjusted = !card_.adjustments.empty();
    const double total = adjusted ? card_.total_before_adjustments : card_.total;
    table.line();
    table.row(
        {{say(adjusted ? word::all_blocks : word::total), Color::bold},
         {},
         {},
         {weights_add_up(card_) ? value::plain(card_.scale) : "", Color::bold},
         {total_text(total, card_.digits), Color::bold},
         {card_.scale - total > 5e-7 && !adjusted ? total_text(card_.scale - total, card_.digits)
                                                  : "",
          Color::red}});
  }

  void put_adjustments() {
    if (card_.adjustments.empty()) return;
    section(word::adjustments);
    Table table({{""}, {""}, {"", Align::decimal}, {""}});
    table.row({{say(word::before_adjustments), Color::dim},
               {},
               {total_text(card_.total_before_adjustments, card_.digits)}});
    bool before_told = false;
    for (const AdjustmentStory& adjustment : card_.adjustments) {
      const bool veto = adjustment.kind == "veto";
      if (veto && card_.scored && !std::exchange(before_told, true)) {
        table.row({{say(word::before_veto), Color::dim},
                   {},
                   {total_text(card_.total_before_veto, card_.digits)}});
      }
      const std::string change =
          veto ? "" : (adjustment.points > 0 ? "+" : "") + points(adjustment.points);
      std::string effect = say(adjustment.effect);
      if (!adjustment.reason.empty())
        effect += (effect.empty() ? "" : " — ") + one_line(adjustment.reason);
      table.row({{std::string(kind_text(adjustment.kind, language_)),
                  veto || adjustment.kind == "penalty" ? Color::red : Color::green},
                 {say(adjustment.name)},
                 {change},
                 {effect, Color::dim}});
    }
    if (card_.scored) {
      table.row({{say(word::final_total), Color::bold},
                 {say(card_.rating_label), Color::bold},
                 {total_text(card_.total, card_.digits), Color::bold}});
    }
    out_ += table.text(width_, terminal_, margin);
  }

  void put_comparisons() {
    if (card_.comparisons.empty()) return;
    section(word::comparisons);
    for (const Comparison& comparison : card_.comparisons) {
      const std::string result =
          total_text(comparison.total, card_.digits) +
          (comparison.rating_label.empty() ? "" : " " + say(comparison.rating_label));
      const auto pieces = wrapped(say(comparison.text), width_ - margin);
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool last = i + 1 == pieces.size();
        const bool fits =
            text::display_width(pieces[i]) + 2 + text::display_width(result) + margin <= width_;
        line(pieces[i] + (last && fits ? "  " + terminal_(result, Color::bold) : ""));
        if (last && !fits) line(terminal_(result, Color::bold), margin + 2);
      }
    }
  }

  void put_losses() {
    const auto losses = by_loss(card_);
    if (losses.empty()) return;
    section(word::largest_losses);
    double all = 0;
    for (const Loss& loss : losses) all += loss.lost;
    Table table({{""}, {"", Align::decimal}, {"", Align::right}, {"", Align::bar}});
    for (std::size_t i = 0; i < std::min<std::size_t>(3, losses.size()); ++i) {
      const Loss& loss = losses[i];
      const double share = loss.lost / all;
      table.row({{fmt::format("{}. {}", i + 1, say(loss.name))},
                 {"−" + points(loss.lost), Color::red},
                 {language_ == Language::zh
                      ? fmt::format("占失分 {}%", value::plain(100 * share, 0))
                      : fmt::format("{}% of the loss", value::plain(100 * share, 0)),
                  Color::dim},
                 {bar(share, 20), Color::dim}});
    }
    out_ += table.text(width_, terminal_, margin);
  }

  void put_findings() {
    section(word::findings);
    const std::string counts = count_text(card_.diagnostics, language_);
    if (card_.diagnostics.empty()) {
      line(terminal_(counts, Color::dim));
      return;
    }
    std::string command = "jixiao check";
    if (!card_.project_file.empty()) command += " " + one_line(card_.project_file);
    const bool errors =
        std::any_of(card_.diagnostics.begin(), card_.diagnostics.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; });
    const std::string see = fmt::format("{} {}", say(word::see_check), command);
    const bool fits = margin + text::display_width(counts + see) + 3 <= width_;
    const std::string said = terminal_(counts, errors ? Color::red : Color::yellow);
    line(said + (fits ? "   " + terminal_(see, Color::dim) : ""));
    if (!fits) paragraph(see, Color::dim);
  }

  const Scorecard& card_;
  Language language_;
  std::size_t width_;
  TerminalStyle terminal_;
  std::string out_;
};

}  // namespace

std::string scorecard_text(const Scorecard& card, const Style& style) {
  return ScorecardText(card, style).render();
}

}  // namespace jixiao::report
