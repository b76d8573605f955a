// Which inputs matter: shares of the variance, pairs, and elementary effects.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/study_words.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr std::string_view alone_fill = "fill:#0072b2", whole_fill = "fill:#e69f00";
constexpr std::string_view whisker = "stroke:var(--ink,#1b2430);stroke-width:1.4";

std::string index_text(double x) { return std::isfinite(x) ? value::fixed(x, 3) : "–"; }

// One bar a series, from 0, with its interval.
struct Series {
  const std::vector<IndexEstimate>* estimates;
  std::string_view fill;
  std::string name;
};

Span span_of_series(const std::vector<Series>& series, const std::vector<std::size_t>& rows) {
  std::vector<double> ends{0};
  for (const Series& one : series) {
    for (const std::size_t row : rows) {
      if (row >= one.estimates->size()) continue;
      const IndexEstimate& e = (*one.estimates)[row];
      ends.insert(ends.end(), {e.value, std::max(e.low, -0.2), std::min(e.high, 1.2)});
    }
  }
  Span out = chart::span_of(ends);
  if (out.low >= -1e-9 || out.low > -0.004) out.low = 0;
  // Pairs may all be about nothing, on both sides of 0.
  return {out.low, std::max(out.high, out.low < 0 ? -out.low : 0.02)};
}

Drawing bars_chart(std::string_view title, const std::vector<std::string>& labels,
                   const std::vector<Series>& series, const std::vector<std::size_t>& order,
                   std::string_view axis_label) {
  const std::vector<std::size_t> rows(
      order.begin(),
      order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), rows_drawn)));
  if (rows.empty()) return {};
  const double bar = series.size() > 1 ? 12 : 17;
  const double row_height = bar * static_cast<double>(series.size()) + 16;
  const double top = series.size() > 1 ? 34 : 8,
               bottom = top + row_height * static_cast<double>(rows.size());
  const double left = label_width(labels, 250) + 14,
               numbers = 52 * static_cast<double>(series.size());
  const Frame frame({left, top, chart_width - numbers - 12, bottom}, span_of_series(series, rows),
                    {0, 1});
  Canvas canvas(chart_width, bottom + 50, title);
  if (series.size() > 1) {
    double x = left;
    for (const Series& one : series) x = canvas.legend(x, 16, one.fill, one.name);
  }
  frame.draw_x(canvas, round_ticks(frame.x(), 8), axis_label, true);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double y = top + row_height * static_cast<double>(r);
    canvas.lines(left - 12, y + row_height / 2, "end",
                 wrapped_to(labels[rows[r]], left - 14, Canvas::size, 2));
    for (std::size_t s = 0; s < series.size(); ++s) {
      if (rows[r] >= series[s].estimates->size()) continue;
      const IndexEstimate& e = (*series[s].estimates)[rows[r]];
      const double middle = y + 8 + bar * (static_cast<double>(s) + 0.5);
      const double number_x = chart_width - numbers + 52 * static_cast<double>(s) + 46;
      canvas.text(number_x, y + row_height / 2 + 4, "end", index_text(e.value),
                  s == 0 && series.size() > 1 ? Canvas::quiet : Canvas::ink);
      if (!std::isfinite(e.value)) continue;
      const double from = std::min(frame.at_x(0), frame.at_x(e.value)),
                   to = std::max(frame.at_x(0), frame.at_x(e.value));
      canvas.rect(from, middle - bar / 2 + 0.5, std::max(to - from, 0.8), bar - 1, series[s].fill,
                  fmt::format("{} {}: {} ({} – {})", labels[rows[r]], series[s].name,
                              index_text(e.value), index_text(e.low), index_text(e.high)),
                  1.5);
      if (!std::isfinite(e.low) || !std::isfinite(e.high) || !(e.high > e.low)) continue;
      const double low = frame.at_x(std::clamp(e.low, frame.x().low, frame.x().high)),
                   high = frame.at_x(std::clamp(e.high, frame.x().low, frame.x().high));
      canvas.line(low, middle, high, middle, whisker);
      for (const double end : {low, high})
        canvas.line(end, middle - 3.5, end, middle + 3.5, whisker);
    }
  }
  if (frame.x().low < 0) canvas.line(frame.at_x(0), top, frame.at_x(0), bottom, Canvas::axis);
  return canvas.drawing();
}

