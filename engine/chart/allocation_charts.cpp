// Money split over items: what each gets, and what the best split is worth for any amount.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/rating_zones.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/portfolio_terms.hpp"
#include "page/study_words.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

Measure money_of(const std::vector<double>& amounts, Language language) {
  double largest = 0;
  for (const double x : amounts) largest = std::max(largest, std::isfinite(x) ? std::abs(x) : 0);
  return Measure::money(largest, language);
}

std::string line_through(const Frame& frame, const std::vector<FrontierPoint>& points,
                         double FrontierPoint::*y) {
  std::string path;
  bool drawing = false;
  for (const FrontierPoint& point : points) {
    if (!std::isfinite(point.money) || !std::isfinite(point.*y)) {
      drawing = false;
      continue;
    }
    path += fmt::format("{}{} {}", drawing ? "L" : "M", px(frame.at_x(point.money)),
                        px(frame.at_y(point.*y)));
    drawing = true;
  }
  return path;
}

}  // namespace

Drawing frontier_chart(const StudyReport& report, const Allocation& answer, Language language) {
  if (answer.frontier.size() < 2) return {};
  std::vector<FrontierPoint> points = answer.frontier;
  std::stable_sort(
      points.begin(), points.end(),
      [](const FrontierPoint& a, const FrontierPoint& b) { return a.money < b.money; });
  double now = 0;
  for (const AllocatedPart& part : answer.parts) now += part.before;
  std::vector<double> amounts, scores{answer.before};
  for (const FrontierPoint& point : points) {
    amounts.push_back(point.money);
    scores.insert(scores.end(), {point.score, point.bound});
  }
  if (!answer.parts.empty()) amounts.push_back(now);
  const Measure money = money_of(amounts, language);
  const Span y = span_of(scores, 0.1);
  double ticks = 0;
  for (const Frame::Tick& tick : round_ticks(y, 6))
    ticks = std::max(ticks, drawn_width(tick.text, Canvas::size));
  const Frame frame({ticks + 46, 34, chart_width - 20, 370}, span_of(amounts, 0.03), y);
  const Ratings ratings(report.bands, language);
  Canvas canvas(chart_width, 422, word::frontier.in(language));
  const auto key = [&](double x, std::string_view style, const Label& label) {
    canvas.line(x, 15, x + 28, 15, style);
    canvas.text(x + 35, 19, "start", label.in(language));
    return x + 60 + drawn_width(label.in(language), Canvas::size);
  };
  constexpr std::string_view
      best_line = "fill:none;stroke:var(--ink,#1b2430);stroke-width:2.4;stroke-linejoin:round",
      bound_line = "fill:none;stroke:var(--lost,#d55e00);stroke-width:1.8;stroke-dasharray:7 4";
  key(key(frame.box().left, best_line, word::best_found), bound_line, word::bound);
  draw_lying_zones(canvas, frame, ratings);
  frame.draw_y(canvas, round_ticks(y, 6), word::total.in(language));
  frame.draw_x(canvas, money.ticks(frame.x(), 9), money.titled(word::money_axis.in(language)));
  canvas.path(line_through(frame, points, &FrontierPoint::bound), bound_line);
  canvas.path(line_through(frame, points, &FrontierPoint::score), best_line);
  for (const FrontierPoint& point : points) {
    if (!std::isfinite(point.score)) continue;
    canvas.circle(frame.at_x(point.money), frame.at_y(point.score), points.size() > 60 ? 2.5 : 4.5,
                  fmt::format("fill:{};stroke:var(--sheet,#ffffff);stroke-width:1.2",
                              point.rating.empty() ? ratings.fill_of(point.score)
                                                   : ratings.fill(point.rating)),
                  fmt::format("{}: {}", money.text(point.money), output_text(report, point.score)));
  }
  if (!answer.parts.empty() && std::isfinite(answer.before)) {
    const double x = frame.at_x(now), at = frame.at_y(answer.before);
    canvas.path(fmt::format("M{} {}l8 8l-8 8l-8 -8z", px(x), px(at - 8)),
                "fill:var(--sheet,#ffffff);stroke:var(--ink,#1b2430);stroke-width:2.2");
    const std::string words =
        fmt::format("{} {}", word::as_it_stands.in(language), output_text(report, answer.before));
    const bool left = x - 14 - drawn_width(words, Canvas::size) > frame.box().left;
    canvas.text(left ? x - 13 : x + 13, at + 20, left ? "end" : "start", words,
                std::string(Canvas::halo) + std::string(Canvas::bold));
  }
  return canvas.drawing();
}

