// What was drawn at random: how often which output came out.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/rating_zones.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/study_words.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr double spread_left = 78, spread_right = chart_width - 22;
constexpr double bars_bottom = 300, strip = 318, axis = 352;

class Histogram {
 public:
  Histogram(const StudyReport& report, const MonteCarloAnswer& answer, const Spread& spread,
            Language language)
      : report_(report),
        answer_(answer),
        spread_(spread),
        language_(language),
        ratings_(is_total() ? report.bands : std::vector<RatingBand>{}, language),
        measure_(spread.unit, false, std::max(std::abs(spread.low), std::abs(spread.high)),
                 language),
        canvas_(chart_width, axis + 52, word::distribution_of.in(language)),
        frame_(frame()) {}

  Drawing draw() {
    draw_standing_zones(canvas_, frame_, ratings_, chances());
    draw_counts();
    draw_bars();
    draw_mean();
    draw_strip();
    const Frame under({spread_left, frame_.box().top, spread_right, axis}, frame_.x(), {0, 1});
    under.draw_x(canvas_, measure_.ticks(frame_.x(), 10),
                 measure_.titled(name_of(spread_.label, spread_.output, language_)));
    return canvas_.drawing();
  }

 private:
  // Whether the project without the scenarios the study starts from is a line of its own.
  [[nodiscard]] bool has_start() const {
    return is_total() && !report_.applied.empty() && std::isfinite(report_.stands);
  }
  [[nodiscard]] bool is_total() const { return spread_.output == "total"; }
  [[nodiscard]] std::string say(double x) const {
    return is_total() ? output_text(report_, x) : measure_.number(x);
  }
  [[nodiscard]] double most() const {
    return static_cast<double>(
        *std::max_element(spread_.histogram.counts.begin(), spread_.histogram.counts.end()));
  }

  [[nodiscard]] Frame frame() const {
    std::vector<double> places = spread_.histogram.edges;
    if (is_total()) places.push_back(report_.baseline);
    if (has_start()) places.push_back(report_.stands);
    // Zones have their names, and their chances, above the highest bar.
    return Frame({spread_left, 30, spread_right, bars_bottom}, span_of(places, 0.015),
                 {0, std::max(most(), 1.0) * (ratings_.empty() ? 1.14 : 1.3)});
  }

  [[nodiscard]] std::vector<std::string> chances() const {
    std::vector<std::string> out(ratings_.size());
    for (const RatingChance& chance : answer_.ratings) {
      if (const std::size_t at = ratings_.index(chance.id); at < out.size())
        out[at] = share_text(chance.share);
    }
    return out;
  }

  void draw_counts() {
    std::vector<Frame::Tick> ticks = round_ticks({0, most()}, 5);
    std::erase_if(ticks, [](const Frame::Tick& tick) { return tick.at != std::floor(tick.at); });
    frame_.draw_y(canvas_, ticks, word::draws.in(language_));
  }