std::vector<std::string> input_labels(const StudyReport& report, std::size_t count,
                                      Language language) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(input_label(report, i, language));
  return out;
}

}  // namespace

Drawing shares_of_variance_chart(const StudyReport& report, const SensitivityAnswer& answer,
                                 const Sensitivity& of, Language language) {
  const std::vector<std::string> labels = input_labels(report, of.total.size(), language);
  std::vector<Series> series;
  if (answer.method == "sobol") {
    series.push_back({&of.first, alone_fill, std::string(word::alone.in(language))});
    series.push_back({&of.total, whole_fill, std::string(word::with_others.in(language))});
  } else {
    series.push_back({&of.total, alone_fill, std::string(word::effect_share.in(language))});
  }
  return bars_chart(kind_text(report, language), labels, series, by_value(of.total),
                    word::of_variance.in(language));
}

Drawing pairs_chart(const StudyReport& report, const Sensitivity& of, Language language) {
  const std::vector<std::string> labels = pair_names(report, language);
  if (of.second.empty() || labels.size() != of.second.size()) return {};
  std::vector<std::size_t> order = by_value(of.second);
  if (order.size() > 12) order.resize(12);
  return bars_chart(word::pairs.in(language), labels,
                    {{&of.second, alone_fill, std::string(word::pairs.in(language))}}, order,
                    word::of_variance.in(language));
}

