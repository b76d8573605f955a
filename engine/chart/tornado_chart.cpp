// Each input over its range, one at a time.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/rating_zones.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/study_words.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr double tornado_row_height = 42, tornado_top = 62, end_label = 96;
constexpr std::string_view low_fill = "fill:#56b4e9", high_fill = "fill:#e69f00";

class TornadoDrawing {
 public:
  TornadoDrawing(const StudyReport& report, const std::vector<TornadoBar>& bars, Language language)
      : report_(report),
        bars_(bars.data(), std::min(bars.size(), rows_drawn)),
        language_(language),
        ratings_(report.bands, language),
        head_(has_start() ? 62 : 44),
        canvas_(chart_width, height(bars_.size()), word::kind_tornado.in(language)),
        frame_(frame()) {}

  Drawing draw() {
    double x = canvas_.legend(0, 16, low_fill, word::at_low_end.in(language_));
    x = canvas_.legend(x, 16, high_fill, word::at_high_end.in(language_));
    if (std::any_of(bars_.begin(), bars_.end(), [this](const TornadoBar& bar) {
          return falls_lower(bar) || rises_higher(bar);
        })) {
      canvas_.path(fmt::format("M{0} 12h26m0 -6v12", px(x)),
                   "fill:none;stroke:var(--ink,#1b2430);stroke-width:1.4");
      canvas_.text(x + 34, 16, "start", word::further_inside.in(language_));
    }
    frame_.draw_x(canvas_, round_ticks(frame_.x(), 7), output_label(report_, language_), true);
    draw_standing_zones(canvas_, frame_, ratings_);
    const double baseline = frame_.at_x(report_.baseline);
    for (std::size_t i = 0; i < bars_.size(); ++i)
      draw_row(bars_[i], tornado_top + head_ + tornado_row_height * static_cast<double>(i));
    if (std::isfinite(report_.baseline)) {
      canvas_.line(baseline, tornado_top + 22, baseline, frame_.box().bottom,
                   "stroke:var(--ink,#1b2430);stroke-width:1.8");
      name_line(baseline, tornado_top + 34, start_label(report_, language_), report_.baseline);
    }
    if (has_start()) {
      const double stands = frame_.at_x(report_.stands);
      canvas_.line(stands, tornado_top + 40, stands, frame_.box().bottom,
                   "stroke:var(--ink,#1b2430);stroke-width:1.6;stroke-dasharray:6 3");
      name_line(stands, tornado_top + 52, std::string(word::as_it_stands.in(language_)),
                report_.stands);
    }
    return canvas_.drawing();
  }

 private:
  // Whether the project as it stands is another line than where the study starts.
  [[nodiscard]] bool has_start() const {
    return !report_.applied.empty() && std::isfinite(report_.stands);
  }

  void name_line(double x, double y, const std::string& name, double output) {
    const std::string words = fmt::format("{} {}", name, output_text(report_, output));
    canvas_.text(std::clamp(x, frame_.box().left + drawn_width(words, 13) / 2,
                            chart_width - drawn_width(words, 13) / 2),
                 y, "middle", words, std::string(Canvas::halo) + std::string(Canvas::bold));
  }

  [[nodiscard]] double height(std::size_t rows) const {
    return tornado_top + head_ + tornado_row_height * static_cast<double>(rows) + 60;
  }

  [[nodiscard]] Frame frame() const {
    std::vector<std::string> labels;
    std::vector<double> outputs{report_.baseline};
    if (has_start()) outputs.push_back(report_.stands);
    for (const TornadoBar& bar : bars_) {
      labels.push_back(input_label(report_, bar.input, language_));
      outputs.insert(outputs.end(), {bar.low.output, bar.high.output, bar.lowest, bar.highest});
    }
    const double left = label_width(labels, 230) + 14;
    const double bottom = tornado_top + head_ +
                          tornado_row_height * static_cast<double>(bars_.size());
    // The words at the ends of the bars need room whatever the span is.
    const Span span = span_of(outputs, 0.02);
    const double share = end_label / (chart_width - 20 - left - 2 * end_label) *
                         (span.high - span.low);
    return Frame({left, tornado_top, chart_width - 20, bottom},
                 {span.low - share, span.high + share}, {0, 1});
  }