  // A bar that a border of ratings runs through has the colours of both.
  void draw_bars() {
    const HistogramBins& bins = spread_.histogram;
    for (std::size_t i = 0; i < bins.counts.size() && i + 1 < bins.edges.size(); ++i) {
      if (bins.counts[i] == 0) continue;
      const double low = bins.edges[i], high = bins.edges[i + 1];
      std::vector<double> cuts{low};
      for (const double edge : ratings_.edges({low, high})) cuts.push_back(std::min(edge, high));
      std::sort(cuts.begin(), cuts.end());
      cuts.push_back(high);
      const double y = frame_.at_y(static_cast<double>(bins.counts[i]));
      for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
        const double from = frame_.at_x(cuts[c]) + (c == 0 ? 0.7 : 0),
                     to = frame_.at_x(cuts[c + 1]) - (c + 2 == cuts.size() ? 0.7 : 0);
        canvas_.rect(from, y, std::max(to - from, 1.5), bars_bottom - y,
                     fmt::format("fill:{}", ratings_.fill_of((cuts[c] + cuts[c + 1]) / 2)),
                     fmt::format("{} – {}: {}", say(low), say(high),
                                 value::plain(static_cast<double>(bins.counts[i]), 0, true)));
      }
    }
    canvas_.line(spread_left, bars_bottom, spread_right, bars_bottom, Canvas::axis);
  }

  void draw_mean() {
    const bool stands = is_total() && std::isfinite(report_.baseline);
    const double top = frame_.box().top + (ratings_.empty() ? 8 : 40);
    if (stands) {
      const double x = frame_.at_x(report_.baseline);
      canvas_.line(x, top, x, bars_bottom,
                   "stroke:var(--ink,#1b2430);stroke-width:1.6;stroke-dasharray:6 3");
      mark(x, top + 10,
           fmt::format("{} {}", start_label(report_, language_), say(report_.baseline)));
    }
    if (has_start()) {
      const double x = frame_.at_x(report_.stands);
      canvas_.line(x, top, x, bars_bottom,
                   "stroke:var(--ink,#1b2430);stroke-width:1.6;stroke-dasharray:2 3");
      mark(x, top + 46,
           fmt::format("{} {}", word::as_it_stands.in(language_), say(report_.stands)));
    }
    if (!std::isfinite(spread_.mean)) return;
    const double x = frame_.at_x(std::clamp(spread_.mean, frame_.x().low, frame_.x().high));
    canvas_.line(x, top, x, bars_bottom, "stroke:var(--ink,#1b2430);stroke-width:2");
    mark(x, top + (stands ? 28 : 10),
         fmt::format("{} {}", word::mean_value.in(language_), say(spread_.mean)));
  }

  void mark(double x, double y, const std::string& words) {
    const bool room = x + 8 + drawn_width(words, Canvas::size) < spread_right;
    canvas_.text(room ? x + 6 : x - 6, y, room ? "start" : "end", words,
                 std::string(Canvas::halo) + std::string(Canvas::bold));
  }

  [[nodiscard]] const QuantileRow* quantile(double level) const {
    const auto at = std::find_if(
        spread_.quantiles.begin(), spread_.quantiles.end(), [&](const QuantileRow& row) {
          return std::abs(row.level - level) < 1e-9 && std::isfinite(row.value);
        });
    return at == spread_.quantiles.end() ? nullptr : &*at;
  }

  // Beneath the bars: the quantiles as dots on a line, the middle half as a box.
  void draw_strip() {
    if (spread_.quantiles.empty()) return;
    const auto at = [&](double x) {
      return frame_.at_x(std::clamp(x, frame_.x().low, frame_.x().high));
    };
    std::vector<double> places;
    for (const QuantileRow& row : spread_.quantiles) {
      if (std::isfinite(row.value)) places.push_back(at(row.value));
    }
    if (places.empty()) return;
    const auto [first, last] = std::minmax_element(places.begin(), places.end());
    canvas_.line(*first, strip, *last, strip, "stroke:var(--quiet,#5b6673);stroke-width:2");
    if (const QuantileRow* q1 = quantile(0.25), *q3 = quantile(0.75);
        q1 != nullptr && q3 != nullptr)
      canvas_.rect(at(q1->value), strip - 7, at(q3->value) - at(q1->value), 14,
                   "fill:var(--soft,#eef1f5);stroke:var(--quiet,#5b6673)", {}, 2);
    // The median and the outermost are named first; the others where there is room.
    std::vector<const QuantileRow*> order;
    for (const QuantileRow& row : spread_.quantiles) {
      if (std::isfinite(row.value)) order.push_back(&row);
    }
    std::stable_sort(order.begin(), order.end(), [](const QuantileRow* a, const QuantileRow* b) {
      const auto rank = [](double level) { return level == 0.5 ? 2.0 : std::abs(level - 0.5); };
      return rank(a->level) > rank(b->level);
    });
    std::vector<Span> taken;
    for (const QuantileRow* row : order) {
      const double x = at(row->value);
      canvas_.circle(x, strip, row->level == 0.5 ? 5 : 3.5,
                     "fill:var(--ink,#1b2430);stroke:var(--sheet,#ffffff);stroke-width:1.2",
                     fmt::format("{}: {} ± {}", share_text(row->level), say(row->value),
                                 significant(row->error, 2)));
      const std::string words =
          fmt::format("{}% {}", value::plain(100 * row->level, 2), say(row->value));
      const double half = drawn_width(words, 11) / 2,
                   middle = std::clamp(x, spread_left + half, chart_width - half);
      const Span span{middle - half - 5, middle + half + 5};
      if (std::any_of(taken.begin(), taken.end(), [&](const Span& other) {
            return span.low < other.high && other.low < span.high;
          }))
        continue;
      taken.push_back(span);
      canvas_.text(middle, strip + 22, "middle", words, "fill:var(--ink,#1b2430);font-size:11px");
    }
  }

  const StudyReport& report_;
  const MonteCarloAnswer& answer_;
  const Spread& spread_;
  Language language_;
  Ratings ratings_;
  Measure measure_;
  Canvas canvas_;
  Frame frame_;
};

}  // namespace

Drawing spread_chart(const StudyReport& report, const MonteCarloAnswer& answer,
                     const Spread& spread, Language language) {
  if (spread.histogram.counts.empty() ||
      spread.histogram.edges.size() != spread.histogram.counts.size() + 1)
    return {};
  return Histogram(report, answer, spread, language).draw();
}

}  // namespace jixiao::chart