Drawing morris_chart(const StudyReport& report, const Sensitivity& of, Language language) {
  const std::size_t count = std::min(of.total.size(), of.spread.size());
  std::vector<double> xs{0}, ys{0};
  for (std::size_t i = 0; i < count; ++i) {
    xs.insert(xs.end(), {of.total[i].value, of.total[i].high});
    ys.push_back(of.spread[i].value);
  }
  if (count == 0) return {};
  constexpr double top = 20, bottom = 400, right = chart_width - 180;
  Span x = span_of(xs), y = span_of(ys);
  x = {0, std::max(x.high, 1e-9) * 1.08};
  y = {0, std::max({y.high * 1.12, x.high * 0.12, 1e-9})};
  double ticks = 0;
  for (const Frame::Tick& tick : round_ticks(y, 5))
    ticks = std::max(ticks, drawn_width(tick.text, Canvas::size));
  const Frame frame({ticks + 50, top, right, bottom}, x, y);
  Canvas canvas(chart_width, 452, kind_text(report, language));
  frame.draw_y(canvas, round_ticks(y, 5), word::effect_spread.in(language));
  frame.draw_x(canvas, round_ticks(x, 8), word::mean_size.in(language), true);
  // Rays from the corner part the plane by how uneven an effect is for its size.
  struct Ray {
    double slope;
    Label beneath;
  };
  constexpr Ray rays[] = {{0.1, word::nearly_linear},
                          {0.5, word::monotone_effect},
                          {1.0, word::nearly_monotone},
                          {1e9, word::not_monotone}};
  double before = 0;
  for (const Ray& ray : rays) {
    const double reach = std::min(x.high, y.high / ray.slope);
    if (ray.slope < 1e8)
      canvas.line(frame.at_x(0), frame.at_y(0), frame.at_x(reach), frame.at_y(reach * ray.slope),
                  "stroke:var(--quiet,#5b6673);stroke-dasharray:5 4");
    // Where the wedge between two rays leaves the frame: at the right, else at the top.
    const double low = before * x.high, high = ray.slope < 1e8 ? ray.slope * x.high : y.high;
    const std::vector<std::string> words = wrapped_to(ray.beneath.in(language), 164, 12, 2);
    if (low < y.high) {
      const double a = frame.at_y(std::min(high, y.high)), b = frame.at_y(low);
      if (b - a >= 14)
        canvas.lines(right + 8, std::max((a + b) / 2, top + 8), "start",
                     b - a >= 30 ? words : wrapped_to(ray.beneath.in(language), 164, 12, 1),
                     Canvas::quiet);
    }
    before = ray.slope;
  }
  // The last wedge leaves the frame at the top.
  if (before > 1 && y.high / x.high < 1 && frame.at_x(y.high) - frame.box().left > 90)
    canvas.lines(frame.box().left + 6, top + 18, "start",
                 wrapped_to(word::not_monotone.in(language),
                            frame.at_x(y.high) - frame.box().left - 40, 12, 2),
                 Canvas::quiet);
  std::vector<Frame::Box> taken;
  const auto clash = [&](const Frame::Box& box) {
    return std::any_of(taken.begin(), taken.end(), [&](const Frame::Box& other) {
      return box.left < other.right && other.left < box.right && box.top < other.bottom &&
             other.top < box.bottom;
    });
  };
  const std::vector<std::size_t> order = by_value(of.total);
  for (const std::size_t i : order) {
    if (i >= count || !std::isfinite(of.total[i].value) || !std::isfinite(of.spread[i].value))
      continue;
    const double px_x = frame.at_x(of.total[i].value), px_y = frame.at_y(of.spread[i].value);
    if (std::isfinite(of.total[i].low) && std::isfinite(of.total[i].high))
      canvas.line(frame.at_x(std::max(of.total[i].low, 0.0)), px_y,
                  frame.at_x(std::min(of.total[i].high, x.high)), px_y,
                  "stroke:#56b4e9;stroke-width:2");
    canvas.circle(px_x, px_y, 5.5, "fill:#0072b2;stroke:var(--sheet,#ffffff);stroke-width:1.5",
                  fmt::format("{}: μ* {}, σ {}", input_label(report, i, language),
                              significant(of.total[i].value), significant(of.spread[i].value)));
    taken.push_back({px_x - 6, px_y - 6, px_x + 6, px_y + 6});
    if (std::isfinite(of.total[i].low) && std::isfinite(of.total[i].high))
      taken.push_back(
          {frame.at_x(of.total[i].low), px_y - 3, frame.at_x(of.total[i].high), px_y + 3});
  }
  for (const std::size_t i : order) {
    if (i >= count || !std::isfinite(of.total[i].value) || !std::isfinite(of.spread[i].value))
      continue;
    const std::string words = clipped_to(input_label(report, i, language), 230, 12);
    const double wide = drawn_width(words, 12), at_x = frame.at_x(of.total[i].value),
                 at_y = frame.at_y(of.spread[i].value);
    // Right, left, above, below, then aslant: the first place that is free.
    const double reach = std::isfinite(of.total[i].high)
                             ? std::max(frame.at_x(of.total[i].high) - at_x + 6, 10.0)
                             : 10.0;
    for (const auto& [dx, dy] : {std::pair{reach, 0.0},
                                 {-reach - wide, 0.0},
                                 {-wide / 2, -16.0},
                                 {-wide / 2, 17.0},
                                 {10.0, -15.0},
                                 {10.0, 15.0},
                                 {-10.0 - wide, -15.0},
                                 {-10.0 - wide, 15.0}}) {
      const Frame::Box box{at_x + dx, at_y + dy - 8, at_x + dx + wide, at_y + dy + 8};
      if (clash(box) || box.left < frame.box().left + 2 || box.right > right - 2 || box.top < top ||
          box.bottom > bottom)
        continue;
      taken.push_back(box);
      canvas.text(box.left, at_y + dy + 4, "start", words,
                  std::string(Canvas::halo) + "fill:var(--ink,#1b2430);font-size:12px");
      break;
    }
  }
  return canvas.drawing();
}

}  // namespace jixiao::chart