Drawing allocation_chart(const Allocation& answer, Language language) {
  if (answer.parts.empty()) return {};
  const std::size_t count = std::min(answer.parts.size(), rows_drawn);
  std::vector<std::string> labels;
  std::vector<double> amounts{0};
  for (std::size_t i = 0; i < count; ++i) {
    const AllocatedPart& part = answer.parts[i];
    labels.push_back(name_of(part.label, part.id, language));
    amounts.insert(amounts.end(),
                   {part.before, part.after, std::isfinite(part.least) ? part.least : 0});
  }
  // A limit far beyond what anybody gets must not squeeze the bars.
  const double most = span_of(amounts).high * 1.25;
  const Measure money = money_of(amounts, language);
  constexpr double row_height = 46, top = 36, numbers = 214;
  const double left = label_width(labels, 230) + 14,
               bottom = top + row_height * static_cast<double>(count);
  std::vector<double> ends = amounts;
  for (std::size_t i = 0; i < count; ++i)
    ends.push_back(std::min(std::isfinite(answer.parts[i].most) ? answer.parts[i].most : 0, most));
  Span span = span_of(ends);
  span.low = std::min(span.low, 0.0);
  const Frame frame({left, top, chart_width - numbers, bottom}, span, {0, 1});
  Canvas canvas(chart_width, bottom + 52, word::parts_split.in(language));
  constexpr std::string_view
      before_fill = "fill:var(--sheet,#ffffff);stroke:var(--quiet,#5b6673);stroke-width:1.4",
      after_fill = "fill:#0072b2", may_fill = "fill:var(--line,#dde2e8)";
  double x = canvas.legend(left, 16, before_fill, word::before_split.in(language));
  x = canvas.legend(x, 16, after_fill, word::after_split.in(language));
  x = canvas.legend(x, 16, may_fill, word::what_it_may_get.in(language));
  const auto unmeasured = [](const AllocatedPart& part) { return part.measured != "yes"; };
  if (std::any_of(answer.parts.begin(), answer.parts.begin() + static_cast<std::ptrdiff_t>(count),
                  unmeasured)) {
    canvas.hatch("jx-unmeasured", "var(--sheet,#ffffff)", 2);
    canvas.rect(x, 5, 13, 13, after_fill, {}, 2);
    canvas.legend(x, 16, "fill:url(#jx-unmeasured)", word::nobody_measures.in(language));
  }
  canvas.text(chart_width - 4, 16, "end",
              clipped_to(word::marginal_short.in(language), numbers, 11), Canvas::small);
  frame.draw_x(canvas, money.ticks(frame.x(), 7), money.titled(word::money_axis.in(language)),
               true);
  for (std::size_t i = 0; i < count; ++i) {
    const AllocatedPart& part = answer.parts[i];
    const double y = top + row_height * static_cast<double>(i), middle = y + row_height / 2;
    canvas.lines(left - 12, middle, "end", wrapped_to(labels[i], left - 14, Canvas::size, 2));
    const auto place = [&](double amount) {
      return frame.at_x(std::clamp(amount, frame.x().low, frame.x().high));
    };
    if (std::isfinite(part.least) && !std::isnan(part.most))
      canvas.rect(place(part.least), y + 5, place(part.most) - place(part.least), row_height - 10,
                  may_fill,
                  fmt::format("{}: {} – {}", word::what_it_may_get.in(language),
                              money.text(part.least), money.text(part.most)),
                  3);
    const auto bar = [&](double amount, double from, std::string_view style) {
      if (!std::isfinite(amount)) return;
      canvas.rect(std::min(place(0), place(amount)), from, std::abs(place(amount) - place(0)), 12,
                  style, money.text(amount), 1.5);
    };
    bar(part.before, y + 10, before_fill);
    bar(part.after, y + 24, after_fill);
    if (unmeasured(part)) bar(part.after, y + 24, "fill:url(#jx-unmeasured)");
    const double change = part.after - part.before;
    const std::string moved = std::isfinite(change) ? (change > 0 ? "+" : "") + money.number(change)
                                                    : "–";
    canvas.text(chart_width - numbers + 10, middle + 4, "start",
                clipped_to(fmt::format("{} → {} ({})", money.number(part.before),
                                       money.number(part.after), moved),
                           numbers - 64, 12),
                "fill:var(--ink,#1b2430);font-size:12px");
    canvas.text(chart_width - 4, middle + 4, "end",
                std::isfinite(part.marginal) ? value::plain(part.marginal, 3) : "–", Canvas::ink);
  }
  return canvas.drawing();
}

}  // namespace jixiao::chart
