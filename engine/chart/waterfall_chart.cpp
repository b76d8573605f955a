// From the total as it stands to that of a scenario, change by change.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "page/simulation_words.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr double waterfall_row_height = 44, waterfall_top = 12, number_width = 86;

std::string rated(const ScenarioStory& story, Language language) {
  const std::string rating = story.rating_label.in(language);
  return total_text(story.total, story.digits) + (rating.empty() ? "" : "  " + rating);
}

}  // namespace

Drawing waterfall_chart(const ScenarioStory& baseline, const ScenarioStory& scenario,
                        Language language) {
  if (!scenario.attributed || scenario.changes.empty() || !baseline.scored || !scenario.scored)
    return {};
  const std::size_t count = std::min(scenario.changes.size(), rows_drawn);
  std::vector<std::string> labels{std::string(word::baseline.in(language)), scenario.id};
  std::vector<double> places{baseline.total, scenario.total};
  double running = baseline.total;
  for (std::size_t i = 0; i < count; ++i) {
    labels.push_back(name_of(scenario.changes[i].label, scenario.changes[i].name, language));
    places.push_back(running += scenario.changes[i].points);
  }
  const double left = std::max(label_width(labels, 280), 180.0) + 14;
  const double bottom = waterfall_top + waterfall_row_height * static_cast<double>(count + 2);
  const Span span = span_of(places, 0.03);
  const double air = number_width / (chart_width - left - 20 - 2 * number_width) *
                     (span.high - span.low);
  const Frame frame({left, waterfall_top, chart_width - 20, bottom},
                    {span.low - air, span.high + air}, {0, 1});
  Canvas canvas(chart_width, bottom + 50, word::why.in(language));
  canvas.hatch("jx-loss", "var(--sheet,#ffffff)", 1.6);
  frame.draw_x(canvas, round_ticks(frame.x(), 7), word::total.in(language), true);
  const auto middle = [&](std::size_t row) {
    return waterfall_top + waterfall_row_height * (static_cast<double>(row) + 0.5);
  };
  const auto connect = [&](double at, std::size_t row) {
    canvas.line(frame.at_x(at), middle(row), frame.at_x(at), middle(row + 1),
                "stroke:var(--quiet,#5b6673);stroke-dasharray:3 3");
  };
  const auto stand = [&](const ScenarioStory& story, const std::string& label, std::size_t row) {
    canvas.lines(left - 12, middle(row), "end", wrapped_to(label, left - 14, Canvas::size, 2),
                 Canvas::bold);
    const double x = frame.at_x(story.total);
    canvas.circle(x, middle(row), 7,
                  "fill:var(--ink,#1b2430);stroke:var(--sheet,#ffffff);stroke-width:1.5");
    const std::string words = rated(story, language);
    const bool right = x + 14 + drawn_width(words, 14) < chart_width;
    canvas.text(
        right ? x + 13 : x - 13, middle(row) + 5, right ? "start" : "end", words,
        std::string(Canvas::halo) + "fill:var(--ink,#1b2430);font-weight:700;font-size:14px");
  };
  running = baseline.total;
  connect(running, 0);
  stand(baseline, labels[0], 0);
  for (std::size_t i = 0; i < count; ++i) {
    const ChangeStory& change = scenario.changes[i];
    const double before = running, y = middle(i + 1);
    running += change.points;
    connect(running, i + 1);
    const std::string& from = change.before.in(language);
    const std::string& to = change.after.in(language);
    const std::string moved = from.empty() ? to : to.empty() ? from : from + " → " + to;
    const bool under = !moved.empty();
    canvas.lines(left - 12, y - (under ? 8 : 0), "end",
                 wrapped_to(labels[i + 2], left - 14, Canvas::size, under ? 1 : 2));
    if (under)
      canvas.text(left - 12, y + 14, "end", clipped_to(moved, left - 14, 11), Canvas::small);
    const double a = frame.at_x(std::min(before, running)),
                 b = frame.at_x(std::max(before, running));
    const std::string words = signed_text(change.points, scenario.digits);
    const bool gain = change.points > 0, none = change.points == 0;
    canvas.rect(a, y - 11, std::max(b - a, 1.5), 22,
                none   ? "fill:var(--quiet,#5b6673)"
                : gain ? "fill:var(--earned,#0072b2)"
                       : "fill:var(--lost,#d55e00)",
                labels[i + 2] + " " + words, 2);
    if (!gain && !none)
      canvas.rect(a, y - 11, std::max(b - a, 1.5), 22, "fill:url(#jx-loss);fill-opacity:0.45", {},
                  2);
    double end = gain || none ? b : a;
    if (change.error > 0 && std::isfinite(change.error)) {
      const double at = frame.at_x(running),
                   reach = std::abs(frame.at_x(running + 1.96 * change.error) - at);
      canvas.line(at - reach, y, at + reach, y, "stroke:var(--ink,#1b2430);stroke-width:1.6");
      end += gain || none ? reach : -reach;
    }
    canvas.text(end + (gain || none ? 8 : -8), y + 5, gain || none ? "start" : "end", words,
                std::string(Canvas::halo) + std::string(Canvas::bold));
  }
  stand(scenario, scenario.id, count + 1);
  return canvas.drawing();
}

}  // namespace jixiao::chart
