#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>

#include "chart/portfolio_charts.hpp"
#include "chart/rating_colours.hpp"
#include "chart/svg_frame.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "page/portfolio_words.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr double left_edge = 74;
constexpr double right_edge = chart_width - 20;

// The bins worth drawing: those with projects, in steps of five.
struct Bins {
  std::size_t begin = 0, end = 0;
  double low = 0, step = 1;
  [[nodiscard]] double edge(std::size_t bin) const { return low + static_cast<double>(bin) * step; }
  [[nodiscard]] Span span() const { return {edge(begin), edge(end)}; }
};

Bins bins_of(const Portfolio& portfolio) {
  const std::vector<std::size_t>& counts = portfolio.histogram;
  Bins out;
  out.low = portfolio.histogram_low;
  out.step = (portfolio.histogram_high - portfolio.histogram_low) /
             static_cast<double>(counts.size());
  if (!(out.step > 0)) out.step = 1;
  while (out.end < counts.size() && counts[out.end] == 0) ++out.end;
  out.begin = out.end / 5 * 5;
  for (std::size_t i = out.end; i < counts.size(); ++i) out.end = counts[i] > 0 ? i : out.end;
  out.end = std::min((out.end / 5 + 1) * 5, counts.size());
  return out;
}

std::size_t band_at(const std::vector<BandCount>& bands, double total) {
  const auto found = std::find_if(bands.begin(), bands.end(), [&](const BandCount& band) {
    return total >= band.low && total < band.high;
  });
  return static_cast<std::size_t>(found - bands.begin());
}

// Behind everything: where each rating begins and ends, and its name.
void draw_zones(Canvas& canvas, const Frame& frame, const Portfolio& portfolio, Language language) {
  const Frame::Box& box = frame.box();
  for (std::size_t b = 0; b < portfolio.bands.size(); ++b) {
    const BandCount& band = portfolio.bands[b];
    const double low = std::max(band.low, frame.x().low),
                 high = std::min(band.high, frame.x().high);
    if (!(low < high)) continue;
    const double from = frame.at_x(low), to = frame.at_x(high);
    canvas.rect(from, box.top, to - from, box.bottom - box.top,
                fmt::format("fill:{};fill-opacity:0.13", rating_colour(portfolio.bands, b).fill));
    const std::string words = band_text(band, language) + " " +
                              percent_text(value::Rounding{1}(band.share));
    canvas.text((from + to) / 2, box.top + 18, "middle",
                clipped_to(words, to - from - 6, Canvas::size), Canvas::ink);
    if (band.low <= frame.x().low) continue;
    canvas.line(from, box.top, from, box.bottom,
                "stroke:var(--quiet,#5b6673);stroke-dasharray:4 4");
    canvas.text(from, box.top - 7, "middle", value::plain(band.low));
  }
}

std::vector<Frame::Tick> whole_ticks(double high) {
  std::vector<Frame::Tick> out = number_ticks({0, high}, 5);
  std::erase_if(out, [](const Frame::Tick& tick) { return tick.at != std::floor(tick.at); });
  return out;
}

}  // namespace

std::string histogram_chart(const Portfolio& portfolio, Language language) {
  if (portfolio.scored == 0 || portfolio.histogram.empty()) return {};
  const Bins bins = bins_of(portfolio);
  const auto most = static_cast<double>(
      *std::max_element(portfolio.histogram.begin(), portfolio.histogram.end()));
  const Frame frame({left_edge, 30, right_edge, 300}, bins.span(), {0, most * 1.22});
  Canvas canvas(chart_width, 352, word::distribution.in(language));
  draw_zones(canvas, frame, portfolio, language);
  frame.draw_y(canvas, whole_ticks(most), word::projects.in(language));
  for (std::size_t i = bins.begin; i < bins.end; ++i) {
    if (portfolio.histogram[i] == 0) continue;
    const double from = frame.at_x(bins.edge(i)), to = frame.at_x(bins.edge(i + 1));
    const double y = frame.at_y(static_cast<double>(portfolio.histogram[i]));
    const std::size_t band = band_at(portfolio.bands, bins.edge(i) + bins.step / 2);
    const std::string_view fill =
        portfolio.bands.empty() ? "#0072b2" : rating_colour(portfolio.bands, band).fill;
    canvas.rect(from + 1, y, to - from - 2, frame.box().bottom - y, fmt::format("fill:{}", fill),
                fmt::format("{}–{}: {}", value::plain(bins.edge(i)), value::plain(bins.edge(i + 1)),
                            portfolio.histogram[i]),
                1.5);
  }
  frame.draw_x(canvas, number_ticks(bins.span(), 10), word::totals_axis.in(language));
  const double mean = frame.at_x(std::clamp(portfolio.mean, bins.span().low, bins.span().high));
  canvas.line(mean, frame.box().top + 26, mean, frame.box().bottom,
              "stroke:var(--ink,#1b2430);stroke-width:1.6");
  const std::string words =
      fmt::format("{} {}", word::mean.in(language), total_text(portfolio.mean, portfolio.digits));
  const bool room = mean + 8 + drawn_width(words, Canvas::size) < right_edge;
  canvas.text(room ? mean + 6 : mean - 6, frame.box().top + 38, room ? "start" : "end", words,
              "fill:var(--ink,#1b2430);font-weight:600");
  return canvas.svg();
}