  void draw_row(const TornadoBar& bar, double y) {
    const double middle = y + tornado_row_height / 2;
    canvas_.lines(frame_.box().left - 12, middle, "end",
                  wrapped_to(input_label(report_, bar.input, language_), frame_.box().left - 14,
                             Canvas::size, 2));
    canvas_.line(frame_.box().left, y, frame_.box().right, y, Canvas::grid);
    const bool apart = (bar.low.output - report_.baseline) * (bar.high.output - report_.baseline) <=
                       0;
    const double thick = apart ? 20 : 13;
    if (falls_lower(bar)) draw_whisker(bar.lowest, middle);
    if (rises_higher(bar)) draw_whisker(bar.highest, middle);
    const bool low_side_left =
        bar.low.output < bar.high.output ||
        (bar.low.output == bar.high.output && bar.low.output < report_.baseline);
    draw_end(bar.low, low_fill, apart ? middle : middle - thick / 2, thick,
             apart ? low_side_left : bar.low.output < report_.baseline, bar);
    draw_end(bar.high, high_fill, apart ? middle : middle + thick / 2, thick,
             apart ? !low_side_left : bar.high.output < report_.baseline, bar);
  }

  // Whether the output goes further than at either end somewhere inside the range.
  [[nodiscard]] bool falls_lower(const TornadoBar& bar) const {
    return std::isfinite(bar.lowest) &&
           bar.lowest < std::fmin(report_.baseline, std::fmin(bar.low.output, bar.high.output));
  }
  [[nodiscard]] bool rises_higher(const TornadoBar& bar) const {
    return std::isfinite(bar.highest) &&
           bar.highest > std::fmax(report_.baseline, std::fmax(bar.low.output, bar.high.output));
  }

  void draw_whisker(double end, double middle) {
    constexpr std::string_view style = "stroke:var(--ink,#1b2430);stroke-width:1.4";
    const double from = frame_.at_x(std::isfinite(report_.baseline) ? report_.baseline : end),
                 to = frame_.at_x(end);
    canvas_.line(from, middle, to, middle, style);
    canvas_.line(to, middle - 6, to, middle + 6, style);
  }

  void draw_end(const StudiedPoint& end, std::string_view fill, double middle, double thick,
                bool leftwards, const TornadoBar& bar) {
    const double base = frame_.at_x(report_.baseline);
    if (!std::isfinite(end.output)) {
      const double at = std::isfinite(base) ? base : frame_.box().left;
      canvas_.text(
          at + (leftwards ? -6 : 6), middle + 4, leftwards ? "end" : "start",
          clipped_to(end.shown + " " + std::string(word::cannot_compute.in(language_)), 190, 11.5),
          halo_small());
      return;
    }
    if (!std::isfinite(base)) {
      canvas_.circle(frame_.at_x(end.output), middle, 5, fill, output_text(report_, end.output));
      canvas_.text(frame_.at_x(end.output) + 9, middle + 4, "start",
                   clipped_to(end.shown, end_label - 8, 11.5), halo_small());
      return;
    }
    const double at = frame_.at_x(end.output), from = std::min(at, base),
                 wide = std::abs(at - base);
    canvas_.rect(from, middle - thick / 2, std::max(wide, 1.0), thick, fill,
                 fmt::format("{} {} → {}", input_label(report_, bar.input, language_), end.shown,
                             output_text(report_, end.output)),
                 1.5);
    double edge = at;
    if (leftwards && falls_lower(bar)) edge = frame_.at_x(bar.lowest);
    if (!leftwards && rises_higher(bar)) edge = frame_.at_x(bar.highest);
    canvas_.text(edge + (leftwards ? -7 : 7), middle + 4, leftwards ? "end" : "start",
                 clipped_to(end.shown, end_label - 8, 11.5), halo_small());
  }

  static std::string halo_small() {
    return std::string(Canvas::halo) + "fill:var(--ink,#1b2430);font-size:11.5px";
  }

  const StudyReport& report_;
  std::span<const TornadoBar> bars_;
  Language language_;
  Ratings ratings_;
  double head_;  // from the top of the frame to the first row
  Canvas canvas_;
  Frame frame_;
};

}  // namespace

Drawing tornado_chart(const StudyReport& report, const std::vector<TornadoBar>& bars,
                      Language language) {
  if (bars.empty()) return {};
  return TornadoDrawing(report, bars, language).draw();
}

}  // namespace jixiao::chart