std::string cumulative_chart(const Portfolio& portfolio, Language language) {
  if (portfolio.scored == 0 || portfolio.histogram.empty()) return {};
  const Bins bins = bins_of(portfolio);
  const Frame frame({left_edge, 30, right_edge, 300}, bins.span(), {0, 112});
  Canvas canvas(chart_width, 352, word::cumulative.in(language));
  draw_zones(canvas, frame, portfolio, language);
  frame.draw_y(canvas, number_ticks({0, 100}, 5), word::cumulative_axis.in(language));
  frame.draw_x(canvas, number_ticks(bins.span(), 10), word::totals_axis.in(language));
  const auto all = static_cast<double>(
      std::accumulate(portfolio.histogram.begin(), portfolio.histogram.end(), std::size_t{0}));
  std::size_t below = 0;
  std::string path =
      fmt::format("M{} {}", px(frame.at_x(bins.edge(bins.begin))), px(frame.at_y(0)));
  for (std::size_t i = bins.begin; i < bins.end; ++i) {
    below += portfolio.histogram[i];
    path += fmt::format("L{} {}", px(frame.at_x(bins.edge(i + 1))),
                        px(frame.at_y(100 * static_cast<double>(below) / all)));
  }
  canvas.path(path, "fill:none;stroke:var(--ink,#1b2430);stroke-width:2.4;stroke-linejoin:round");
  double last_label = 1e9;
  for (const Quantile& quantile : portfolio.quantiles) {
    const double x = frame.at_x(std::clamp(quantile.total, bins.span().low, bins.span().high)),
                 y = frame.at_y(quantile.percent);
    const std::string words = fmt::format("{}%  {}", value::plain(quantile.percent),
                                          total_text(quantile.total, portfolio.digits));
    canvas.circle(x, y, 4.5, "fill:#d55e00;stroke:var(--sheet,#ffffff);stroke-width:1.5", words);
    // Above and to the left nothing is drawn: the line comes from below.
    const bool room = x - 12 - drawn_width(words, Canvas::size) > left_edge;
    if (quantile.percent <= 0 || quantile.percent >= 100 || last_label - y < 15) continue;
    canvas.text(room ? x - 9 : x + 10, room ? y - 5 : y + 12, room ? "end" : "start", words,
                Canvas::ink);
    last_label = y;
  }
  return canvas.svg();
}

std::string shares_chart(const std::vector<ShareRow>& rows, const std::string& title,
                         Language language) {
  constexpr double bar_height = 34, row_height = 46, legend_height = 28;
  double label_width = 0;
  for (const ShareRow& row : rows)
    label_width = std::max(label_width, drawn_width(row.label, Canvas::size));
  label_width = std::min(label_width, chart_width * 0.25);
  const double left = label_width > 0 ? label_width + 14 : 0;
  Canvas canvas(chart_width, static_cast<double>(rows.size()) * row_height + legend_height, title);
  double y = 0;
  for (const ShareRow& row : rows) {
    canvas.text(left - 12, y + bar_height / 2 + 5, "end",
                clipped_to(row.label, label_width, Canvas::size), Canvas::ink);
    double x = left;
    for (std::size_t b = 0; b < row.bands.size(); ++b) {
      const double wide = (chart_width - left) *
                          (std::isfinite(row.bands[b].share) ? row.bands[b].share : 0) / 100;
      if (wide <= 0) continue;
      const RatingColour colour = rating_colour(row.bands, b);
      const std::string share = percent_text(value::Rounding{1}(row.bands[b].share));
      const std::string words = band_text(row.bands[b], language) + " " + share;
      canvas.rect(x, y, std::max(wide - 1.5, 0.5), bar_height, fmt::format("fill:{}", colour.fill),
                  words, 2);
      const std::string inside = drawn_width(words, Canvas::size) + 8 < wide   ? words
                                 : drawn_width(share, Canvas::size) + 4 < wide ? share
                                                                               : "";
      canvas.text(x + wide / 2, y + bar_height / 2 + 5, "middle", inside,
                  fmt::format("fill:{};font-weight:600", colour.ink));
      x += wide;
    }
    y += row_height;
  }
  if (rows.size() == 1) {
    double x = left;
    for (std::size_t b = 0; b < rows[0].bands.size(); ++b) {
      const std::string words =
          band_text(rows[0].bands[b], language) + " " +
          value::plain(static_cast<double>(rows[0].bands[b].projects), 0, true);
      canvas.rect(x, y, 12, 12, fmt::format("fill:{}", rating_colour(rows[0].bands, b).fill), {},
                  2);
      canvas.text(x + 18, y + 11, "start", words);
      x += 42 + drawn_width(words, Canvas::size);
    }
  }
  return canvas.svg();
}

}  // namespace jixiao::chart
